"""Gouji's output in the shapes other people use: workbooks, csv, parquet."""

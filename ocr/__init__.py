"""Cells in, readings out."""

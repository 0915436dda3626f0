"""A page forge: filled reports in quantity with known truth, and what happens to paper."""

"""The page forge: filled reports with known truth, and what time and scanners do to them."""

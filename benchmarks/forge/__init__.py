"""The page forge: filled reports in quantity whose every cell is known, and their scans."""

"""Real reports as PDFs and scans of them, made from their content; see README.md."""

"""The report's own arithmetic, and the confidence that follows from it."""

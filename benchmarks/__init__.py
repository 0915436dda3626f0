"""Accuracy, speed and memory beside other tools, in one run. `make bench` writes the table."""

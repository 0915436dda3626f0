"""Gouji's front door: the order of the stages, batches, exports, the command line."""

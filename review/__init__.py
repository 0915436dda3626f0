"""The review queue: doubtful cells in front of people, and their answers back in the outputs."""

from importlib.metadata import PackageNotFoundError, version

try:
    PROGRAM = version("gouji")
except PackageNotFoundError:
    PROGRAM = "unknown"

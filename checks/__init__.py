"""The report's own arithmetic, and the confidence that follows from it."""

from checks.arithmetic import Place, evaluate, places
from checks.confidence import DEFAULT_TARGET_ERROR, judge
from checks.joint_reading import as_read, jointly_read

__all__ = [
    "DEFAULT_TARGET_ERROR",
    "Place",
    "as_read",
    "evaluate",
    "jointly_read",
    "judge",
    "places",
]

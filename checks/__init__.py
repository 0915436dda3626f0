"""The report's own arithmetic, and the confidence that follows from it."""

from checks.arithmetic import evaluate
from checks.confidence import DEFAULT_TARGET_ERROR, judge
from checks.joint_reading import as_read, jointly_read
from checks.narrative import told_in_words
from checks.statements import telling

__all__ = [
    "DEFAULT_TARGET_ERROR",
    "as_read",
    "evaluate",
    "jointly_read",
    "judge",
    "telling",
    "told_in_words",
]

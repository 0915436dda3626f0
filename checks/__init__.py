"""The report's own arithmetic, and the confidence that follows from it."""

from checks.arithmetic import Place, evaluate, places
from checks.confidence import DEFAULT_TARGET_ERROR, judge
from checks.joint_reading import as_read, jointly_read, without
from checks.narrative import compared, told_in_words
from checks.statements import Statement, statements, telling

__all__ = [
    "DEFAULT_TARGET_ERROR",
    "Place",
    "Statement",
    "as_read",
    "compared",
    "evaluate",
    "jointly_read",
    "judge",
    "places",
    "statements",
    "telling",
    "told_in_words",
    "without",
]

"""The report's own arithmetic, and the confidence that follows from it."""

from checks.amending import amended
from checks.arithmetic import evaluate
from checks.confidence import DEFAULT_TARGET_ERROR, judge

__all__ = ["DEFAULT_TARGET_ERROR", "amended", "evaluate", "judge"]

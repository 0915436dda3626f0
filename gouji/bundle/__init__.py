"""Everything an installation takes in one folder, for machines without internet."""

from __future__ import annotations

from gouji.bundle.making import Bundle, BundleError, make
from gouji.bundle.target import Target

__all__ = ["Bundle", "BundleError", "Target", "make"]

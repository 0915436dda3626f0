"""What time, scanners, faxes and cameras do to a clean page, in named levels."""

from benchmarks.forge.damage.geometry import Warp
from benchmarks.forge.damage.levels import LEVELS, Level, damaged

__all__ = ["LEVELS", "Level", "Warp", "damaged"]

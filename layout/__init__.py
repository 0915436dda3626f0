"""Pages in, grids of cells out."""

from layout.grids import find_grids
from layout.rulings import Ruling

__all__ = ["Ruling", "find_grids"]

"""Pages in, grids of cells out."""

"""How the cell reader is made: cells cut from damaged pages, a network fitted to them, scores."""

"""How accurately Gouji reads the forge's damaged pages: `python -m benchmarks.accuracy`."""

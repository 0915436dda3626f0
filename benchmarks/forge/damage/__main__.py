"""`python -m benchmarks.forge.damage PDF --level poor --seed 3 -o FILE`."""

from argparse import ArgumentParser
from pathlib import Path

from benchmarks.forge.damage.levels import LEVELS, damaged


def main() -> None:
    """Damage one clean PDF."""
    parser = ArgumentParser(prog="python -m benchmarks.forge.damage", description=__doc__)
    parser.add_argument("pdf", type=Path, help="a clean PDF")
    parser.add_argument("--level", choices=sorted(LEVELS), required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("-o", "--output", type=Path, required=True, help="the file to write")
    chosen = parser.parse_args()
    damaged(chosen.pdf, chosen.level, chosen.seed, chosen.output)


if __name__ == "__main__":
    main()

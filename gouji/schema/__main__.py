"""`python -m gouji.schema` writes the shipped schema anew."""

from pathlib import Path

from gouji.schema import generated

if __name__ == "__main__":
    Path(__file__).with_name("gouji-1.json").write_text(generated(), encoding="utf-8")

"""The Dockerfile and what goes with it, taken apart."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]


def instructions() -> list[tuple[str, str]]:
    """Each with its words, in order, on one line."""
    text = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines()]
    return [(line.split()[0], line.partition(" ")[2]) for line in lines if line and line[0] != "#"]


def final_stage() -> list[tuple[str, str]]:
    """What the image itself is made by."""
    said = instructions()
    last = max(place for place, (word, _) in enumerate(said) if word == "FROM")
    return said[last:]


def environment() -> dict[str, str]:
    """What is set where Gouji runs."""
    words = [part for word, rest in final_stage() if word == "ENV" for part in shlex.split(rest)]
    return dict(word.split("=", 1) for word in words)


def healthcheck() -> list[str]:
    """Its command."""
    (said,) = (rest for word, rest in final_stage() if word == "HEALTHCHECK")
    command: list[str] = json.loads(said[said.index("[") :])
    return command


def compose() -> dict[str, Any]:
    """compose.yaml with its defaults put in, and `…` for what has none."""
    text = (ROOT / "compose.yaml").read_text("utf-8")
    text = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text)
    described: dict[str, Any] = yaml.safe_load(re.sub(r"\$\{\w+(:\?[^}]*)?\}", "…", text))
    return described

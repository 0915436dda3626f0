"""The JSON Schema of the output contract, generated from it and shipped beside this file."""

from __future__ import annotations

import json
from importlib.resources import files

from document.contract import FileOut


def shipped() -> str:
    """The schema file as text."""
    return files(__name__).joinpath("gouji-1.json").read_text(encoding="utf-8")


def generated() -> str:
    """The schema of `document/contract.py` as it is now; JSON Schema 2020-12."""
    schema = FileOut.model_json_schema(by_alias=True, mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Gouji output"}
    return (
        json.dumps(head | schema | {"title": "Gouji output"}, indent=2, ensure_ascii=False) + "\n"
    )

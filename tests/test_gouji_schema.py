"""The shipped JSON Schema is the contract's."""

from __future__ import annotations

import json

from gouji.schema import generated, shipped


def test_the_shipped_schema_is_current() -> None:
    assert shipped() == generated(), "run: python -m gouji.schema"


def test_the_schema_names_the_output_s_version_and_refuses_other_fields() -> None:
    schema = json.loads(shipped())
    assert schema["properties"]["schema"]["const"] == "gouji/1"
    assert "schema" in schema["required"] or schema["properties"]["schema"]["default"] == "gouji/1"
    assert schema["additionalProperties"] is False

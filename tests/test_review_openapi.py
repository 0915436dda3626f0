"""The API keeps to what its OpenAPI document says, whatever it is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok

from review.people import Role, add, welcome
from review.pictures import Pages
from review.web.app import create_app
from tests.queue_examples import archive, file_out

EXAMPLES = 15
"""Of each operation; `make test-slow` draws others."""


def test_the_api_answers_as_it_says(tmp_path: Path) -> None:
    queue = archive(tmp_path, file_out("a.pdf"), file_out("b/c.pdf"))
    app = create_app(queue, Pages())
    with queue.database.write() as session:
        add(session, "li", "correct horse", Role.REVIEWER)
        token, visitor = welcome(session, "li", Role.REVIEWER, app.state.clock())
    headers = {"Cookie": f"{app.state.cookie}={token}", "X-CSRF-Token": visitor.csrf}
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=headers)
    tried = 0
    for result in schema.get_all_operations():
        assert isinstance(result, Ok), result
        operation = result.ok()

        @given(case=operation.as_strategy())
        @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
        def answers_as_it_says(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate(headers=headers)

        answers_as_it_says()
        tried += 1
    assert tried >= 12
    queue.database.close()

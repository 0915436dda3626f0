"""An in-memory twin of the review queue, for what the pages do: one person, no database.

A test plays the others: somebody who is faster, arithmetic that settles cells, a server that is
away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import HTTPException

from review import views
from review.answers import Action
from review.items import State
from review.views import ItemView


@dataclass(frozen=True)
class Reviewer:
    name: str = "李雷"
    role: str = "reviewer"


@dataclass(frozen=True)
class Decision:
    """An answer that the server took, with the item as it was before."""

    before: ItemView
    answer: views.AnswerRequest


@dataclass
class Fake:
    """The queue; `settles`: which items leave it once another is answered; `fails`: a status that
    is all the answers get, `fails_at`: items whose answers alone get a 500."""

    items: dict[int, ItemView]
    settles: Mapping[int, Sequence[int]] = field(default_factory=dict)
    person: Reviewer | None = field(default_factory=Reviewer)
    fails: int | None = None
    fails_at: Sequence[int] = ()
    csrf: str = "a-token"
    delay: float = 0.0
    decisions: list[Decision] = field(default_factory=list)
    undoes: dict[str | None, int] = field(default_factory=dict)
    verdicts: list[views.ProposalRequest] = field(default_factory=list)
    released: list[int] = field(default_factory=list)
    tables: dict[tuple[int, int, str], views.TableView] = field(default_factory=dict)
    documents: list[views.DocumentProgress] = field(default_factory=list)
    progress: views.ProgressView | None = None
    pictures: Callable[[str], bytes] | None = None

    def open(self, asked: views.LeaseRequest) -> list[ItemView]:
        return [
            item
            for item in self.items.values()
            if item.state is State.OPEN
            and asked.document in (None, item.document)
            and asked.table in (None, item.table)
            and (asked.flag is None or asked.flag in item.flags)
            and asked.item in (None, item.id)
            and item.id not in asked.exclude
        ]

    def leased(self, asked: views.LeaseRequest) -> views.LeaseReply:
        items = self.open(asked)
        return views.LeaseReply(items=items[: asked.count], left=len(items))

    def left(self) -> int:
        return len(self.open(views.LeaseRequest()))

    def put(self, item: ItemView, **changes: Any) -> ItemView:
        self.items[item.id] = item.model_copy(update=changes)
        return self.items[item.id]

    def somebody_answers(self, item: int, value: str) -> None:
        """韩梅梅 does, without a lease."""
        seen = self.items[item]
        self.put(seen, version=seen.version + 1, state=State.DONE, value=value)

    def answered(self, item: int, answer: views.AnswerRequest) -> views.AnswerReply:
        before = self.items[item]
        if before.version != answer.version:
            raise HTTPException(409)
        self.decisions.append(Decision(before, answer))
        value = answer.text if answer.action is Action.VALUE else None
        after = self.put(
            before,
            version=before.version + 1,
            state=State.DONE,
            value=value,
            blank=answer.action is Action.BLANK,
        )
        settled = [i for i in self.settles.get(item, ()) if self.items[i].state is State.OPEN]
        for other in settled:
            self.put(self.items[other], state=State.SETTLED)
        return views.AnswerReply(
            decision=len(self.decisions),
            item=after,
            settled=len(settled),
            reopened=0,
            left=self.left(),
        )

    def undone(self, request: str | None) -> views.UndoReply:
        if request in self.undoes:
            return views.UndoReply(item=self.items[self.undoes[request]], left=self.left())
        if not self.decisions:
            raise HTTPException(404, "nothing to undo")
        before = self.decisions.pop().before
        self.undoes[request] = before.id
        item = self.put(before, version=self.items[before.id].version + 1)
        return views.UndoReply(item=item, left=self.left())

    def moved(self, item: int, asked: views.ProposalRequest) -> views.AnswerReply:
        """All its proposal's cells answered, or none and no proposal left."""
        self.verdicts.append(asked)
        before = self.items[item]
        state = State.DONE if asked.apply else State.OPEN
        after = self.put(before, version=before.version + 1, state=state, proposal=None)
        return views.AnswerReply(decision=1, item=after, settled=0, reopened=0, left=self.left())

    @property
    def said(self) -> list[tuple[int, str]]:
        """What stands decided: item, and the value or the action."""
        return [
            (
                d.before.id,
                d.answer.text if d.answer.action is Action.VALUE else d.answer.action.value,
            )
            for d in self.decisions
        ]

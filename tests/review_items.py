"""Items and figures to show on the review pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from document.proposal import Cause, MoveKind
from review import views
from review.items import State
from review.views import ItemView


def an_item(id: int = 1, **changes: Any) -> ItemView:
    """A cell of an applications table: 21 is read, 27 might be meant, and 53 = 21 + 30."""
    rule = views.RuleView(
        name="总计 = 自然人 + 商业企业",
        notation="every row: total = natural_person + legal.business",
        relation="=",
        terms=[
            views.Term(side="left", sign=1, label="总计", value="51", this=False),
            views.Term(side="right", sign=1, label="自然人", value="21", this=True),
            views.Term(side="right", sign=1, label="商业企业", value="30", this=False),
        ],
        ok=True,
        difference="0",
    )
    item = ItemView(
        id=id,
        version=3,
        state=State.OPEN,
        document=1,
        name="2023/瓯海区.pdf",
        agency="瓯海区人民政府办公室",
        year=2023,
        report=0,
        table="applications",
        table_title="收到和处理政府信息公开申请情况",
        row=f"row{id}",
        column="natural_person",
        row_label=["三、本年度办理结果", f"({id})予以公开"],
        column_label=["申请人情况", "自然人"],
        unit="件",
        kind="count",
        page=2,
        bbox=(100, 100, 150, 120),
        read="21",
        value="21",
        blank=False,
        choices=[
            views.Choice(key="A", text="27", value="27"),
            views.Choice(key="S", text="", value=None),
        ],
        flags=[],
        reason=None,
        rules=[rule],
        picture=f"p{id}",
        neighbours={},
        leased_until=datetime.now(UTC) + timedelta(minutes=2),
    )
    return item.model_copy(update=changes)


def a_proposal(cause: Cause = Cause.LABELS) -> views.ProposalView:
    """Two cells of two rows that changed places, and one of a third whose number is nowhere."""

    def move(row: int, before: str, after: str | None, *, found: bool = True) -> views.MoveView:
        return views.MoveView(
            row=f"row{row}", column="natural_person", row_label=["三、", f"({row})予以公开"],
            column_label=["自然人"], before=before, after=after, found=found,
        )  # fmt: skip

    return views.ProposalView(
        id="0123456789abcdef", kind=MoveKind.ROWS_SHIFTED, cause=cause, probability=0.998,
        reason="the numbers of (1)予以公开 to (3)予以公开 stand one row too low",
        moves=[move(1, "21", "30"), move(2, "30", None), move(3, "4", None, found=False)],
    )  # fmt: skip


def a_queue(count: int, **changes: Any) -> dict[int, ItemView]:
    return {n: an_item(n, **changes) for n in range(1, count + 1)}


PROGRESS = views.ProgressView(
    open=1, done=1500, settled=499, leased=1,
    reviewers=[views.ReviewerProgress(name="<i>李雷</i>", answers=1500, median_seconds=2.04,
                                      per_hour=901.4, agreement=0.98)],
    median_seconds=2.04, finish=datetime(2026, 11, 24, 9, 40, tzinfo=UTC),
)  # fmt: skip

"""The queue's tables. Times are seconds since 1970 (UTC)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Float, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Key = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    pass


class Setting(Base):
    """What holds for the whole queue, such as how many readings an item takes."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String)


class Document(Base):
    """A digitized file. `stamp`: of its output when its items were made; `settled`: the newest
    decision that its output and its items have been brought up to; `file`: the output that was
    found to be so, by inode, time and size. `accepted` cells that a sample may be drawn from, and
    the error `target`, as they were when the output was read last."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(String, unique=True)
    sha256: Mapped[str | None] = mapped_column(String(64))
    stamp: Mapped[str] = mapped_column(String(64))
    agency: Mapped[str | None] = mapped_column(String)
    year: Mapped[int | None]
    settled: Mapped[int] = mapped_column(Key, default=0)
    file: Mapped[str | None] = mapped_column(String(80))
    accepted: Mapped[int | None]
    target: Mapped[float | None] = mapped_column(Float)


class Item(Base):
    """A cell for a person to look at, and what is known of it now.

    `id`: drawn at random, so that it does not tell when the item was made; `place`: its number
    among the report's cells; `sample`: an accepted cell, drawn at random, with
    the value that was accepted; `rank`: the least comes first; `version` goes up with every change;
    `answer`: the decision that counts.
    """

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("document_id", "report", "table", "row", "column"),
        Index("item_next", "state", "rank", "document_id", "report", "place"),
        Index("item_of_document", "document_id", "state"),
        Index("item_of_value", "state", "value"),
        Index("item_of_lease", "lease_until"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    report: Mapped[int]
    table: Mapped[str] = mapped_column(String)
    row: Mapped[str] = mapped_column(String)
    column: Mapped[str] = mapped_column(String)
    place: Mapped[int]
    sample: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(8))
    version: Mapped[int] = mapped_column(default=0)
    rank: Mapped[int] = mapped_column(default=0)
    value: Mapped[str | None] = mapped_column(String)
    accepted_value: Mapped[str | None] = mapped_column(String)
    flags: Mapped[str] = mapped_column(String, default="")
    lease_by: Mapped[str | None] = mapped_column(String)
    lease_until: Mapped[float | None] = mapped_column(Float)
    answer_id: Mapped[int | None] = mapped_column(Key)


class Decision(Base):
    """What a person did to an item, for ever: nothing here is changed or taken out.

    `outcome`: recorded, or refused because another was first; `undoes`: the decision taken back by
    this one; `request`: what it came with, where one request decides several items, to be taken
    back together, or may come twice; `seen`: the version, `shown`: what was on the screen;
    `sha256` and `bbox`: of what, so that an answer is not taken for another file's or cell's.
    """

    __tablename__ = "decision"
    __table_args__ = (
        Index("decision_of_item", "item_id", "id"),
        Index("decision_by", "by", "id"),
        Index("decision_at", "at"),
        Index("decision_of_request", "request"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    by: Mapped[str] = mapped_column(String)
    at: Mapped[float] = mapped_column(Float)
    action: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(String(64), default="")
    value: Mapped[str | None] = mapped_column(String)
    outcome: Mapped[str] = mapped_column(String(8))
    seen: Mapped[int]
    undoes: Mapped[int | None] = mapped_column(Key)
    sha256: Mapped[str | None] = mapped_column(String(64))
    page: Mapped[int | None]
    bbox: Mapped[list[float] | None] = mapped_column(JSON)
    shown: Mapped[dict[str, Any]] = mapped_column(JSON)
    seconds: Mapped[float | None] = mapped_column(Float)
    program: Mapped[str] = mapped_column(String(20))
    request: Mapped[str | None] = mapped_column(String(40))


class Person(Base):
    """Somebody who may sign in. `role`: reviewer or admin."""

    __tablename__ = "person"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    password: Mapped[str] = mapped_column(String)
    role: Mapped[str] = mapped_column(String(8))
    active: Mapped[bool] = mapped_column(default=True)


class Visit(Base):
    """Somebody signed in: the hash of the cookie's token, and the token that forms must carry."""

    __tablename__ = "visit"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(8))
    csrf: Mapped[str] = mapped_column(String(64))
    until: Mapped[float] = mapped_column(Float)


class FailedLogin(Base):
    """A password that was wrong, or a link's token."""

    __tablename__ = "failed_login"
    __table_args__ = (Index("failed_login_at", "who", "at"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    who: Mapped[str] = mapped_column(String(160))
    at: Mapped[float] = mapped_column(Float)

"""The queue's database: SQLite beside the outputs, or PostgreSQL by its URL."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session

from document.errors import GoujiError
from review.source_paths import NAME

PATIENCE = 30
"""Seconds that a writer waits for another to end."""


class DatabaseError(GoujiError):
    """The queue's database cannot be had."""

    code = "database"


@dataclass(frozen=True, slots=True)
class Database:
    """Where the queue is kept; `read` and `write` give a transaction, ended with their block."""

    engine: Engine

    @classmethod
    def beside(cls, outputs: Path) -> Database:
        """In the folder of outputs, made if it is not there."""
        return cls.at(f"sqlite:///{(outputs / NAME).absolute()}")

    @classmethod
    def at(cls, url: str) -> Database:
        """By URL, its tables brought up to date; DatabaseError says what is wrong."""
        try:
            made = make_url(url)
            if made.drivername == "postgresql":
                made = made.set(drivername="postgresql+pg8000")
            engine = create_engine(made, **_options(made.get_backend_name()))
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            raise DatabaseError(
                f"no database can be had by this URL ({error}); it looks like "
                "postgresql://user:password@host/name, and needs the package pg8000"
            ) from error
        if engine.dialect.name == "sqlite":
            _prepare_sqlite(engine)
        database = cls(engine)
        database._migrate(made.render_as_string(hide_password=True))
        return database

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that sees one state of the queue."""
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction of the only writer (SQLite), or one that locks what it takes."""
        writer = self.engine.execution_options(gouji_writes=True)
        with Session(writer, expire_on_commit=False) as session, session.begin():
            yield session

    def is_at(self, path: Path) -> bool:
        """Whether it is this file."""
        url = self.engine.url
        return url.get_backend_name() == "sqlite" and url.database == str(path.absolute())

    def close(self) -> None:
        self.engine.dispose()

    def _migrate(self, shown: str) -> None:
        config = Config()
        config.set_main_option("script_location", str(files("review") / "migrations"))
        logging.getLogger("alembic").setLevel(logging.WARNING)
        try:
            with self.engine.connect() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                connection.commit()
        except (SQLAlchemyError, CommandError, OSError) as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            raise DatabaseError(
                f"the queue's database {shown} cannot be used: {reason}; is the folder there and "
                "writable, the server up, and Gouji not older than the database?"
            ) from error


def _options(backend: str) -> dict[str, Any]:
    if backend == "sqlite":
        return {"connect_args": {"timeout": PATIENCE, "check_same_thread": False}}
    return {"pool_pre_ping": True, "pool_size": 10}


def _prepare_sqlite(engine: Engine) -> None:
    """WAL; and transactions that begin when we say so, writers at once: a transaction that read
    first and then wants to write would be refused where another wrote in between."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Any) -> None:
        writes = connection.get_execution_options().get("gouji_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

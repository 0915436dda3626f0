"""A PostgreSQL of the tests' own: made, started and stopped here, on loopback."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WAY_OUT = "PostgreSQL is not installed (Debian: apt-get install postgresql)"


def programs() -> Path | None:
    """The folder of initdb and postgres, the newest there is; None where there is none."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    folders = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in folders), default=None)


@contextmanager
def server() -> Iterator[str]:
    """A new one; the URL of its database. PostgreSQL refuses to run as root, so root's runs as
    postgres."""
    found = programs()
    assert found, WAY_OUT
    user = "postgres" if os.getuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="gouji-pg-") as made:
        folder = Path(made)
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        data, port = folder / "data", _free_port()
        _run(user, found / "initdb", "-D", data, "-A", "trust", "-U", "gouji", "-E", "UTF8", "-N")
        settings = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off"
        control = (user, found / "pg_ctl", "-D", data, "-l", folder / "log", "-w")
        _run(*control, "-o", settings, "start")
        try:
            yield f"postgresql://gouji@127.0.0.1:{port}/postgres"
        finally:
            _run(*control, "-m", "immediate", "stop")


def _run(user: str | None, *command: object) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        user=user, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True, cwd="/",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port

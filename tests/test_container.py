"""The container: what its files promise; and Gouji in as little as it has, without a daemon."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from document.output_file import read_json
from gouji.cli.app import app
from tests.dockerfile import ROOT, compose, environment, final_stage, healthcheck, instructions
from tests.test_samples import SAMPLES, assert_as_expected

OFFICIAL = re.compile(r"(python|postgres):\d[\w.]*-(slim-)?bookworm")
"""A name without a host, and a tag that says what it is."""


def said(word: str, among: list[tuple[str, str]]) -> list[str]:
    return [rest for name, rest in among if name == word]


def test_images_are_official_ones_of_a_named_version() -> None:
    bases = [rest.split()[0] for rest in said("FROM", instructions())]
    assert len(bases) == 2
    assert len({*bases}) == 1
    others = {service["image"] for service in compose()["services"].values()} - {"gouji"}
    for image in (*bases, *others):
        assert OFFICIAL.fullmatch(image), image


def test_the_image_runs_gouji_as_nobody_special() -> None:
    (user,) = said("USER", final_stage())
    assert int(user.split(":")[0]) > 0
    assert said("ENTRYPOINT", final_stage()) == ['["gouji"]']


def test_the_pinned_set_is_laid_down_as_everywhere() -> None:
    """As the Makefile does: checked by hash, the headless OpenCV over the other."""
    runs = " && ".join(said("RUN", instructions())).split(" && ")
    pip = [words for words in map(shlex.split, runs) if words[:2] == ["pip", "install"]]
    assert [words[-1] for words in pip] == [
        "requirements/pinned.txt",
        "requirements/opencv.txt",
        ".",
    ]
    assert all({"--no-deps", "--require-hashes"} <= {*words} for words in pip[:2])
    assert "--force-reinstall" in pip[1]


def test_what_the_wheel_is_made_of_reaches_the_builder() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    needed = {*packages, "pyproject.toml", "requirements", project["project"]["readme"]}
    needed |= {*project["project"]["license-files"]}
    kept = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in kept
    assert {line.removeprefix("!") for line in kept if line.startswith("!")} == needed
    assert all((ROOT / name).exists() for name in needed)


@pytest.mark.parametrize("name", compose()["services"])
def test_every_service_has_as_few_rights_as_can_be(name: str) -> None:
    service = compose()["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"].split(":")[0] not in {"", "0", "root"}
    assert "privileged" not in service
    assert "cap_add" not in service
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_every_service_that_stays_is_watched() -> None:
    services = compose()["services"]
    assert "healthcheck" in services["db"]
    assert "healthcheck" not in services["review"], "the image's own"
    assert "/login" in healthcheck()[-1]
    assert services["review"]["depends_on"]["db"]["condition"] == "service_healthy"
    assert services["digitize"]["profiles"] == ["digitize"], "only when asked for"


def test_the_password_of_the_database_is_nowhere_in_the_repository() -> None:
    services = compose()["services"]
    assert services["db"]["environment"]["POSTGRES_PASSWORD"] == "…"
    assert services["review"]["environment"]["GOUJI_DATABASE"] == "postgresql://gouji:…@db/gouji"
    assert ".env" in (ROOT / ".gitignore").read_text().splitlines()


@pytest.mark.parametrize("name", ["review", "digitize"])
def test_the_commands_of_the_services_are_gouji_s(name: str) -> None:
    words: list[str] = compose()["services"][name]["command"]
    commands = [word for word in words[:2] if word.isalpha()]
    told = CliRunner().invoke(app, [*commands, "--help"])
    assert told.exit_code == 0
    for option in (word for word in words if word.startswith("--")):
        assert option in told.output


def test_nothing_is_fetched_from_a_place_named_here() -> None:
    files = [ROOT / "Dockerfile", ROOT / "compose.yaml", *(ROOT / "gouji" / "bundle").iterdir()]
    for path in files:
        if path.is_file():
            assert not re.search(r"https?://(?!127\.0\.0\.1)|index-url", path.read_text("utf-8"))


def contained(writable: Path, *script: str) -> Any:
    """Runs the lines as the container would: everything read-only but /tmp and the folder given,
    which is /tmp/out there; a user of no rights, no network, the Dockerfile's environment."""
    venv = Path(sys.prefix)
    places = [option for path in (ROOT, venv.resolve()) for option in ("--ro-bind", path, path)]
    settings = environment() | {"PATH": f"{venv}/bin:/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    command = [
        "bwrap", "--die-with-parent", "--unshare-all", "--uid", "10001", "--gid", "10001",
        "--cap-drop", "ALL", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc",
        "--tmpfs", "/tmp", *places, "--bind", writable, "/tmp/out", "--clearenv",
        *(word for pair in settings.items() for word in ("--setenv", *pair)),
        "--chdir", "/tmp", "sh", "-euc", "\n".join(script),
    ]  # fmt: skip
    return subprocess.run(
        [str(word) for word in command],
        check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.fixture
def out(tmp_path: Path) -> Path:
    if not shutil.which("bwrap"):
        pytest.skip("bubblewrap is not installed (Debian: apt-get install bubblewrap)")
    folder = tmp_path / "out"
    folder.mkdir()
    if (done := contained(folder, "true")).returncode:
        pytest.skip(f"nothing can be contained here: {done.stderr}")
    return folder


@pytest.mark.slow
def test_gouji_reads_and_serves_where_it_may_write_nowhere_but_out_and_tmp(out: Path) -> None:
    sample = "xiaoying_2023-scan.pdf"
    gouji = "python -m gouji"
    ready = shlex.join(healthcheck())
    done = contained(
        out,
        f"! touch {shlex.quote(str(ROOT / 'touched'))} 2>/dev/null",
        f"{gouji} doctor",
        f"{gouji} digitize {shlex.quote(str(SAMPLES / sample))} -o /tmp/out",
        f"GOUJI_NEW_PASSWORD='a long one' {gouji} review people add /tmp/out li",
        f"{gouji} review serve /tmp/out --host 0.0.0.0 &",
        f"for second in $(seq 120); do {ready} 2>/dev/null && exit 0; sleep 1; done; exit 1",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert_as_expected(read_json(out / f"{sample}.json"), "xiaoying_2023")

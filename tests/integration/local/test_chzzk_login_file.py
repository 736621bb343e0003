"""The login's file on one machine: its owner's alone, read as it is now, and refused with what to do."""

import json
import os
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mntreamer.domain.errors import BadInput
from mntreamer_local.composition import Machine, open_machine
from mntreamer_local.files.chzzk_login_file import ChzzkLoginFile
from mntreamer_local.serving import serve

COOKIES = {"NID_AUT": "invented-aut", "NID_SES": "invented-ses"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "chzzk-login.json"


def write(path: Path, text: str, mode: int = 0o600) -> None:
    path.write_text(text)
    path.chmod(mode)


def start(data: Path) -> Machine:
    """What a server does before it serves."""
    with ExitStack() as opened:
        return serve._open(data, opened)[0]


def test_without_a_file_there_is_no_login(path: Path) -> None:
    assert ChzzkLoginFile(path)() is None
    start(path.parent)


def test_the_login_is_from_when_its_file_was_written(path: Path) -> None:
    write(path, json.dumps(COOKIES))
    os.utime(path, (0, 1_763_780_400))
    login = ChzzkLoginFile(path)()
    assert login
    assert login.cookie() == "NID_AUT=invented-aut; NID_SES=invented-ses"
    assert login.renewed_at == datetime(2025, 11, 22, 3, tzinfo=UTC)
    assert login.kept_in == str(path)


def test_a_renewed_login_needs_no_restart(path: Path) -> None:
    write(path, json.dumps(COOKIES))
    source = start(path.parent).chzzk_login
    write(path, json.dumps(COOKIES | {"NID_AUT": "invented-later"}))
    login = source()
    assert login
    assert login.cookie() == "NID_AUT=invented-later; NID_SES=invented-ses"
    path.unlink()
    assert source() is None


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o602, 0o601])
def test_a_file_that_is_open_to_others_is_refused_at_the_start(path: Path, mode: int) -> None:
    write(path, json.dumps(COOKIES), mode)
    with pytest.raises(BadInput, match=f"chmod 600 {path}") as raised:
        start(path.parent)
    assert "invented" not in str(raised.value)
    path.chmod(0o600)
    start(path.parent)


@pytest.mark.parametrize("text", ["", "NID_AUT=invented", '{"NID_AUT": "invented"}', "[]"])
def test_a_file_without_a_login_is_refused_at_the_start(path: Path, text: str) -> None:
    write(path, text)
    with pytest.raises(BadInput, match=rf"{path}.*it should look like \{{\"NID_AUT\"") as raised:
        start(path.parent)
    assert "invented" not in str(raised.value)


def test_what_cannot_be_read_is_refused_at_the_start(path: Path) -> None:
    path.mkdir()
    with pytest.raises(BadInput, match="Is a directory"):
        start(path.parent)


def test_a_recorder_starts_whatever_has_become_of_the_file(path: Path) -> None:
    write(path, "spoilt", 0o644)
    open_machine(path.parent)

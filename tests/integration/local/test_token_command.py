"""`mntreamer token`, as the person at the keyboard sees it."""

from pathlib import Path

import pytest

from tests.integration.local.test_cli import Run, run

__all__ = ["run"]


def test_the_token_is_printed_and_replaced(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MNTREAMER_DATA", str(tmp_path))
    token = run("token").out

    assert len(token) > 32
    assert run("token").out == token
    assert run("token", "--new").out != token
    assert run("token").out == (tmp_path / "token").read_text()

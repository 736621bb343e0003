"""The token's file is there whole or not at all."""

import os
from pathlib import Path

import pytest

from mntreamer.domain.errors import SettingMissing
from mntreamer_local.files.token_file import TokenFile, api_token, replace_token
from tests.contract.at_once import at_once


def test_the_token_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "data" / "token"

    token = api_token(path)

    assert len(token) >= 32
    assert api_token(path) == token
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_starts_at_the_same_moment_agree_on_one(tmp_path: Path) -> None:
    assert len(set(at_once(lambda _: api_token(tmp_path / "token")))) == 1


def test_a_crash_while_it_is_made_leaves_no_empty_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(_: int) -> None:
        raise OSError("the power is gone")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", crash)
        with pytest.raises(OSError, match="power"):
            api_token(tmp_path / "token")

    assert not (tmp_path / "token").exists()
    assert api_token(tmp_path / "token")


@pytest.mark.parametrize("text", ["", "\n", "  \n"])
def test_an_empty_one_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "token").write_text(text)

    with pytest.raises(SettingMissing, match="delete the file"):
        api_token(tmp_path / "token")


def test_a_new_one_takes_its_place_whole_and_is_seen_at_once(tmp_path: Path) -> None:
    path = tmp_path / "data" / "token"
    read = TokenFile(path)
    old = read.current()

    new = replace_token(path)

    assert new != old
    assert read.current() == new == path.read_text().strip()
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_crash_while_it_is_replaced_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(_: int) -> None:
        raise OSError("the power is gone")

    old = api_token(tmp_path / "token")
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", crash)
        with pytest.raises(OSError, match="power"):
            replace_token(tmp_path / "token")

    assert api_token(tmp_path / "token") == old


def test_one_that_is_deleted_opens_nothing_more(tmp_path: Path) -> None:
    read = TokenFile(tmp_path / "token")
    old = read.current()
    (tmp_path / "token").unlink()

    assert read.current() not in ("", old)


def test_one_that_is_emptied_opens_nothing_either(tmp_path: Path) -> None:
    read = TokenFile(tmp_path / "token")
    read.current()
    (tmp_path / "token").write_text("\n")

    with pytest.raises(SettingMissing):
        read.current()

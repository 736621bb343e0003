"""`python -m mntreamer.aws.import_original` on a deployment's table."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mntreamer.aws.import_original import main
from tests.integration.usecases.original_tables import STREAMERS, A, B, put_tables, streamer_table

if TYPE_CHECKING:
    from mntreamer.ports import Ports


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    words = ["import_original", str(put_tables(tmp_path)), "--time-zone", "Asia/Seoul"]
    monkeypatch.setattr(sys, "argv", words)
    return words


@pytest.mark.usefixtures("asked")
def test_the_streamers_are_watched(ports: "Ports", capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    assert sorted(one.channel_id for one in ports.monitors.listed(1000)) == [A, B]
    assert capsys.readouterr().out == "2 added; 0 there already, unchanged\n"


def test_a_check_writes_nothing(ports: "Ports", asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    asked += ["--check", "--json"]
    assert main() == 0
    assert [one["channel_id"] for one in json.loads(capsys.readouterr().out)["added"]] == [A, B]
    assert ports.monitors.listed(1000) == []


@pytest.mark.usefixtures("asked")
def test_a_bad_row_is_told_and_the_others_are_imported(
    ports: "Ports", tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_tables(tmp_path, streamer=streamer_table(STREAMERS[0].replace(A, "?"), STREAMERS[1]))
    assert main() == 1
    assert "streamer.csv:2: channel_id" in capsys.readouterr().err
    assert [one.channel_id for one in ports.monitors.listed(1000)] == [B]


@pytest.mark.usefixtures("asked", "aws")
def test_a_setting_that_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MONITOR_SHARDS")
    assert main() == 1
    assert "MONITOR_SHARDS" in capsys.readouterr().err

"""What a recorder could not store waits on disk, and is in the recording after all."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mntreamer.ports import MediaStore
from mntreamer.recorder.ending.ending import Ending
from mntreamer.recorder.storing.spool import Spool
from mntreamer.recorder.storing.workshop import workshop
from tests.integration.recorder.conftest import QUICK, Studio
from tests.integration.recorder.origin import Origin
from tests.integration.recorder.test_record import ALL


def _fill(store: MediaStore, until_undone: pytest.MonkeyPatch) -> None:
    """From now on the store has no more room for segments."""
    put_new = store.put_new

    def put_what_is_small(key: str, *rest: Any) -> bool:
        if "segments/" in key:
            raise OSError(28, "No space left on device")
        return put_new(key, *rest)

    until_undone.setattr(store, "put_new", put_what_is_small)


def test_a_recorder_that_is_stopped_while_the_store_is_full_costs_nothing(
    studio: Studio, origin: Origin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop_midway(source: Origin) -> None:
        source.hold = source.listed >= 12
        if source.listed == 12:
            studio.stop.set()

    studio.workshop = replace(studio.workshop, spool=Spool(tmp_path / "spool", 10**8, 10**8))
    origin.on_look = stop_midway
    with monkeypatch.context() as full:
        _fill(studio.ports.store, full)
        assert studio.record(pace=replace(QUICK, drain_s=1.0)) is Ending.STOPPED
    assert studio.stored() == []

    studio.stop.clear()
    studio.raise_generation()
    studio.workshop = replace(studio.workshop, spool=Spool(tmp_path / "spool", 10**8, 10**8))
    origin.window = 2
    origin.on_look = lambda source: setattr(source, "hold", False)
    assert studio.record(generation=2) is Ending.OVER

    held = [sequence for _, first, last in studio.ranges for sequence in range(first, last + 1)]
    assert held == list(range(ALL[0][1], ALL[-1][2] + 1))
    assert studio.gaps == []
    assert studio.breaks == [False] * len(studio.ranges)
    assert list((tmp_path / "spool").iterdir()) == []


def test_a_folder_that_cannot_be_used_is_told_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(OSError, match="Not a directory"), workshop(tmp_path / "file" / "spool", 1, 1):
        pass

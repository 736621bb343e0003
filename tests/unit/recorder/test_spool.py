"""What waits is counted, bounded, found again by who comes later, and gone once it is dropped."""

from pathlib import Path

import pytest

from mntreamer.recorder.storing.spool import Held, NoRoom, Spool

KB = b"x" * 1000


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "spool", memory_bytes=3000, disk_bytes=3000)


def _hold(spool: Spool, *bodies: bytes, name: str | None = None, lasting: bool = False) -> Held:
    held = spool.hold(bodies, name, f"label of {name}", lasting=lasting)
    assert isinstance(held, Held)
    return held


def _used(spool: Spool) -> tuple[int, int]:
    return spool.memory.used_bytes, spool.disk.used_bytes


def _files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "spool").iterdir())


def test_what_fits_waits_in_memory_and_the_rest_on_disk(spool: Spool, tmp_path: Path) -> None:
    first, second = _hold(spool, KB, KB), _hold(spool, KB, b"y" * 500)

    assert _used(spool) == (2000, 1500)
    assert len(_files(tmp_path)) == 1
    assert spool.read(first) == (KB, KB)
    assert spool.read(second) == (KB, b"y" * 500)


def test_what_is_dropped_makes_room(spool: Spool, tmp_path: Path) -> None:
    for held in [_hold(spool, KB, name=str(n)) for n in range(6)]:
        spool.drop(held)
        spool.drop(held)

    assert _used(spool) == (0, 0)
    assert _files(tmp_path) == []


def test_without_room_it_says_what_to_do(tmp_path: Path) -> None:
    spool = Spool(tmp_path, memory_bytes=64_000_000, disk_bytes=3_000_000)
    kept = [_hold(spool, b"x" * 32_000_000) for _ in range(2)] + [_hold(spool, b"x" * 3_000_000)]

    refused = spool.hold([KB])

    assert isinstance(refused, NoRoom)
    assert "64 MB in memory and 3 MB on disk" in refused.why
    assert "MNTREAMER_SPOOL_BYTES" in refused.why
    assert spool.disk.used_bytes == kept[-1].size_bytes


def test_a_disk_that_takes_nothing_is_named_and_memory_still_holds(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", memory_bytes=1000, disk_bytes=3000)
    (tmp_path / "spool").rmdir()

    held = _hold(spool, KB, name="a", lasting=True)
    refused = spool.hold([KB])

    assert spool.read(held) == (KB,)
    assert isinstance(refused, NoRoom)
    assert "No such file or directory" in refused.why
    assert _used(spool) == (1000, 0)


def test_what_is_to_last_is_moved_to_disk_and_read_as_before(spool: Spool, tmp_path: Path) -> None:
    held = _hold(spool, b"a\nb", KB, name="a")

    spool.make_lasting(held)
    spool.make_lasting(held)

    assert _used(spool) == (0, 1003)
    assert len(_files(tmp_path)) == 1
    assert spool.read(held) == (b"a\nb", KB)


def test_what_is_left_is_found_by_the_next_process_in_order(spool: Spool, tmp_path: Path) -> None:
    for name in ("x-2", "x-1", "y-1"):
        assert spool.leave(_hold(spool, f"body of {name}\n".encode(), name=name))
    _hold(spool, b"in memory", name="x-3")

    later = Spool(tmp_path / "spool", memory_bytes=0, disk_bytes=3000)
    found = later.left("x-")

    assert [(held.name, held.label, later.read(held)) for held in found] == [
        ("x-1", "label of x-1", (b"body of x-1\n",)),
        ("x-2", "label of x-2", (b"body of x-2\n",)),
    ]
    assert later.left("x-") == []
    assert later.disk.used_bytes == 3 * len(b"body of x-1\n")


def test_what_somebody_still_holds_is_not_left(spool: Spool) -> None:
    held = _hold(spool, KB, name="x-1", lasting=True)

    assert spool.left() == []
    assert spool.leave(held)
    [again] = spool.left()
    spool.drop(again)
    assert _used(spool) == (0, 0)


def test_what_could_not_be_put_on_disk_is_given_up_when_it_is_left(tmp_path: Path) -> None:
    spool = Spool(tmp_path, memory_bytes=1000, disk_bytes=0)

    assert not spool.leave(_hold(spool, KB, name="x-1"))
    assert _used(spool) == (0, 0)
    assert spool.left() == []


def test_two_recorders_may_hold_the_same_segment(spool: Spool) -> None:
    ours, theirs = (_hold(spool, KB, name="x-1", lasting=True) for _ in range(2))

    spool.drop(ours)

    assert spool.read(theirs) == (KB,)


def test_what_has_no_name_does_not_outlive_its_process(spool: Spool, tmp_path: Path) -> None:
    _hold(spool, KB, lasting=True)

    assert Spool(tmp_path / "spool", memory_bytes=0, disk_bytes=1000).disk.used_bytes == 0
    assert _files(tmp_path) == []


def test_what_was_taken_away_from_the_folder_is_an_error_that_can_be_told(spool: Spool, tmp_path: Path) -> None:
    held = _hold(spool, KB, name="a", lasting=True)
    _files(tmp_path)[0].unlink()

    with pytest.raises(FileNotFoundError):
        spool.read(held)
    spool.drop(held)
    assert _used(spool) == (0, 0)


def test_a_file_that_cannot_be_deleted_takes_its_room_and_stops_nothing(
    spool: Spool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    held = _hold(spool, KB, name="a", lasting=True)
    monkeypatch.setattr(Path, "unlink", refuse)

    spool.drop(held)

    assert _used(spool) == (0, 1000)
    assert "Permission denied" in caplog.text

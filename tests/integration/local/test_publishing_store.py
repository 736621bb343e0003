"""Who records is not held up by what cannot be published: what was written is stored, and published later."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mntreamer.domain.playlists.source_playlist import Segment, SegmentName, SourcePlaylist, render_source
from mntreamer.domain.segments.stored_segment import StoredSegment
from mntreamer.usecases.recordings.stored.source import Source
from mntreamer_local.files.links import LinkSigner
from mntreamer_local.files.publishing_store import PublishingStore
from tests.contract.records import NOON

PREFIX = "media/chzzk/c1/2026/11/22/1/"


def _segment(number: int) -> StoredSegment:
    begin_s = 6.0 * number
    return StoredSegment(SegmentName(0, number, number), 6.0, None, False, begin_s, begin_s + 6.0, "init", 4)  # noqa: FBT003 -- it goes on


@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: (folder / "edits.json").write_bytes(b"{"),
        lambda folder: (folder / "edits.json").mkdir(),
        lambda folder: (folder / "index.m3u8").mkdir(),
    ],
    ids=["damaged edits", "unreadable edits", "an index that cannot be written"],
)
def test_the_source_grows_and_is_published_once_that_can_be(
    tmp_path: Path, harm: Callable[[Path], object], caplog: pytest.LogCaptureFixture
) -> None:
    store, folder = PublishingStore(tmp_path, LinkSigner(b"key", lambda: NOON)), tmp_path / PREFIX
    folder.mkdir(parents=True)
    harm(folder)
    source = Source(store, PREFIX)

    for number in (0, 1):
        source.append([_segment(number)], 6)
        source.write()

    text = render_source(SourcePlaylist(6, tuple(Segment(SegmentName(0, n, n), 6.0) for n in (0, 1))))
    assert (folder / "source.m3u8").read_text() == text
    assert "is not published" in caplog.text
    for name in ("edits.json", "index.m3u8"):
        path = folder / name
        path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
    source.write()
    assert (folder / "index.m3u8").read_text().count("#EXTINF") == 2

"""What is published reads, and decodes to what was broadcast and not cut: each picture, each packet of sound.

FFmpeg's own HLS demuxer reads what has ended, from its URL, redirects and all. It fetches what is marked with
EXT-X-GAP as well, so what is published of a growing recording is read as a player would: what is no gap.
"""

from collections.abc import Callable, Iterable
from typing import Any

import m3u8
import pytest
import requests

from tests.faults.fingerprints import Fingerprints, fingerprints_of
from tests.faults.takes import SEGMENT_S
from tests.playback.growing import Growing, content_of

pytestmark = pytest.mark.xdist_group("playback")

New = Callable[[], Growing]
CUTS = [(16, 18), (8, 10), (6, 8), (0, 2)]  # at the end, two beside each other, at the begin
KEPT = [1, 2, 5, 6, 7]


def _recorded(new: New) -> Growing:
    recording = new()
    recording.grow(9)
    return recording


def _cut(recording: Growing) -> None:
    for begin_s, end_s in CUTS:
        recording.cut(begin_s, end_s)


def _read(url: str) -> Any:
    """As m3u8 reads it; the segments with their URLs."""
    answer = requests.get(url, timeout=30)
    answer.raise_for_status()
    return m3u8.loads(answer.text, uri=url)


def _fetched(segment: Any) -> bytes:
    answer = requests.get(segment.absolute_uri, timeout=30)
    answer.raise_for_status()
    return answer.content


def _joined(contents: Iterable[Fingerprints]) -> Fingerprints:
    every = list(contents)
    return Fingerprints(
        tuple(picture for content in every for picture in content.pictures),
        tuple(packet for content in every for packet in content.sound),
    )


def _numbers(playlist: Any) -> list[int]:
    return [int(segment.uri.rpartition("-")[2].removesuffix(".ts")) for segment in playlist.segments]


def _as_broadcast(segments: Iterable[int]) -> Fingerprints:
    return _joined(map(content_of, segments))


def test_an_ended_recording_decodes_to_what_was_not_cut(new: New) -> None:
    recording = _recorded(new)
    recording.end()
    _cut(recording)

    assert fingerprints_of(recording.playlist_url) == _as_broadcast(KEPT)


def test_an_ended_recording_is_listed_without_what_was_cut(new: New) -> None:
    recording = _recorded(new)
    _cut(recording)
    recording.end()

    playlist = _read(recording.playlist_url)

    assert _numbers(playlist) == KEPT
    assert (playlist.playlist_type, playlist.is_endlist) == ("vod", True)
    assert [segment.discontinuity for segment in playlist.segments] == [False, False, True, False, False]
    assert not any(segment.gap_tag for segment in playlist.segments)
    assert sum(segment.duration for segment in playlist.segments) == pytest.approx(len(KEPT) * SEGMENT_S, abs=0.001)
    assert max(round(segment.duration) for segment in playlist.segments) <= playlist.target_duration


def test_a_growing_recording_lists_what_was_cut_as_gaps_and_decodes_to_the_rest(new: New) -> None:
    recording = _recorded(new)
    _cut(recording)

    playlist = _read(recording.playlist_url)
    played = [segment for segment in playlist.segments if not segment.gap_tag]

    assert _numbers(playlist) == list(range(9))
    assert (playlist.playlist_type, playlist.is_endlist) == ("event", False)
    assert not any(segment.discontinuity for segment in playlist.segments)
    assert _joined(fingerprints_of(_fetched(segment)) for segment in played) == _as_broadcast(KEPT)


def test_a_run_between_two_cuts_decodes_on_one_timeline(new: New) -> None:
    recording = _recorded(new)
    recording.end()
    _cut(recording)
    run = _read(recording.playlist_url).segments[2:]

    assert fingerprints_of(b"".join(map(_fetched, run))) == _as_broadcast([5, 6, 7])


def test_a_clip_decodes_to_its_range(new: New) -> None:
    recording = _recorded(new)
    recording.end()

    assert fingerprints_of(recording.clip(4, 10)) == _as_broadcast([2, 3, 4])


def test_undoing_every_cut_gives_all_of_it_back(new: New) -> None:
    recording = _recorded(new)
    recording.end()
    before = requests.get(recording.playlist_url, timeout=30).content
    _cut(recording)
    recording.undo_cuts()

    assert requests.get(recording.playlist_url, timeout=30).content == before
    assert fingerprints_of(recording.playlist_url) == _as_broadcast(range(9))


def test_a_recording_with_hostile_chapters_decodes_to_what_was_broadcast(new: New) -> None:
    recording = new()
    for number, title in enumerate(['"', "one\r\n#EXT-X-ENDLIST\ntwo", "x" * 10_000, "🎮,A=B"]):
        recording.grow(2)
        recording.becomes(title, at_s=4 * number + 3)
    recording.end()

    playlist = _read(recording.playlist_url)

    assert fingerprints_of(recording.playlist_url) == _as_broadcast(range(8))
    assert len([item for segment in playlist.segments for item in segment.dateranges]) == 5

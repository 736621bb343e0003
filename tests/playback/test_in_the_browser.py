"""What is published plays in hls.js, through every cut, also while the recording grows."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from tests.faults.takes import SEGMENT_S
from tests.playback.growing import Growing
from tests.playback.viewer import Seen, Viewer, watching

pytestmark = [pytest.mark.xdist_group("playback"), pytest.mark.timeout(110)]


@dataclass(frozen=True)
class Cut:
    """Of one segment. The viewer fetches `ahead_s` in advance."""

    begin_s: float
    ahead_s: float


PICTURES = 30  # a segment
PICTURE_S = SEGMENT_S / PICTURES
# Pictures that wait for later ones begin after their sound; hls.js puts what comes first where the run before ends.
BEHIND_SOUND_S = 2 * PICTURE_S
MOST_STALLED_S = 0.5
# The viewer is in the second segment when one is cut; with `ahead_s` of 30 all of them have been fetched by then.
CUTS = {
    "behind": Cut(begin_s=0, ahead_s=30),
    "playing": Cut(begin_s=2, ahead_s=30),
    "fetched": Cut(begin_s=6, ahead_s=30),
    "ahead": Cut(begin_s=10, ahead_s=3),
    "last": Cut(begin_s=12, ahead_s=3),
}
Watch = Callable[..., Viewer]
New = Callable[[], Growing]


@pytest.fixture
def watch(browser: Browser, pages_url: str) -> Iterator[Watch]:
    with ExitStack() as opened:

        def start(playlist_url: str, **config: object) -> Viewer:
            return opened.enter_context(watching(browser, pages_url, playlist_url, **config))

        yield start


def _segments(seen: Seen) -> list[int]:
    """Those of which a picture was shown, in the order in which they were."""
    return list(dict.fromkeys(picture.number // PICTURES for picture in seen.pictures))


def _late_s(seen: Seen, published: Iterable[int]) -> float:
    """How far the farthest picture is from where it lies in these segments, joined."""
    begins_s = {segment: position * SEGMENT_S for position, segment in enumerate(published)}
    due_s = [begins_s[p.number // PICTURES] + p.number % PICTURES * PICTURE_S for p in seen.pictures]
    return max(abs(picture.at_s - due) for picture, due in zip(seen.pictures, due_s, strict=True))


def _plays(seen: Seen, kept: list[int], runs: int) -> None:
    """From the first to the last of these segments, which hang together in so many runs, without a stall."""
    late_s = runs * BEHIND_SOUND_S
    assert (seen.ended, seen.fatal) == (True, None)
    assert seen.duration_s == pytest.approx(len(kept) * SEGMENT_S, abs=late_s + PICTURE_S)
    assert _segments(seen) == kept
    assert _late_s(seen, kept) < late_s + PICTURE_S
    assert seen.longest_stall_s < MOST_STALLED_S
    assert seen.farthest_jump_s < MOST_STALLED_S


def test_a_viewer_for_whom_nothing_is_there_yet_stalls(new: New, watch: Watch) -> None:
    recording = new()
    recording.grow(3)
    viewer = watch(recording.playlist_url, startPosition=0)

    viewer.wait_for_a_stall(MOST_STALLED_S)
    recording.grow(1)
    recording.end()

    assert _segments(viewer.wait_for_the_end()) == [0, 1, 2, 3]


def test_an_ended_recording_plays_through_its_cuts(new: New, watch: Watch) -> None:
    recording = new()
    recording.grow(9)
    recording.end()
    for begin_s, end_s in [(16, 18), (8, 10), (6, 8), (0, 2)]:  # at the end, two beside each other, at the begin
        recording.cut(begin_s, end_s)

    seen = watch(recording.playlist_url).wait_for_the_end()

    _plays(seen, [1, 2, 5, 6, 7], runs=2)


def test_seeking_over_a_cut_and_back_plays_on(new: New, watch: Watch) -> None:
    recording = new()
    recording.grow(6)
    recording.end()
    recording.cut(4, 8)
    viewer = watch(recording.playlist_url)

    viewer.wait_until(0.5)
    viewer.seek(5)
    viewer.wait_until(5.5)
    viewer.seek(3)
    seen = viewer.wait_for_the_end()

    assert (seen.ended, seen.fatal) == (True, None)
    assert _segments(seen) == [0, 4, 1, 5]
    assert _late_s(seen, [0, 1, 4, 5]) < 2 * BEHIND_SOUND_S + PICTURE_S
    assert seen.longest_stall_s < MOST_STALLED_S


def test_a_clip_plays_what_the_cut_left_of_it(new: New, watch: Watch) -> None:
    recording = new()
    recording.grow(6)
    recording.end()
    clip_url = recording.clip(2, 10)
    recording.cut(4, 6)

    seen = watch(clip_url).wait_for_the_end()

    _plays(seen, [1, 3, 4], runs=2)


@pytest.fixture(scope="module")
def watched(new: New, browser: Browser, pages_url: str) -> dict[str, Seen]:
    """What those saw who had a playlist before something in it was cut; all at once, since each takes as long."""
    recordings = {where: new() for where in CUTS}
    with ExitStack() as pages:
        viewers: dict[str, Viewer] = {}
        for where, recording in recordings.items():
            recording.grow(7)
            ahead_s = CUTS[where].ahead_s
            config = {"startPosition": 0, "maxBufferLength": ahead_s, "maxMaxBufferLength": ahead_s}
            viewers[where] = pages.enter_context(watching(browser, pages_url, recording.playlist_url, **config))
        for where, recording in recordings.items():
            viewers[where].wait_until(2.5)
            recording.cut(CUTS[where].begin_s, CUTS[where].begin_s + SEGMENT_S)
        for where, recording in recordings.items():
            recording.grow(0 if where == "last" else 1)
            recording.end()
        return {where: viewer.wait_for_the_end() for where, viewer in viewers.items()}


@pytest.mark.parametrize("where", ["behind", "playing", "fetched"])
def test_who_watches_while_it_is_cut_goes_on_with_what_is_there(watched: dict[str, Seen], where: str) -> None:
    _plays(watched[where], [0, 1, 2, 3, 4, 5, 6, 7], runs=1)


def test_what_is_cut_ahead_of_a_viewer_is_jumped(watched: dict[str, Seen]) -> None:
    seen = watched["ahead"]

    assert (seen.ended, seen.fatal) == (True, None)
    assert _segments(seen) == [0, 1, 2, 3, 4, 6, 7]
    assert seen.longest_stall_s < MOST_STALLED_S
    assert _late_s(seen, range(8)) < BEHIND_SOUND_S + PICTURE_S  # its place on the line stays empty


def test_a_viewer_comes_to_the_end_when_the_last_is_cut(watched: dict[str, Seen]) -> None:
    _plays(watched["last"], [0, 1, 2, 3, 4, 5], runs=1)


def test_who_comes_while_it_is_recorded_sees_nothing_of_what_was_cut(new: New, watch: Watch) -> None:
    recording = new()
    recording.grow(6)
    for begin_s in (0, 4):
        recording.cut(begin_s, begin_s + SEGMENT_S)
    viewer = watch(recording.playlist_url, startPosition=0)
    viewer.wait_until(7)
    recording.end()

    seen = viewer.wait_for_the_end()

    assert (seen.ended, seen.fatal) == (True, None)
    assert _segments(seen) == [1, 3, 4, 5]
    assert seen.longest_stall_s < MOST_STALLED_S


def test_a_chapter_that_is_cut_out_goes_from_whoever_watches_and_it_plays_on(new: New, watch: Watch) -> None:
    recording = new()
    recording.grow(4)
    recording.becomes("a slip", at_s=6)
    recording.becomes("on with it", at_s=8)
    recording.grow(4)
    viewer = watch(recording.playlist_url, startPosition=0)
    viewer.wait_until(1)
    assert "a slip" in [title for title, _ in viewer.chapters()]
    recording.cut(6, 8)
    recording.grow(1)
    recording.end()
    seen = viewer.wait_for_the_end()

    assert (seen.ended, seen.fatal) == (True, None)
    assert seen.longest_stall_s < MOST_STALLED_S
    assert [title for title, _ in viewer.chapters()] == [recording.recording.title, "on with it"]


def test_chapters_are_where_they_are_played_and_play_on(new: New, watch: Watch) -> None:
    recording = new()
    recording.grow(2)
    recording.becomes('say "hi",\nall 🎮', at_s=5)
    recording.becomes("the end", at_s=11)
    recording.grow(5)
    viewer = watch(recording.playlist_url, startPosition=0)
    viewer.wait_until(1)
    growing = viewer.chapters()
    recording.end()
    recording.cut(6, 8)

    _plays(viewer.wait_for_the_end(), [0, 1, 2, 3, 4, 5, 6], runs=1)
    ended = watch(recording.playlist_url)
    seen = ended.wait_for_the_end()
    _plays(seen, [0, 1, 2, 4, 5, 6], runs=2)
    titles = [recording.recording.title, "say 'hi', all 🎮", "the end"]
    for chapters, at_s in ((growing, [0, 5, 11]), (ended.chapters(), [0, 5, 9])):
        assert [title for title, _ in chapters] == titles
        assert [at_s for _, at_s in chapters] == pytest.approx(at_s, abs=2 * BEHIND_SOUND_S)

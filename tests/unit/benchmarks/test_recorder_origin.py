import pytest

from benchmarks.recorder.broadcast import Broadcast
from benchmarks.recorder.media import Media
from benchmarks.recorder.origin import Replies
from tests.unit.benchmarks.test_recorder_media import FRAGMENTS, media

NOW_S = 1_800_000_000.0


@pytest.fixture
def replies() -> Replies:
    on_air: Media = media()
    return Replies(on_air, tuple(Broadcast(NOW_S - 200 - phase_s, 2) for phase_s in (0, 1)))


def test_each_channel_has_its_own_clock(replies: Replies) -> None:
    playlists = [b"".join(replies.to(f"/{channel}/media.m3u8", NOW_S + 1)[2]).decode() for channel in (0, 1)]
    assert ["101.m4s" in playlist for playlist in playlists] == [False, True]


def test_a_listed_segment_is_there(replies: Replies) -> None:
    status, _, body = replies.to("/0/100.m4s", NOW_S)
    assert status == 200
    assert len(b"".join(body)) == len(FRAGMENTS[0])


@pytest.mark.parametrize("sequence", [85, 70])
def test_a_segment_outlives_its_entry_by_the_length_of_the_playlist(replies: Replies, sequence: int) -> None:
    assert replies.to(f"/0/{sequence}.m4s", NOW_S)[0] == 200


@pytest.mark.parametrize("sequence", [101, 69])
def test_a_segment_before_and_after_that_is_not_there(replies: Replies, sequence: int) -> None:
    assert replies.to(f"/0/{sequence}.m4s", NOW_S)[0] == 404


def test_the_initialisation_section_is_there(replies: Replies) -> None:
    assert replies.to("/1/init.mp4", NOW_S) == (200, "video/mp4", (b"init",))

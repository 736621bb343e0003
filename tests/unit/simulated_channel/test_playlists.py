from datetime import UTC, datetime, timedelta
from pathlib import Path

import m3u8

from simulated_channel.broadcast import Broadcast, Segment
from simulated_channel.playlists import master_playlist, media_playlist

BEGAN = datetime(2026, 11, 22, 9, 0, 0, 250_000, tzinfo=UTC)


def broadcast_of(segments: int) -> Broadcast:
    broadcast = Broadcast(21334001, "제목", "talk", BEGAN, Path("somewhere"), "address")
    for at in range(segments):
        path = broadcast.folder / f"360p_{5000 + at}.m4v"
        broadcast.segments.append(Segment(5000 + at, path, 2.0, BEGAN + timedelta(seconds=2 * at)))
    return broadcast


def test_the_window_slides_over_the_last_fifteen() -> None:
    assert [segment.sequence for segment in broadcast_of(3).window()] == [5000, 5001, 5002]
    assert [segment.sequence for segment in broadcast_of(17).window()] == list(range(5002, 5017))


def test_the_truth_keeps_what_left_the_window() -> None:
    assert list(broadcast_of(17).truth.segments) == list(range(5000, 5017))


def test_a_segment_is_served_for_one_segment_s_time_after_it_left_the_window() -> None:
    broadcast = broadcast_of(17)
    assert broadcast.served_file("360p_5001.m4v")
    assert broadcast.served_file("360p_5000.m4v") is None
    assert broadcast.served_file("360p_0_0_0.m4s") == broadcast.init
    assert broadcast.served_file("../secret") is None


def test_the_media_playlist_says_what_a_player_needs() -> None:
    playlist = m3u8.loads(media_playlist(broadcast_of(17).window(), ended=False))
    assert (playlist.media_sequence, playlist.target_duration, playlist.is_endlist) == (5002, 2, False)
    assert playlist.segment_map[0].uri == "360p_0_0_0.m4s"
    assert playlist.segments[0].program_date_time == BEGAN + timedelta(seconds=4)
    assert [segment.uri for segment in playlist.segments][::14] == ["360p_5002.m4v", "360p_5016.m4v"]


def test_the_end_is_written() -> None:
    assert media_playlist(broadcast_of(2).window(), ended=True).endswith("360p_5001.m4v\n#EXT-X-ENDLIST\n")


def test_the_master_lists_the_variant() -> None:
    variant = m3u8.loads(master_playlist("360p/hdntl=x/list.m3u8")).playlists[0]
    assert variant.uri == "360p/hdntl=x/list.m3u8"
    assert variant.stream_info.resolution == (640, 360)

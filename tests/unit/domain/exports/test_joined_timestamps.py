"""Pictures join, sound stays in step, and what would overlap is left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from mntreamer.domain.exports.joined_timestamps import JoinedTimestamps, Placed, Stamp

PICTURE, SOUND = 0, 1
FRAME, PACKET = 3000, 1920  # 30 pictures a second; 1024 samples at 48 kHz
TURN = 1 << 33


@dataclass
class File:
    """What became of the packets of several segments, by track."""

    times: JoinedTimestamps
    segments: list[tuple[list[Stamp], list[Placed]]]

    def add(self, stamps: list[Stamp], *, goes_on: bool) -> None:
        self.segments.append((stamps, self.times.placed(stamps, goes_on=goes_on)))

    def track(self, track: int) -> list[Placed]:
        return [one for stamps, placed in self.segments for one in placed if stamps[one.position].track == track]

    def shift_of(self, segment: int, track: int) -> set[int]:
        """By how much the packets of a track were moved."""
        stamps, placed = self.segments[segment]
        mine = (one for one in placed if stamps[one.position].track == track)
        return {one.pts - stamps[one.position].pts for one in mine}


def new_file() -> File:
    return File(JoinedTimestamps(), [])


def pictures(begin: int, count: int, reorder: int = 0) -> list[Stamp]:
    """A key picture and others; each is decoded `reorder` pictures before it would have to be."""
    return [
        Stamp(PICTURE, begin + (n - reorder) * FRAME, begin + n * FRAME, FRAME, is_key=n == 0) for n in range(count)
    ]


def sound(begin: int, count: int) -> list[Stamp]:
    return [Stamp(SOUND, at, at, PACKET, is_key=True) for at in range(begin, begin + count * PACKET, PACKET)]


def second_of(begin: int) -> list[Stamp]:
    """Pictures of one second, and the packets of sound that begin in it, on the sound's own grid."""
    end = begin + 30 * FRAME
    first = -(-begin // PACKET) * PACKET
    return pictures(begin, 30) + sound(first, (end - first + PACKET - 1) // PACKET)


def is_continuous(placed: Sequence[Placed], step: int) -> bool:
    return {after.pts - before.pts for before, after in pairwise(placed)} == {step}


def test_a_file_begins_at_0_and_keeps_sound_as_far_from_the_picture_as_it_was() -> None:
    file = new_file()
    file.add(second_of(900_000), goes_on=False)

    assert file.track(PICTURE)[0].pts == 0
    assert file.shift_of(0, PICTURE) == file.shift_of(0, SOUND) == {-900_000}


def test_a_run_that_goes_on_is_moved_as_what_came_before() -> None:
    file = new_file()
    for second in range(10, 13):
        file.add(second_of(second * 90_000), goes_on=second > 10)

    assert is_continuous(file.track(PICTURE), FRAME)
    assert is_continuous(file.track(SOUND), PACKET)
    assert all(file.shift_of(n, track) == {-900_000} for n in range(3) for track in (PICTURE, SOUND))
    assert file.times.duration_s == 3.0 + (file.track(SOUND)[-1].pts + PACKET - 270_000) / 90_000


def test_at_each_of_a_hundred_cuts_sound_is_within_a_packet_of_its_picture_and_holes_are_rare() -> None:
    file = new_file()
    for run in range(100):
        file.add(second_of((7 * run + 1) * 90_000), goes_on=False)

    assert is_continuous(file.track(PICTURE), FRAME)
    heard_at = [one.pts for one in file.track(SOUND)]
    holes = [after - before - PACKET for before, after in pairwise(heard_at) if after - before != PACKET]
    assert len(holes) < 20
    assert all(0 < hole < 2 * PACKET for hole in holes)
    for run in range(100):
        [picture], [heard] = file.shift_of(run, PICTURE), file.shift_of(run, SOUND)
        assert abs(picture - heard) <= PACKET


def test_sound_that_the_run_before_still_fills_is_left_out() -> None:
    file = new_file()
    file.add([*pictures(0, 30), *sound(0, 60)], goes_on=False)  # a quarter of a second longer than the picture
    file.add(second_of(900_000), goes_on=False)

    assert is_continuous(file.track(PICTURE), FRAME)
    assert is_continuous(file.track(SOUND), PACKET)
    [picture], [heard] = file.shift_of(1, PICTURE), file.shift_of(1, SOUND)
    assert abs(picture - heard) <= PACKET / 2


def test_where_sound_is_missing_there_is_a_hole_and_what_follows_is_in_step() -> None:
    file = new_file()
    file.add([*pictures(0, 30), *sound(0, 20)], goes_on=False)
    file.add(second_of(900_000), goes_on=False)

    assert file.shift_of(1, PICTURE) == file.shift_of(1, SOUND) == {90_000 - 900_000}


def test_where_the_picture_ended_long_before_the_sound_the_next_run_waits_for_it() -> None:
    file = new_file()
    file.add([*pictures(0, 30), *sound(0, 47 * 3)], goes_on=False)
    file.add(second_of(900_000), goes_on=False)

    ended = 47 * 3 * PACKET
    assert 0 <= ended - file.track(PICTURE)[30].pts <= 45_000


def test_timestamps_that_wrap_within_a_run_go_on() -> None:
    file = new_file()
    begin = TURN - 90_000
    file.add(second_of(begin), goes_on=False)
    file.add(second_of(0), goes_on=True)

    assert is_continuous(file.track(PICTURE), FRAME)
    assert len(file.track(PICTURE)) == 60


def test_timestamps_that_fall_back_without_being_announced_begin_a_run() -> None:
    file = new_file()
    file.add(second_of(9_000_000), goes_on=False)
    file.add(second_of(90_000), goes_on=True)

    assert is_continuous(file.track(PICTURE), FRAME)


def test_a_run_begins_with_a_key_picture_and_the_sound_that_belongs_to_it() -> None:
    file = new_file()
    without_key = [stamp._replace(is_key=False) for stamp in pictures(0, 15)]
    file.add([*without_key, *pictures(15 * FRAME, 15), *sound(0, 47)], goes_on=False)

    assert len(file.track(PICTURE)) == 15
    assert file.track(PICTURE)[0].pts == 0
    assert abs(file.track(SOUND)[0].pts) <= PACKET / 2
    assert file.shift_of(0, PICTURE) == file.shift_of(0, SOUND)


def test_pictures_that_are_shown_before_the_key_picture_are_left_out() -> None:
    key = Stamp(PICTURE, 0, 2 * FRAME, FRAME, is_key=True)
    leading = [Stamp(PICTURE, (n + 1) * FRAME, n * FRAME, FRAME, is_key=False) for n in range(2)]
    rest = [Stamp(PICTURE, n * FRAME, n * FRAME, FRAME, is_key=False) for n in range(3, 10)]
    file = new_file()
    file.add([key, *leading, *rest], goes_on=False)

    assert [placed.position for placed in file.track(PICTURE)] == [0, *range(3, 10)]


def test_a_run_without_any_key_picture_is_kept() -> None:
    file = new_file()
    file.add([stamp._replace(is_key=False) for stamp in pictures(0, 15)], goes_on=False)
    assert len(file.track(PICTURE)) == 15


def test_decoding_never_falls_back_where_a_run_is_reordered_deeper() -> None:
    file = new_file()
    file.add(pictures(0, 30), goes_on=False)
    file.add(pictures(900_000, 30, reorder=2), goes_on=False)

    placed = file.track(PICTURE)
    assert is_continuous(placed, FRAME)
    assert all(before.dts < after.dts for before, after in pairwise(placed))
    assert all(one.dts <= one.pts for one in placed)


def test_sound_alone_joins_as_pictures_do() -> None:
    file = new_file()
    for begin in (900_000, 90_000):
        alone = [stamp._replace(track=PICTURE) for stamp in sound(begin, 47)]
        file.add(alone, goes_on=False)
    assert is_continuous(file.track(PICTURE), PACKET)


def test_a_segment_without_anything_changes_nothing() -> None:
    file = new_file()
    file.add(second_of(0), goes_on=False)
    file.add([], goes_on=False)
    file.add(second_of(90_000), goes_on=True)
    assert is_continuous(file.track(PICTURE), FRAME)

from datetime import datetime, timedelta

import pytest

from mntreamer.domain.monitors.delays import Delays, delays_of, detection_delay_s, start_delay_s
from mntreamer.domain.monitors.probe import Live
from tests.contract.records import NOON, a_recording, a_streamer, minutes

SEEN = NOON + timedelta(seconds=42)


def began(started_at: datetime) -> Live:
    return Live("1001", "title", "game", started_at)


class TestDetection:
    def test_counts_from_the_stream_s_begin_to_the_look_that_saw_it(self) -> None:
        assert detection_delay_s(a_streamer(added_at=NOON - minutes(60)), began(NOON), SEEN) == 42.0

    def test_a_platform_whose_clock_is_ahead_makes_no_negative_delay(self) -> None:
        streamer = a_streamer(added_at=NOON - minutes(60))
        assert detection_delay_s(streamer, began(SEEN + minutes(1)), SEEN) == 0.0

    @pytest.mark.parametrize(
        ("added_at", "watched_since", "is_ours"),
        [
            (NOON, None, True),
            (NOON + minutes(0.1), None, False),
            (NOON - minutes(60), NOON, True),
            (NOON - minutes(60), NOON + minutes(0.1), False),
        ],
    )
    def test_what_was_on_before_anybody_looked_for_it_is_no_delay(
        self, added_at: datetime, watched_since: datetime | None, *, is_ours: bool
    ) -> None:
        streamer = a_streamer(added_at=added_at, watched_since=watched_since)
        assert detection_delay_s(streamer, began(NOON), SEEN) == (42.0 if is_ours else None)


class TestStart:
    def test_counts_from_the_stream_s_begin_to_the_first_stored_segment(self) -> None:
        assert start_delay_s(a_recording(detection_delay_s=42.0, first_segment_at=NOON + minutes(1.5))) == 90.0

    def test_a_first_segment_from_before_the_begin_makes_no_negative_delay(self) -> None:
        assert start_delay_s(a_recording(detection_delay_s=0.0, first_segment_at=NOON - minutes(1))) == 0.0

    def test_while_nothing_is_stored_there_is_none(self) -> None:
        assert start_delay_s(a_recording(detection_delay_s=42.0)) is None

    def test_where_detecting_was_not_measured_there_is_none(self) -> None:
        assert start_delay_s(a_recording(first_segment_at=NOON + minutes(1.5))) is None


class TestDelays:
    def test_of_none_nothing_is_said(self) -> None:
        assert delays_of([]) == Delays(0, None, None, None)

    def test_one_is_everything(self) -> None:
        assert delays_of([7.5]) == Delays(1, 7.5, 7.5, 7.5)

    def test_one_late_one_in_twenty_is_beyond_the_95th_percentile(self) -> None:
        assert delays_of([*map(float, range(19)), 1000.0]) == Delays(20, 58.55, 18.0, 1000.0)

    def test_their_order_does_not_matter(self) -> None:
        assert delays_of([3.0, 1.0, 2.0]) == delays_of([1.0, 2.0, 3.0]) == Delays(3, 2.0, 3.0, 3.0)

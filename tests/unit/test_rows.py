from dataclasses import MISSING, fields
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mntreamer.domain.monitors.streamer import Streamer, StreamerStatus
from mntreamer.domain.reason import Reason
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.domain.times import whole_milliseconds
from mntreamer.rows import from_row, to_plain, to_plain_fields, to_row
from tests.contract.records import NOON, a_recording, a_streamer

KINDS = [Streamer, Recording]
DRAWN: dict[type, st.SearchStrategy[Any]] = {
    datetime: st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)).map(whole_milliseconds),  # noqa: DTZ001 -- Hypothesis asks for naive bounds
    float: st.floats(allow_nan=False, allow_infinity=False),
    Reason: st.builds(Reason, st.text(), st.text()),
}


def drawn(hint: Any) -> st.SearchStrategy[Any]:
    kinds = get_args(hint) or (hint,)
    return st.one_of([DRAWN.get(kind, st.from_type(kind)) for kind in kinds])


RECORDS = st.one_of(
    [st.builds(kind, **{name: drawn(hint) for name, hint in get_type_hints(kind).items()}) for kind in KINDS]
)


class TestRoundTrip:
    @settings(deadline=None)
    @given(RECORDS)
    def test_a_record_comes_back_as_it_was(self, record: Streamer | Recording) -> None:
        assert from_row(type(record), to_row(record)) == record

    @settings(deadline=None)
    @given(RECORDS)
    def test_a_row_holds_plain_values_only(self, record: Streamer | Recording) -> None:
        assert all(type(value) in (str, int, float, bool, type(None)) for value in to_row(record).values())

    @pytest.mark.parametrize("kind", KINDS)
    def test_a_row_without_its_nones_is_the_same_record(self, kind: type[Any]) -> None:
        """DynamoDB has no attribute for None, so nothing else may be the default of what can be None."""
        hints = get_type_hints(kind)
        optional = [field for field in fields(kind) if type(None) in get_args(hints[field.name])]
        assert optional
        assert all(field.default is None for field in optional)

    def test_a_problem_keeps_its_code_its_values_and_its_cause(self) -> None:
        cause = Reason("디스크가 가득 찼다", "store_full")
        problem = Reason(f"in vain: {cause}", "recorders_in_vain", cause, launches=6)
        kept = from_row(Streamer, to_row(a_streamer(problem=problem))).problem
        assert kept == problem
        assert kept.cause == cause
        assert (kept.code, kept.values, kept.cause.code) == ("recorders_in_vain", {"launches": 6}, "store_full")

    def test_a_problem_of_before_there_were_codes_is_its_sentence(self) -> None:
        kept = from_row(Streamer, to_row(a_streamer()) | {"problem": "adults only"}).problem
        assert kept == "adults only"
        assert kept.code == "error"


class TestFromRow:
    def test_numbers_of_any_kind_become_the_fields_own(self) -> None:
        row = to_row(a_recording()) | {"segments": Decimal(7), "duration_s": Decimal("42.042"), "n": 1.0}
        recording = from_row(Recording, row)
        assert (recording.segments, recording.duration_s, recording.n) == (7, 42.042, 1)
        assert [type(value) for value in (recording.segments, recording.duration_s, recording.n)] == [int, float, int]

    def test_sqlites_numbers_become_booleans_and_states(self) -> None:
        streamer = from_row(Streamer, to_row(a_streamer()) | {"paused": 1, "is_streaming": 0, "status": "PROCESS"})
        assert streamer.paused is True
        assert streamer.is_streaming is False
        assert streamer.status is StreamerStatus.PROCESS

    def test_what_the_row_lacks_keeps_its_default(self) -> None:
        required = [field.name for field in fields(Streamer) if field.default is MISSING]
        row = {name: value for name, value in to_row(a_streamer()).items() if name in required}
        assert from_row(Streamer, row) == a_streamer(check_at=None)

    def test_what_only_the_row_has_is_left_out(self) -> None:
        assert from_row(Streamer, to_row(a_streamer()) | {"due_shard": Decimal(3)}) == a_streamer()

    def test_a_row_without_a_required_field_is_refused(self) -> None:
        row = to_row(a_streamer())
        del row["added_at"]
        with pytest.raises(TypeError, match="added_at"):
            from_row(Streamer, row)

    @pytest.mark.parametrize("damaged", [{"check_at": "soon"}, {"status": "ASLEEP"}, {"miss_count": "often"}])
    def test_a_damaged_value_is_refused(self, damaged: dict[str, str]) -> None:
        with pytest.raises(ValueError, match=next(iter(damaged.values()))):
            from_row(Streamer, to_row(a_streamer()) | damaged)


class TestToPlain:
    def test_times_are_text_that_sorts_as_they_do(self) -> None:
        seoul = NOON.astimezone(timezone(timedelta(hours=9)))
        assert to_plain(seoul) == to_plain(NOON) == "2026-11-22T03:00:00.123Z"
        moments = [NOON + timedelta(milliseconds=offset) for offset in (-1, 0, 1, 877, 10**9)]
        texts = [str(to_plain(moment)) for moment in moments]
        assert texts == sorted(texts)

    def test_states_are_their_names_and_no_longer_states(self) -> None:
        plain = to_plain(RecordingStatus.IDLE)
        assert plain == "IDLE"
        assert not isinstance(plain, StrEnum)

    def test_some_fields_are_a_row_too(self) -> None:
        changes = {"check_at": NOON, "status": StreamerStatus.IDLE, "problem": None}
        assert to_plain_fields(changes) == {"check_at": "2026-11-22T03:00:00.123Z", "status": "IDLE", "problem": None}

    @pytest.mark.parametrize("value", [date(2026, 11, 22), b"bytes", ["a list"]])
    def test_what_no_row_can_hold_is_refused(self, value: object) -> None:
        with pytest.raises(TypeError, match=type(value).__name__):
            to_plain(value)

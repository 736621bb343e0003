"""The fault suite's own measure: what is wrong with a recording is seen, and what nobody could have had is known."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event
from typing import Any

import pytest

from mntreamer.domain.recordings.loss import Cause
from mntreamer.domain.segments.media_body import fault_in
from mntreamer.domain.times import to_iso
from tests.faults.broadcast import Entry, Stretch
from tests.faults.clock import SourceClock
from tests.faults.faults import Manner, segment, server
from tests.faults.poison import is_poisoned, poisoned
from tests.faults.recorded import Listed, Recorded
from tests.faults.row import Row
from tests.faults.takes import Container, Encoding
from tests.faults.trials import TRIALS
from tests.faults.verdict import judge

PLAIN = Row("plain", (Stretch(6),))
LOSING = Row("losing", (Stretch(9),), (segment(4, Manner.STATUS, status=404),))
RESTARTING = Row("restarting", (Stretch(3), Stretch(3, Encoding(2))))
TS = Container.TS


def recorded(row: Row, positions: list[int], breaks: tuple[int, ...] = (), gaps: Any = ()) -> Recorded:
    """A recording of these segments, one by one, with a DISCONTINUITY before the `breaks`."""
    entries = [row.broadcast.entries[position] for position in positions]
    return Recorded(tuple(_listed(entry, breaks) for entry in entries), 2.0, ended=True, gaps=tuple(gaps))


def _listed(entry: Entry, breaks: tuple[int, ...]) -> Listed:
    return Listed(entry.piece(TS).content, 2.0, entry.begins_at, entry.position in breaks)


def gap(row: Row, position: int, **changes: Any) -> dict[str, Any]:
    entry = row.broadcast.entries[position]
    facts = {"epoch": 0, "first": entry.sequence, "last": entry.sequence, "begin": to_iso(entry.begins_at)}
    return facts | {"duration_s": 2.0, "cause": "not_fetched", "why": "HTTP 404"} | changes


def test_a_whole_recording_is_true() -> None:
    assert judge(PLAIN, TS, recorded(PLAIN, [0, 1, 2, 3, 4, 5])).flaws == ()


def test_a_recording_without_what_nobody_could_have_is_true() -> None:
    verdict = judge(LOSING, TS, recorded(LOSING, [0, 1, 2, 3, 5, 6, 7, 8], (5,), [gap(LOSING, 4)]))

    assert (verdict.lost, verdict.unavoidable, verdict.flaws) == (1, 1, ())


@pytest.mark.parametrize(
    ("positions", "breaks", "says"),
    [
        ([0, 1, 2, 4, 5], (4,), "segments [3] are lost"),
        ([0, 1, 2, 2, 3, 4, 5], (), "more than once"),
        ([0, 2, 1, 3, 4, 5], (2, 1, 3), "out of order"),
        ([0, 1, 2, 3, 4, 5], (3,), "a false DISCONTINUITY before segment 3"),
        ([0, 1, 2, 3, 4, 5], (0,), "a DISCONTINUITY before the first segment"),
    ],
    ids=["lost", "doubled", "disordered", "false break", "break at the start"],
)
def test_what_is_wrong_with_a_recording_is_seen(positions: list[int], breaks: tuple[int, ...], says: str) -> None:
    assert says in str(judge(PLAIN, TS, recorded(PLAIN, positions, breaks)).flaws)


def test_a_missing_discontinuity_is_seen() -> None:
    assert "no DISCONTINUITY before segment 3" in str(
        judge(RESTARTING, TS, recorded(RESTARTING, list(range(6)))).flaws
    )


def test_what_was_never_broadcast_is_seen() -> None:
    other = recorded(RESTARTING, list(range(6)), (3,))

    assert "90 times a picture that was never broadcast" in str(judge(PLAIN, TS, other).flaws)


@pytest.mark.parametrize(
    "gaps",
    [
        [],
        [gap(LOSING, 4), gap(LOSING, 5)],
        [gap(LOSING, 4, cause="unseen")],
        [gap(LOSING, 4, duration_s=4.0)],
        [gap(LOSING, 4, begin=None)],
        [gap(LOSING, 4, why="")],
    ],
    ids=["untold", "one too many", "another cause", "too long", "without a place", "without a reason"],
)
def test_gaps_that_are_not_the_truth_are_seen(gaps: list[dict[str, Any]]) -> None:
    assert "gap" in str(judge(LOSING, TS, recorded(LOSING, [0, 1, 2, 3, 5, 6, 7, 8], (5,), gaps)).flaws)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda whole: replace(whole, ended=False), "no ENDLIST"),
        (lambda whole: replace(whole, target_duration_s=1.0), "TARGETDURATION 1 is shorter"),
        (lambda whole: replace(whole, listed=(replace(whole.listed[0], duration_s=3.0),)), "listed with 3.0 s"),
        (lambda whole: replace(whole, listed=(replace(whole.listed[0], date=None),)), "dated None"),
    ],
    ids=["no end", "target", "duration", "date"],
)
def test_a_playlist_that_is_not_the_truth_is_seen(spoil: Callable[[Recorded], Recorded], says: str) -> None:
    assert says in str(judge(PLAIN, TS, spoil(recorded(PLAIN, [0, 1, 2, 3, 4, 5]))).flaws)


def test_what_was_listed_and_gone_while_the_server_was_away_is_unavoidable() -> None:
    row = Row("away", (Stretch(20),), (server(9.5, 28.4, Manner.GONE),))

    assert [entry.position for entry in row.unavoidable(TS)] == [7, 8, 9, 10, 11]


@pytest.mark.parametrize(
    ("row", "positions", "cause"),
    [
        (Row("nobody", (Stretch(20),), (server(9.5, 28.4, Manner.UNATTENDED),)), [7, 8, 9, 10, 11], Cause.UNSEEN),
        (Row("poison", (Stretch(9),), (segment(4, Manner.POISON),)), [4], Cause.DAMAGED),
        (Row("no room", (Stretch(9),), no_room_for=frozenset({4, 5})), [4, 5], Cause.NOT_STORED),
    ],
    ids=lambda value: value.name if isinstance(value, Row) else "",
)
def test_what_nobody_can_have_is_known_and_why(row: Row, positions: list[int], cause: Cause) -> None:
    assert [(entry.position, row.cause(entry)) for entry in row.unavoidable(TS)] == [(p, cause) for p in positions]


@pytest.mark.parametrize("container", Container)
def test_poison_leaves_a_segment_in_good_order(container: Container) -> None:
    body = poisoned(PLAIN.broadcast.entries[0].piece(container).body)

    assert is_poisoned(body)
    assert fault_in(body, is_fmp4=container is Container.FMP4) is None


def test_a_row_that_depends_on_luck_is_refused() -> None:
    row = Row("luck", (Stretch(20),), (server(9.5, 29.5, Manner.GONE),))

    with pytest.raises(AssertionError, match="segment 12"):
        row.unavoidable(TS)


@pytest.mark.parametrize("row", [trial.row for trial in TRIALS], ids=lambda row: row.name)
def test_no_row_depends_on_luck(row: Row) -> None:
    assert all(len(row.unavoidable(container)) < len(row.kept_once) / 2 for container in row.containers)


def test_time_waits_for_a_client_that_is_late_as_long_as_it_is_patient() -> None:
    world = _Owing()
    clock = SourceClock(8.0, 0.1, world)
    clock.start()
    assert world.went_on.wait(timeout=10)
    clock.stop()

    assert clock.held_s == pytest.approx(0.1)


class _Owing:
    """Owes something from its first moment on, until time has gone on all the same."""

    def __init__(self) -> None:
        self.went_on = Event()

    def is_owed(self, now_s: float, next_s: float) -> bool:
        return now_s == 0.0 and next_s > 0.0

    def moved(self, now_s: float) -> None:
        if now_s > 0.0:
            self.went_on.set()

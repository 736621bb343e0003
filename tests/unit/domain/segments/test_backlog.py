"""In which order the past is fetched, and when it is given up."""

from mntreamer.domain.segments.backlog import Backlog
from mntreamer.domain.segments.window import SourceSegment


def listed(*sequences: int) -> list[SourceSegment]:
    return [SourceSegment(sequence, "", 2.0) for sequence in sequences]


def sequences(run: list[SourceSegment]) -> list[int]:
    return [segment.sequence for segment in run]


def given_up(backlog: Backlog, lacking: list[SourceSegment]) -> list[int]:
    """The next run, after it was tried as often as it is."""
    run = backlog.next(lacking, 3)
    while sequences(backlog.next(lacking, 3)) == sequences(run):
        backlog.failed(run)
    return sequences(run)


def test_the_oldest_is_first_bundle_by_bundle_as_recorders_cut_them() -> None:
    assert sequences(Backlog().next(listed(*range(10, 20)), 3)) == [10, 11]
    assert sequences(Backlog().next(listed(*range(12, 20)), 3)) == [12, 13, 14]
    assert sequences(Backlog().next(listed(12, 14, 15), 3)) == [12]


def test_nothing_lacking_is_nothing_to_do() -> None:
    assert Backlog().next([], 3) == []


def test_it_is_tried_three_times_and_the_last_time_what_comes_is_kept() -> None:
    backlog, lacking = Backlog(), listed(9, 10, 11)
    tries = []
    while run := backlog.next(lacking, 3):
        tries.append(backlog.is_last_try(run))
        backlog.failed(run)

    assert tries == [False, False, True]


def test_once_something_is_refused_it_goes_on_from_what_is_recorded() -> None:
    backlog, lacking = Backlog(), listed(*range(9, 30))

    assert given_up(backlog, lacking) == [9, 10, 11]
    assert sequences(backlog.next(lacking, 3)) == [27, 28, 29]


def test_a_server_that_refuses_again_and_again_is_asked_for_nothing_older() -> None:
    backlog, lacking = Backlog(), listed(*range(9, 40))

    assert given_up(backlog, lacking) == [9, 10, 11]
    assert [given_up(backlog, lacking)[0] for _ in range(3)] == [39, 36, 33]
    assert backlog.next(lacking, 3) == []
    assert sequences(backlog.next(listed(*range(9, 50)), 3)) == [48, 49]


def test_what_comes_in_between_takes_that_back() -> None:
    backlog, lacking = Backlog(), listed(*range(9, 40))
    for _ in range(3):
        given_up(backlog, lacking)

    backlog.came()

    given_up(backlog, lacking)
    assert backlog.next(lacking, 3)

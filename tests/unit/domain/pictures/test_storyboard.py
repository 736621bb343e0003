from mntreamer.domain.pictures.poster import Poster
from mntreamer.domain.pictures.storyboard import Storyboard, begins_us
from mntreamer.domain.playlists.source_playlist import Segment, SegmentName


def _name(number: int, epoch: int = 1) -> SegmentName:
    return SegmentName(epoch, 3 * number, 3 * number + 2)


def _listed(count: int, duration_s: float = 6.006, epoch: int = 1) -> list[Segment]:
    return [Segment(_name(number, epoch), duration_s) for number in range(count)]


def _taken(board: Storyboard, *names: SegmentName) -> Storyboard:
    for name in names:
        board = board.with_picture(name, 160, 90)
    return board


def test_each_minute_is_pictured_by_the_first_segment_that_starts_in_it() -> None:
    assert list(Storyboard().wanted(_listed(31))) == [_name(0), _name(10), _name(20), _name(30)]
    assert list(Storyboard().wanted([])) == []


def test_over_a_day_there_is_one_for_each_minute() -> None:
    day = _listed(24 * 600, 6.0)
    assert len(list(Storyboard().wanted(day))) == 1440


def test_segments_longer_than_a_minute_have_one_each() -> None:
    assert list(Storyboard().wanted(_listed(3, 90.0))) == [_name(0), _name(1), _name(2)]


def test_what_has_been_taken_or_cannot_be_is_not_wanted_again() -> None:
    board = _taken(Storyboard(), _name(0)).with_none_of(_name(10))

    assert list(board.wanted(_listed(31))) == [_name(20), _name(30)]


def test_what_is_put_before_it_later_is_pictured_too_and_nothing_twice() -> None:
    late = _listed(20)
    board = _taken(Storyboard(), *Storyboard().wanted(late))

    wanted = list(board.wanted([*_listed(15, epoch=0), *late]))

    assert wanted == [_name(0, epoch=0), _name(15)]


def test_where_one_breaks_off_the_next_goes_on_as_one_alone_would_have() -> None:
    whole = _taken(Storyboard(), *Storyboard().wanted(_listed(100)))
    begun = _taken(Storyboard(), *Storyboard().wanted(_listed(37)))

    assert _taken(begun, *begun.wanted(_listed(100))) == whole


def test_it_is_written_with_the_first_picture_and_then_row_by_row() -> None:
    board, written = Storyboard(), []
    for number in range(60):
        board = _taken(board, _name(10 * number))
        written += [number + 1] if board.is_to_be_written else []

    assert written == [1, *range(5, 61, 5)]


def test_what_shows_a_segment_that_is_given_up_goes_by_the_sheet() -> None:
    board = _taken(Storyboard(Poster(_name(0), is_good=True)), *(_name(10 * number) for number in range(60)))

    left = board.without_any_of({_name(300)})

    assert left.poster == board.poster
    assert {thumbnail.sheet for thumbnail in left.thumbnails} == {1, 3}
    assert board.without_any_of({_name(0)}).poster is None
    assert board.without_any_of({_name(1)}) == board


def test_begins_are_sums_of_what_the_playlist_says() -> None:
    assert begins_us(_listed(3)) == [0, 6_006_000, 12_012_000]

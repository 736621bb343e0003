"""What was cut out and given up is not kept as a picture either."""

from contextlib import suppress

import pytest

from mntreamer.domain.media_path import THUMBNAIL_TRACK
from mntreamer.domain.pictures.poster import Poster
from mntreamer.domain.pictures.storyboard import Storyboard
from mntreamer.domain.pictures.thumbnail import sheet_file
from mntreamer.domain.pictures.thumbnail_track import parse_track, render_track
from mntreamer.domain.playlists.timelines import Asked, Line
from mntreamer.domain.recordings.recording import RecordingChanges
from mntreamer.usecases.refining.cut_recording import cut_recording
from mntreamer.usecases.refining.delete_recording import delete_recording
from mntreamer.usecases.refining.purge_cuts import purge_cuts
from mntreamer.usecases.refining.purge_recordings import purge_recordings
from tests.integration.usecases.conftest import World
from tests.integration.usecases.interrupted import Crash, Interruption, die
from tests.integration.usecases.recorded import SEGMENT_S, closed, objects, stored

ID = "chzzk:c1:1001"
SEGMENTS = 60
SHEETS = [f"thumbnails/000{sheet}.jpg" for sheet in (1, 2, 3)]


@pytest.fixture
def illustrated(world: World) -> World:
    """A recording with a picture of each of its segments in three sheets; its poster is of the fourth."""
    prefix = closed(world, SEGMENTS).prefix
    board = Storyboard(Poster(stored(3).name, is_good=True))
    for number in range(SEGMENTS):
        board = board.with_picture(stored(number).name, 160, 90)
    begins = {stored(number).name: round(number * SEGMENT_S * 1_000_000) for number in range(SEGMENTS)}
    track = render_track(board, begins)
    world.ports.store.put(prefix + THUMBNAIL_TRACK, track.encode(), "text/vtt", None)
    for file in ("poster.jpg", *(f"thumbnails/{sheet_file(sheet)}" for sheet in (1, 2, 3))):
        world.ports.store.put(prefix + file, b"jpeg", "image/jpeg", None)
    told = RecordingChanges(has_poster=True, has_thumbnails=True)
    assert world.ports.recordings.update(ID, told, {"generation": world.recording.generation})
    return world


def _purge(world: World, first: int, last: int) -> None:
    cut_recording(world.ports, world.recording, Asked(first * SEGMENT_S, last * SEGMENT_S + 1, Line.SOURCE))
    purge_cuts(world.ports, ID)
    purge_recordings(world.ports, 1000)


def _sheets(world: World) -> list[str]:
    return [file for file in objects(world) if file.startswith("thumbnails/")]


def _board(world: World) -> Storyboard:
    track = world.ports.store.get(world.recording.prefix + THUMBNAIL_TRACK)
    assert track
    return parse_track(track.body.decode())


def test_a_sheet_that_shows_what_was_cut_out_goes_and_the_others_stay(illustrated: World) -> None:
    _purge(illustrated, 30, 31)

    assert _sheets(illustrated) == [SHEETS[0], SHEETS[2]]
    assert {thumbnail.sheet for thumbnail in _board(illustrated).thumbnails} == {1, 3}
    assert "poster.jpg" in objects(illustrated)
    assert (illustrated.recording.has_poster, illustrated.recording.has_thumbnails) == (True, True)


def test_the_poster_goes_with_its_segment(illustrated: World) -> None:
    _purge(illustrated, 3, 3)

    assert "poster.jpg" not in objects(illustrated)
    assert _board(illustrated).poster is None
    assert (illustrated.recording.has_poster, illustrated.recording.has_thumbnails) == (False, True)


def test_where_the_track_is_damaged_all_pictures_go(illustrated: World) -> None:
    key = illustrated.recording.prefix + THUMBNAIL_TRACK
    illustrated.ports.store.put(key, b"junk", "text/vtt", illustrated.ports.store.version(key))

    _purge(illustrated, 30, 31)

    assert [file for file in objects(illustrated) if file.endswith((".jpg", ".vtt"))] == []
    assert (illustrated.recording.has_poster, illustrated.recording.has_thumbnails) == (False, False)


@pytest.mark.parametrize("write", range(5))
def test_a_purge_that_breaks_off_is_gone_on_with(illustrated: World, write: int) -> None:
    cut_recording(illustrated.ports, illustrated.recording, Asked(0.0, 7.0, Line.SOURCE))
    purge_cuts(illustrated.ports, ID)
    death = Interruption(write, die)
    with suppress(Crash):
        purge_recordings(death.of(illustrated.ports), 1000)

    purge_recordings(illustrated.ports, 1000)

    assert _sheets(illustrated) == SHEETS[1:]
    assert {thumbnail.sheet for thumbnail in _board(illustrated).thumbnails} == {2, 3}
    assert illustrated.recording.purge_at is None


def test_a_cut_that_is_not_given_up_leaves_all_pictures(illustrated: World) -> None:
    cut_recording(illustrated.ports, illustrated.recording, Asked(0.0, 60.0, Line.SOURCE))
    purge_recordings(illustrated.ports, 1000)

    assert _sheets(illustrated) == SHEETS


def test_a_deleted_recording_takes_its_pictures_with_it(illustrated: World) -> None:
    delete_recording(illustrated.ports, ID, at_once=True)
    purge_recordings(illustrated.ports, 1000)

    assert objects(illustrated) == []

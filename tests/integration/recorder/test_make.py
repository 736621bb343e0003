"""A bundle becomes what can be played of it, and the rest is named, with its bytes."""

import logging
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mntreamer.domain.recordings.loss import Cause
from mntreamer.domain.segments.bundling import Bundle, Line
from mntreamer.domain.segments.window import Window
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.media.remux import remux
from mntreamer.recorder.storing.make import Made, make
from tests.contract.records import NOON
from tests.integration.recorder.media import SEGMENT_S, Coding, Source, bundle_of, packets_of, source_of
from tests.integration.recorder.poisoned_child import CRASH

CONTAINERS = pytest.mark.parametrize("is_fmp4", [False, True], ids=["TS", "fMP4"])
JUNK = (b"\x47" + bytes(187)) * 100
_WRAP_S = 2**33 // 90_000


@pytest.fixture(scope="module")
def remuxer() -> Iterator[Remuxer]:
    with Remuxer((sys.executable, str(Path(__file__).with_name("poisoned_child.py")))) as shared:
        yield shared


def _with(bundle: Bundle, at: int, body: bytes) -> Bundle:
    pieces = [replace(piece, body=body) if index == at else piece for index, piece in enumerate(bundle.pieces)]
    return replace(bundle, pieces=tuple(pieces))


def _ranges(made: Made) -> list[tuple[int, int]]:
    return [(part.segment.name.first, part.segment.name.last) for part in made.parts]


def _breaks(made: Made) -> list[bool]:
    return [part.segment.discontinuity for part in made.parts]


def _continued(*, is_fmp4: bool = False, start_s: int = 0) -> tuple[Bundle, Bundle]:
    """Two bundles of one run."""
    source = source_of(Coding(is_fmp4=is_fmp4, start_s=start_s), 6)
    return bundle_of(Source(source.init, source.bodies[:3])), bundle_of(Source(source.init, source.bodies[3:]))


@CONTAINERS
def test_a_whole_bundle_is_one_part_with_the_sources_facts(remuxer: Remuxer, *, is_fmp4: bool) -> None:
    source = source_of(Coding(is_fmp4=is_fmp4))

    made = make(bundle_of(source, discontinuity=True), remuxer)

    [part] = made.parts
    assert part.body == remux(source.init, source.bodies).body
    assert (part.segment.name.first, part.segment.name.last) == (9, 11)
    assert part.segment.duration_s == pytest.approx(3 * SEGMENT_S, abs=1e-6)
    assert (part.segment.program_date_time, part.segment.discontinuity) == (NOON, True)
    assert part.segment.format == "h264 160x90, aac 48000 Hz 1 ch"
    assert (made.losses, made.damaged, made.refusal) == ((), (), None)


@pytest.mark.parametrize("poison", [JUNK, b"no media at all", CRASH])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_what_cannot_be_read_is_lost_alone_and_its_bytes_are_kept(remuxer: Remuxer, poison: bytes, at: int) -> None:
    made = make(_with(bundle_of(source_of(Coding())), at, poison), remuxer)

    assert _ranges(made) == [(sequence, sequence) for sequence in (9, 10, 11) if sequence != 9 + at]
    [loss], [damaged] = made.losses, made.damaged
    assert (loss.epoch, loss.sequence, loss.cause) == (0, 9 + at, Cause.DAMAGED)
    assert (loss.begin, loss.duration_s) == (NOON, float(SEGMENT_S))
    assert loss.why
    assert (damaged.name.first, damaged.name.last, damaged.body) == (9 + at, 9 + at, poison)


def test_the_kept_bytes_of_a_fragment_begin_with_what_it_needs_to_be_read(remuxer: Remuxer) -> None:
    source = source_of(Coding(is_fmp4=True))

    made = make(_with(bundle_of(source), 1, b"\0\0\0\x08mdat"), remuxer)

    assert [damaged.body for damaged in made.damaged] == [source.init + b"\0\0\0\x08mdat"]


def test_where_nothing_can_be_read_all_of_it_is_lost(remuxer: Remuxer) -> None:
    made = make(bundle_of(Source(b"", (JUNK,) * 3)), remuxer)

    assert [loss.sequence for loss in made.losses] == [9, 10, 11]
    assert (made.parts, made.refusal) == ((), None)


@CONTAINERS
@pytest.mark.parametrize(("before_s", "after_s"), [(0, 100), (100, 0), (10, 4), (0, 90_000), (90_000, 0)])
def test_timestamps_that_jump_split_the_bundle(
    remuxer: Remuxer, before_s: int, after_s: int, *, is_fmp4: bool
) -> None:
    before, after = (source_of(Coding(is_fmp4=is_fmp4, start_s=start_s)) for start_s in (before_s, after_s))

    made = make(bundle_of(before, after), remuxer)

    assert _ranges(made) == [(9, 11), (12, 14)]
    assert _breaks(made) == [False, True]
    assert made.parts[1].body == remux(after.init, after.bodies).body
    assert made.losses == ()


def test_a_bundle_that_jumps_twice_is_split_twice(remuxer: Remuxer) -> None:
    sources = [source_of(Coding(start_s=start_s)) for start_s in (0, 50, 20)]

    made = make(bundle_of(*sources, discontinuity=True), remuxer)

    assert _ranges(made) == [(9, 11), (12, 14), (15, 17)]
    assert _breaks(made) == [True, True, True]


@CONTAINERS
def test_a_33_bit_wrap_is_no_jump(remuxer: Remuxer, *, is_fmp4: bool) -> None:
    made = [make(bundle, remuxer) for bundle in _continued(is_fmp4=is_fmp4, start_s=_WRAP_S - 3)]

    first, second = (part for each in made for part in each.parts)
    assert not second.segment.listed_after(first.segment).discontinuity
    assert [len(packets_of(part.body)["h264"]) for part in (first, second)] == [90, 90]


@pytest.mark.parametrize(
    "other",
    [
        Coding(width=320, height=180, start_s=6),
        Coding("libx265", start_s=6),
        Coding(sampling_rate=44_100, start_s=6),
        Coding(sound="libmp3lame", start_s=6),
        Coding(sound=None, start_s=6),
    ],
)
def test_another_coding_splits_the_bundle(remuxer: Remuxer, other: Coding) -> None:
    made = make(bundle_of(source_of(Coding()), source_of(other)), remuxer)

    assert _ranges(made) == [(9, 11), (12, 14)]
    assert _breaks(made) == [False, True]
    assert made.parts[0].segment.format != made.parts[1].segment.format


def test_another_coding_between_two_bundles_is_a_discontinuity(remuxer: Remuxer) -> None:
    [before] = make(bundle_of(source_of(Coding())), remuxer).parts
    [after] = make(bundle_of(source_of(Coding(width=320, height=180, start_s=6))), remuxer).parts

    assert after.segment.listed_after(before.segment).discontinuity


@CONTAINERS
def test_bundles_of_one_run_join_without_a_break(remuxer: Remuxer, *, is_fmp4: bool) -> None:
    [before], [after] = (make(bundle, remuxer).parts for bundle in _continued(is_fmp4=is_fmp4))

    assert not after.segment.listed_after(before.segment).discontinuity


def test_a_segment_that_was_cut_is_kept_and_its_hole_is_part_of_the_entry(
    remuxer: Remuxer, caplog: pytest.LogCaptureFixture
) -> None:
    """The next segment's timestamps begin where the whole one would have ended."""
    source = source_of(Coding())
    short = source.bodies[2][: len(source.bodies[2]) // 188 // 3 * 188]

    with caplog.at_level(logging.WARNING):
        [part] = make(_with(bundle_of(source), 2, short), remuxer).parts

    assert part.segment.duration_s == pytest.approx(3 * SEGMENT_S, abs=0.1)
    assert "source segment 11 lasts" in caplog.text


def test_a_source_that_lists_less_than_it_plays_is_believed_by_its_media(remuxer: Remuxer) -> None:
    bundle = bundle_of(source_of(Coding()))
    pieces = [replace(piece, segment=replace(piece.segment, duration_s=1.2)) for piece in bundle.pieces]

    [part] = make(replace(bundle, pieces=tuple(pieces)), remuxer).parts

    assert part.segment.duration_s == pytest.approx(3 * SEGMENT_S, abs=1e-6)


@pytest.mark.parametrize("coding", [Coding("libsvtav1", is_fmp4=True), Coding(sound="libopus", is_fmp4=True)])
def test_a_stream_whose_codec_is_not_recorded_is_refused(remuxer: Remuxer, coding: Coding) -> None:
    made = make(bundle_of(source_of(coding)), remuxer)

    assert made.refusal
    assert "recorded are" in made.refusal
    assert (made.parts, made.losses, made.damaged) == ((), (), ())


def test_one_segment_in_another_codec_is_no_refusal(remuxer: Remuxer) -> None:
    foreign = source_of(Coding("libvpx-vp9"))

    made = make(_with(bundle_of(source_of(Coding())), 1, foreign.bodies[1]), remuxer)

    assert made.refusal is None
    assert _ranges(made) == [(9, 9), (11, 11)]
    assert [loss.sequence for loss in made.losses] == [10]


def _repeating(source: Source, at: tuple[int, ...]) -> Bundle:
    """A bundle whose source listed the segments `at` once more, each under the next media sequence."""
    bodies = [body for index, body in enumerate(source.bodies) for _ in range(2 if index in at else 1)]
    line = Line(0, len(bodies), len(bodies))
    listed = bundle_of(Source(source.init, tuple(bodies))).pieces
    pieces = [
        replace(piece, segment=replace(piece.segment, sequence=len(bodies) + index))
        for index, piece in enumerate(listed)
    ]
    line.wanted(Window(2.0, tuple(piece.segment for piece in pieces)), "")
    for piece in pieces:
        line.add(piece)
    [bundle] = line.take()[0]
    return bundle


def test_a_bundle_in_parts_misses_nothing_where_the_source_repeated_a_segment(remuxer: Remuxer) -> None:
    bundle = _repeating(source_of(Coding()), (0, 2))

    whole = _ranges(make(bundle, remuxer))
    damaged = make(_with(bundle, 1, JUNK), remuxer)

    assert whole == [(5, 9)]
    assert _ranges(damaged) == [(5, 6), (8, 9)]
    assert [loss.sequence for loss in damaged.losses] == [7]


def test_a_repeated_segment_that_cannot_be_read_is_lost_with_its_repeats(remuxer: Remuxer) -> None:
    damaged = make(_with(_repeating(source_of(Coding()), (1,)), 1, JUNK), remuxer)

    assert _ranges(damaged) == [(4, 4), (7, 7)]
    assert [(loss.sequence, loss.duration_s) for loss in damaged.losses] == [(5, 2.0), (6, 0.0)]


def test_where_a_bundle_breaks_behind_a_repeat_nothing_is_missing(remuxer: Remuxer) -> None:
    before, after = (source_of(Coding(start_s=start_s)) for start_s in (0, 100))

    made = make(_repeating(Source(b"", before.bodies + after.bodies), (2,)), remuxer)

    assert _ranges(made) == [(7, 10), (11, 13)]
    assert _breaks(made) == [False, True]

"""An account says what a recording holds and lacks, and can be read again."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mntreamer.domain.errors import SourceError
from mntreamer.domain.monitors.topic import Topic
from mntreamer.domain.playlists.source_playlist import Segment, SegmentName
from mntreamer.domain.recordings.account import Account, Noted, Tally, noted_in, render_account
from mntreamer.domain.recordings.chapter import Chapter
from mntreamer.domain.recordings.gap import NOT_KNOWN, Gap
from mntreamer.domain.recordings.loss import Cause, Loss
from tests.contract.records import NOON, a_recording, minutes

GAP = Gap(0, 12, 13, NOON + timedelta(seconds=6), 4.0, Cause.NOT_FETCHED, "HTTP 404")
CHAPTERS = (Chapter(NOON, Topic('say "hi"', "talk")), Chapter(NOON + minutes(2), Topic("bye 🎮", "")))
LISTED = [
    Segment(SegmentName(0, 9, 11), 6.0),
    Segment(SegmentName(0, 14, 14), 2.0, discontinuity=True),
    Segment(SegmentName(1, 0, 1), 4.0, discontinuity=True),
]


def _account(listed: list[Segment], *gaps: Gap) -> Account:
    return Tally(listed, [loss for gap in gaps for loss in gap.losses()]).account()


def test_coverage_is_the_stored_share_of_the_sources_seconds() -> None:
    account = _account(LISTED, GAP)

    assert account.coverage == 0.75
    assert account.gaps == (GAP,)
    assert (account.lost_segments, account.gap_s) == (2, 4.0)
    assert (account.segments, account.duration_s, account.discontinuities, account.epochs) == (3, 12.0, 2, 2)


@pytest.mark.parametrize(("gaps", "coverage"), [((), None), ((GAP,), 0.0)])
def test_of_nothing_there_is_no_share_and_of_gaps_alone_none_is_stored(
    gaps: tuple[Gap, ...], coverage: float | None
) -> None:
    assert _account([], *gaps).coverage == coverage


def test_no_loss_is_so_small_that_all_seems_to_be_there() -> None:
    day = [Segment(SegmentName(0, i, i), 6.0) for i in range(14_400)]
    tiny = Gap(0, 14_401, 14_401, None, 0.01, Cause.DAMAGED, "no picture")

    assert _account(day).coverage == 1.0
    assert _account(day, tiny).coverage == 0.999999


def test_what_is_listed_and_noted_later_is_counted_on() -> None:
    listed = LISTED[:1]
    tally = Tally(listed)
    assert (tally.account().segments, tally.account().lost_segments) == (1, 0)

    listed += LISTED[1:]
    tally.note([Loss(1, 2, Cause.DAMAGED, "no picture", None, 2.0)])

    assert tally.account() == _account(LISTED, Gap(1, 2, 2, None, 2.0, Cause.DAMAGED, "no picture"))


class Watched(list[Segment]):
    """Counts how often an entry is looked at."""

    looks = 0

    def __getitem__(self, at: Any) -> Any:
        found = super().__getitem__(at)
        self.looks += len(found) if isinstance(at, slice) else 1
        return found


def test_however_much_is_listed_one_more_costs_the_same() -> None:
    listed = Watched(Segment(SegmentName(0, i, i), 6.0) for i in range(14_400))
    tally = Tally(listed, [Loss(0, 20_000, Cause.DAMAGED, "no picture", None, 2.0)])
    tally.account()
    listed.looks = 0

    listed.append(Segment(SegmentName(0, 14_401, 14_401), 6.0))

    assert tally.account().lost_segments == 2
    assert listed.looks < 50


def test_the_text_has_the_recording_its_delays_its_sums_each_gap_and_chapter() -> None:
    recording = a_recording(
        detection_delay_s=12.5, first_segment_at=NOON + timedelta(seconds=20), ended_at=NOON + minutes(5)
    )

    told = json.loads(render_account(recording, replace(_account(LISTED, GAP), chapters=CHAPTERS[:1])))

    assert told == {
        "recording_id": "chzzk:c1:1001",
        "streamer_id": "chzzk:c1",
        "platform": "chzzk",
        "channel_id": "c1",
        "channel_name": "채널",
        "live_id": "1001",
        "title": "첫 방송",
        "category": "",
        "started_at": "2026-11-22T03:00:00.123Z",
        "first_segment_at": "2026-11-22T03:00:20.123Z",
        "ended_at": "2026-11-22T03:05:00.123Z",
        "closed_at": None,
        "detection_delay_s": 12.5,
        "start_delay_s": 20.0,
        "duration_s": 12.0,
        "coverage": 0.75,
        "segments": 3,
        "discontinuities": 2,
        "epochs": 2,
        "lost_segments": 2,
        "gap_s": 4.0,
        "gaps": [
            {
                "epoch": 0,
                "first": 12,
                "last": 13,
                "begin": "2026-11-22T03:00:06.123Z",
                "duration_s": 4.0,
                "cause": "not_fetched",
                "why": "HTTP 404",
            }
        ],
        "chapters": [{"at": "2026-11-22T03:00:00.123Z", "title": 'say "hi"', "category": "talk"}],
    }


def test_what_was_noted_is_read_again_and_what_nobody_knew_is_not() -> None:
    unknown = Gap(0, 20, 22, None, 6.0, Cause.UNSEEN, NOT_KNOWN)

    account = replace(_account(LISTED, GAP), gaps=(GAP, unknown), chapters=CHAPTERS)

    assert noted_in(render_account(a_recording(), account)) == Noted(list(GAP.losses()), CHAPTERS)


def test_one_that_was_written_before_there_were_chapters_is_read() -> None:
    assert noted_in('{"gaps": []}') == Noted([], ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"gaps": 3}',
        '{"gaps": [{}]}',
        '{"gaps": [{"epoch": "x"}]}',
        "{torn",
        '{"gaps": [], "chapters": 3}',
        '{"gaps": [], "chapters": [{"at": 3, "title": "", "category": ""}]}',
    ],
)
def test_a_damaged_account_is_an_error(text: str) -> None:
    with pytest.raises(SourceError, match="damaged"):
        noted_in(text)

"""An account says what a recording holds and lacks, and can be read again."""

import json
from datetime import timedelta

import pytest

from mntreamer.domain.account import account_of, noted_in, render_account
from mntreamer.domain.errors import SourceError
from mntreamer.domain.gap import NOT_KNOWN, Gap
from mntreamer.domain.loss import Cause
from mntreamer.domain.source_playlist import Segment, SegmentName, SourcePlaylist
from tests.contract.records import NOON, a_recording, minutes

GAP = Gap(0, 12, 13, NOON + timedelta(seconds=6), 4.0, Cause.NOT_FETCHED, "HTTP 404")
PLAYLIST = SourcePlaylist(
    6,
    (
        Segment(SegmentName(0, 9, 11), 6.0),
        Segment(SegmentName(0, 14, 14), 2.0, discontinuity=True),
        Segment(SegmentName(1, 0, 1), 4.0, discontinuity=True),
    ),
)


def test_coverage_is_the_stored_share_of_the_sources_seconds() -> None:
    account = account_of(PLAYLIST, (GAP,))

    assert account.coverage == 0.75
    assert (account.lost_segments, account.gap_s) == (2, 4.0)
    assert (account.segments, account.duration_s, account.discontinuities, account.epochs) == (3, 12.0, 2, 2)


@pytest.mark.parametrize(("gaps", "coverage"), [((), None), ((GAP,), 0.0)])
def test_of_nothing_there_is_no_share_and_of_gaps_alone_none_is_stored(
    gaps: tuple[Gap, ...], coverage: float | None
) -> None:
    assert account_of(None, gaps).coverage == coverage


def test_no_loss_is_so_small_that_all_seems_to_be_there() -> None:
    day = SourcePlaylist(6, tuple(Segment(SegmentName(0, i, i), 6.0) for i in range(14_400)))
    tiny = Gap(0, 14_401, 14_401, None, 0.01, Cause.DAMAGED, "no picture")

    assert account_of(day, ()).coverage == 1.0
    assert account_of(day, (tiny,)).coverage == 0.999999


def test_the_text_has_the_recording_its_delays_its_sums_and_each_gap() -> None:
    recording = a_recording(
        detection_delay_s=12.5, first_segment_at=NOON + timedelta(seconds=20), ended_at=NOON + minutes(5)
    )

    told = json.loads(render_account(recording, account_of(PLAYLIST, (GAP,))))

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
    }


def test_what_was_noted_is_read_again_and_what_nobody_knew_is_not() -> None:
    unknown = Gap(0, 20, 22, None, 6.0, Cause.UNSEEN, NOT_KNOWN)

    noted = noted_in(render_account(a_recording(), account_of(PLAYLIST, (GAP, unknown))))

    assert noted == list(GAP.losses())


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"gaps": 3}', '{"gaps": [{}]}', '{"gaps": [{"epoch": "x"}]}', "{torn"]
)
def test_a_damaged_account_is_an_error(text: str) -> None:
    with pytest.raises(SourceError, match="damaged"):
        noted_in(text)

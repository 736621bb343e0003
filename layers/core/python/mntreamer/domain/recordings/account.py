"""What a recording holds of its source and what it lacks, and how `recording.json` says so."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mntreamer.domain.errors import SourceError
from mntreamer.domain.monitors.delays import start_delay_s
from mntreamer.domain.monitors.topic import topic_of
from mntreamer.domain.playlists.source_playlist import Segment
from mntreamer.domain.recordings.chapter import Chapter
from mntreamer.domain.recordings.gap import NOT_KNOWN, Gap, Missing
from mntreamer.domain.recordings.loss import Cause, Loss
from mntreamer.domain.recordings.recording import Recording, RecordingChanges
from mntreamer.domain.times import from_iso, to_iso

_MILLIONTHS = 1_000_000
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Account:
    """`segments` counts what is stored, `epochs` the lines of media sequences that it comes from."""

    segments: int
    duration_s: float
    discontinuities: int
    epochs: int
    gaps: tuple[Gap, ...]
    chapters: tuple[Chapter, ...] = ()

    @property
    def lost_segments(self) -> int:
        """How many source segments are missing."""
        return sum(gap.count for gap in self.gaps)

    @property
    def gap_s(self) -> float:
        """How long all that is missing lasts."""
        return round(sum(gap.duration_s for gap in self.gaps), 3)

    @property
    def coverage(self) -> float | None:
        """The share of the source's seconds that is stored, rounded down: 1.0 is all of it. None of no seconds."""
        source_s = self.duration_s + self.gap_s
        return math.floor(self.duration_s / source_s * _MILLIONTHS) / _MILLIONTHS if source_s else None

    @property
    def sums(self) -> RecordingChanges:
        """What the recording's row keeps of it."""
        return RecordingChanges(
            segments=self.segments,
            duration_s=self.duration_s,
            lost_segments=self.lost_segments,
            gaps=len(self.gaps),
            gap_s=self.gap_s,
            coverage=self.coverage,
        )


@dataclass(frozen=True, slots=True)
class Noted:
    """What recorders left word of: the `losses` whose cause they knew, and the chapters."""

    losses: list[Loss]
    chapters: tuple[Chapter, ...]


class Tally:
    """What a recording holds and lacks; `listed` only ever grows at its end, and each entry is counted once."""

    def __init__(self, listed: Sequence[Segment], noted: Iterable[Loss] = ()) -> None:
        self.listed = listed
        self._missing = Missing(listed, noted)
        self._segments = 0
        self._duration_s = 0.0
        self._discontinuities = 0
        self._epochs: set[int] = set()

    def note(self, losses: Iterable[Loss]) -> None:
        """As in `Missing`."""
        self._missing.note(losses)

    def account(self) -> Account:
        """What is listed and missing now."""
        for segment in self.listed[self._segments :]:
            self._duration_s += segment.duration_s
            self._discontinuities += segment.discontinuity
            self._epochs.add(segment.name.epoch)
        self._segments = len(self.listed)
        duration_s = round(self._duration_s, 3)
        return Account(self._segments, duration_s, self._discontinuities, len(self._epochs), self._missing.gaps())


def render_account(recording: Recording, account: Account) -> str:
    """The text of `recording.json`."""
    facts: Facts = {
        "recording_id": recording.recording_id,
        "streamer_id": recording.streamer_id,
        "platform": recording.platform,
        "channel_id": recording.channel_id,
        "channel_name": recording.channel_name,
        "live_id": recording.live_id,
        "title": recording.title,
        "category": recording.category,
        "started_at": to_iso(recording.started_at),
        "first_segment_at": _iso(recording.first_segment_at),
        "ended_at": _iso(recording.ended_at),
        "closed_at": _iso(recording.closed_at),
        "detection_delay_s": recording.detection_delay_s,
        "start_delay_s": start_delay_s(recording),
        "duration_s": account.duration_s,
        "coverage": account.coverage,
        "segments": account.segments,
        "discontinuities": account.discontinuities,
        "epochs": account.epochs,
        "lost_segments": account.lost_segments,
        "gap_s": account.gap_s,
        "gaps": [facts_of(gap) for gap in account.gaps],
        "chapters": [facts_of_chapter(chapter) for chapter in account.chapters],
    }
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"


def facts_of(gap: Gap) -> Facts:
    """A gap as `recording.json` and the API tell it."""
    return {
        "epoch": gap.epoch,
        "first": gap.first,
        "last": gap.last,
        "begin": _iso(gap.begin),
        "duration_s": gap.duration_s,
        "cause": gap.cause.value,
        "why": gap.why,
    }


def facts_of_chapter(chapter: Chapter) -> Facts:
    """A chapter as `recording.json` and the API tell it."""
    return {"at": to_iso(chapter.at), "title": chapter.topic.title, "category": chapter.topic.category}


def noted_in(text: str) -> Noted:
    """What a `recording.json` tells beside what can be counted. Raises SourceError for a text that is none."""
    try:
        facts = json.loads(text)
        gaps = [_gap(gap) for gap in facts["gaps"]]
        chapters = tuple(_chapter(chapter) for chapter in facts.get("chapters", ()))  # older files have none
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"an account is damaged ({type(error).__name__}); the segments are untouched") from None
    return Noted([loss for gap in gaps if gap.why != NOT_KNOWN for loss in gap.losses()], chapters)


def _chapter(facts: Mapping[str, Any]) -> Chapter:
    return Chapter(from_iso(facts["at"]), topic_of(facts["title"], facts["category"]))


def _gap(facts: Mapping[str, Any]) -> Gap:
    begin = facts["begin"]
    return Gap(
        epoch=int(facts["epoch"]),
        first=int(facts["first"]),
        last=int(facts["last"]),
        begin=from_iso(begin) if begin else None,
        duration_s=float(facts["duration_s"]),
        cause=Cause(facts["cause"]),
        why=str(facts["why"]),
    )


def _iso(moment: datetime | None) -> str | None:
    return to_iso(moment) if moment else None

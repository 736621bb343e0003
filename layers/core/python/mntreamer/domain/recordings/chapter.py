"""Chapters: what a recorded broadcast was about, and from when on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mntreamer.domain.monitors.topic import Topic, topic_of
from mntreamer.domain.recordings.recording import Recording


@dataclass(frozen=True, slots=True, order=True)
class Chapter:
    """`at` is when the topic was first seen, in whole milliseconds; it lasts until the next one."""

    at: datetime
    topic: Topic


def opening_of(recording: Recording) -> Chapter:
    """What it was about when it was opened."""
    return Chapter(recording.opened_at, topic_of(recording.title, recording.category))


def in_order(chapters: Iterable[Chapter]) -> tuple[Chapter, ...]:
    """All that anybody noted, once: whoever saw a change first is right about its time."""
    ordered: list[Chapter] = []
    for chapter in sorted(chapters):
        if not ordered or ordered[-1].topic != chapter.topic:
            ordered.append(chapter)
    return tuple(ordered)


def with_topic(chapters: Sequence[Chapter], topic: Topic, at: datetime) -> tuple[Chapter, ...]:
    """The chapters, and one more from then on if the topic is another than before."""
    return in_order([*chapters, Chapter(at, topic)])

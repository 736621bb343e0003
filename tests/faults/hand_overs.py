"""Recorders are taken back with two minutes' notice, as Fargate Spot does it, and others go on: no frame is lost."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from random import Random

from tests.faults.cloud import Cloud
from tests.faults.stage import Stage

_EARLIEST_S, _LATEST_S = 1.0, 24.0
# Longer than the source lists a segment: who left at once would lose some.
_STARTS_WITHIN_S = (4.0, 16.0)
# Of the event that tells of it: in time, late, twice, never.
_EVENTS_AFTER_S: tuple[tuple[float, ...], ...] = ((0.2,), (0.2,), (8.0,), (0.2, 3.0), ())


@dataclass(frozen=True)
class HandedOver:
    """Up to three times, at moments that depend on container and turn alone.

    `refused`: so many launches fail first. `overlaps_s` is told of each hand-over how long two were at work.
    """

    refused: int = 0
    overlaps_s: list[float] = field(default_factory=list, compare=False)

    def __call__(self, stage: Stage) -> Iterator[str]:
        stage.origin.owe_until(lambda entry: (entry.line, entry.sequence) in stage.desk.stored())
        chance = Random(f"hand-over {stage.origin.container} {stage.turn} {self.refused}")  # noqa: S311 -- the same each time
        cloud = Cloud(stage, chance.uniform(*_STARTS_WITHIN_S), self.refused)
        cloud.start(1)
        for _ in range(chance.randint(1, 3)):
            events_after_s = chance.choice(_EVENTS_AFTER_S)
            cloud.after(chance.uniform(_EARLIEST_S, _LATEST_S), partial(_hand_over, cloud, events_after_s))
        if not cloud.go_on():
            yield "a recorder does not find its end"
        self.overlaps_s.extend(cloud.overlaps_s)
        yield from _flaws(cloud)


def _hand_over(cloud: Cloud, events_after_s: tuple[float, ...]) -> None:
    holder = cloud.holder
    if holder in cloud.works and cloud.works[holder].code is None:
        cloud.tell_to_leave(holder, events_after_s)


def _flaws(cloud: Cloud) -> Iterator[str]:
    for generation, work in cloud.works.items():
        if work.code:
            yield f"generation {generation} ended with {work.code}"
    if not cloud.stage.desk.recording.ended_at:
        yield "the last recorder did not end with the stream"

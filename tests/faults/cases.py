"""A trial in one container: what is performed at once, and what becomes a line of the table."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from mntreamer.recorder.storing.workshop import Workshop
from tests.faults.performance import perform
from tests.faults.takes import Container, take_of
from tests.faults.trial import Trial
from tests.faults.verdict import Verdict


@dataclass(frozen=True)
class Case:
    """`turn` tells repetitions of one case apart."""

    trial: Trial
    container: Container
    turn: int = 0

    def __str__(self) -> str:
        return f"{self.trial.row.name} [{self.container}]" + (f" {self.turn + 1}" if self.turn else "")

    def perform(self, workshop: Workshop) -> Verdict:
        trial = self.trial
        return perform(trial.row, self.container, trial.speed, workshop, trial.staging, self.turn)


def cases_of(trials: Iterable[Trial]) -> list[Case]:
    """Each trial in each of its row's containers, so many times as it is to be made."""
    return [
        Case(trial, container, turn)
        for trial in trials
        for turn in range(trial.turns)
        for container in trial.row.containers
    ]


def perform_together(cases: Sequence[Case], workshop: Workshop) -> dict[Case, Future[Verdict]]:
    """All of them at once, as recordings of one process; when all are over."""
    for case in cases:
        for encoding in case.trial.row.broadcast.encodings:
            take_of(encoding, case.container)
    with ThreadPoolExecutor(max(1, len(cases)), thread_name_prefix="case") as threads:
        return {case: threads.submit(case.perform, workshop) for case in cases}

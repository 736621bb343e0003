"""`python -m tests.faults [WORD …]`: the table of rows, or of those whose names hold one of the words.

With MNTREAMER_TEST_FULL set slowly and without mercy. Exit codes: 0 only the unavoidable is lost and all that the
recordings tell is true, 1 something is not so.
"""

import logging
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from itertools import groupby, islice
from pathlib import Path

from rich.console import Console

from mntreamer.recorder.storing.workshop import workshop
from tests.faults.cases import Case, cases_of, perform_together
from tests.faults.takes import Container
from tests.faults.trials import TRIALS
from tests.faults.verdict import Verdict

_TOGETHER = 12
_SPOOL_BYTES = 100_000_000


def main(words: Sequence[str]) -> int:
    logging.disable()
    trials = [trial for trial in TRIALS if not words or any(word in trial.row.name for word in words)]
    verdicts = _perform(cases_of(trials))
    flaws = [f"{case}: {flaw}" for case, verdict in verdicts.items() for flaw in verdict.flaws]
    say = Console(soft_wrap=True, highlight=False, markup=False).print
    say("\n".join([*_table(verdicts), *flaws]))
    return 1 if flaws else 0


def _perform(cases: Iterable[Case]) -> dict[Case, Verdict]:
    left = iter(cases)
    performed: dict[Case, Future[Verdict]] = {}
    with tempfile.TemporaryDirectory() as spool, workshop(Path(spool), _SPOOL_BYTES, _SPOOL_BYTES) as shared:
        while batch := list(islice(left, _TOGETHER)):
            performed |= perform_together(batch, shared)
    return {case: verdict.result() for case, verdict in performed.items()}


def _table(verdicts: dict[Case, Verdict]) -> Iterator[str]:
    """In Markdown; of a row that was performed several times, the sums."""
    yield "| what goes wrong | times | lost, TS | lost, fMP4 | unavoidable | all that is told is |"
    yield "|---|---|---|---|---|---|"
    for name, cases in groupby(verdicts, key=lambda case: case.trial.row.name):
        own = {case: verdicts[case] for case in cases}
        lost = [_lost_in(container, own) for container in Container]
        unavoidable = str(sum(verdict.unavoidable for verdict in own.values()))
        truth = "false" if any(verdict.flaws for verdict in own.values()) else "true"
        yield f"| {' | '.join([name, str(len(own)), *lost, unavoidable, truth])} |"


def _lost_in(container: Container, own: dict[Case, Verdict]) -> str:
    lost = [verdict.lost for case, verdict in own.items() if case.container is container]
    return str(sum(lost)) if lost else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

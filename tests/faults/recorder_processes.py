"""Recorders as processes of their own, which get a signal at random moments; then the next generation goes on."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.faults.stage import Stage

_ROOT = Path(__file__).parents[2]
_EARLIEST_S = 0.5
_MOST = 3
_LEAVES_WITHIN_S = 60.0
_ENDS_WITHIN_S = 240.0
# What Python ends with where it is interrupted before it runs anything of ours. To us SIGTERM is the same as SIGINT.
_UNBEGUN = {signal.SIGINT: 1}


@dataclass(frozen=True)
class Interrupted:
    """Up to three recorders get the signal, at moments that depend on signal, container and turn alone.

    `away_s`: so long after each of them there is none.
    """

    sent: signal.Signals
    moments_s: tuple[float, ...] = ()
    away_s: float = 0.0

    def __call__(self, stage: Stage) -> Iterator[str]:
        stage.origin.owe_until(lambda entry: (entry.line, entry.sequence) in stage.desk.stored())
        generation = 1
        for moment_s in self.moments_s or self._random_moments(stage):
            yield from self._interrupt(stage, generation, moment_s)
            stage.origin.clock.wait_until(moment_s + self.away_s)
            generation = stage.desk.raise_generation()
        yield from _finish(stage, generation)

    def _random_moments(self, stage: Stage) -> list[float]:
        chance = Random(f"{self.sent.name} {stage.origin.container} {stage.turn}")  # noqa: S311 -- the same each time
        latest_s = stage.origin.row.broadcast.ends_at_s
        return sorted(chance.uniform(_EARLIEST_S, latest_s) for _ in range(chance.randint(1, _MOST)))

    def _interrupt(self, stage: Stage, generation: int, moment_s: float) -> Iterator[str]:
        with _started(stage, generation) as recorder:
            stage.origin.clock.wait_until(moment_s)
            recorder.send_signal(self.sent)
            code = _exit_code(recorder, _LEAVES_WITHIN_S)
        if code not in (0, -self.sent, _UNBEGUN.get(self.sent)):
            yield f"generation {generation} ended with {code} after {self.sent.name}"


def _finish(stage: Stage, generation: int) -> Iterator[str]:
    with _started(stage, generation) as recorder:
        code = _exit_code(recorder, _ENDS_WITHIN_S)
    if code or not stage.desk.recording.ended_at:
        yield f"generation {generation}, the last one, ended with {code} and not with the stream"


def _started(stage: Stage, generation: int) -> "subprocess.Popen[bytes]":
    origin, desk = stage.origin, stage.desk
    return start_recorder(stage.folder, origin.page_url, origin.clock.scale, desk.recording_id, generation)


def start_recorder(
    folder: Path, page_url: str, scale: float, recording_id: str, generation: int = 1, *, hand_over_s: float = 0.0
) -> "subprocess.Popen[bytes]":
    """One generation of the recording that a desk has opened in the folder."""
    told = map(str, (folder, page_url, scale, recording_id, generation, hand_over_s))
    command = [sys.executable, "-m", "tests.faults.recorder_process", *told]
    return subprocess.Popen(command, cwd=_ROOT)  # noqa: S603 -- fixed but for its numbers and places


def _exit_code(recorder: "subprocess.Popen[bytes]", within_s: float) -> int | None:
    """None for one that had to be killed."""
    try:
        return recorder.wait(within_s)
    except subprocess.TimeoutExpired:
        recorder.kill()
        return None

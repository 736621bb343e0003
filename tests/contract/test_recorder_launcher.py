import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from demo.waiting import wait_for
from mntreamer.domain.errors import LaunchFailed, NotFound
from mntreamer.domain.reason import Reason
from mntreamer.recorder.ending.ending import Ending
from mntreamer_local.serving.recorder_threads import RecorderThreads
from tests.contract.recorders import Recorders, Threads

WITHIN_S = 30.0
SIGNED_URL = "https://media.example/live.m3u8?hdnts=exp~hmac"


class TestRecorderLauncher:
    def test_a_launch_starts_the_recorder_of_that_generation(self, recorders: Recorders) -> None:
        recorders.launcher.launch("chzzk:채널:1001", 3)
        assert recorders.started(1) == [("chzzk:채널:1001", 3)]

    def test_repeating_a_launch_starts_no_second_one(self, recorders: Recorders) -> None:
        for _ in range(3):
            recorders.launcher.launch("chzzk:c1:1001", 1)
        assert recorders.started(1) == [("chzzk:c1:1001", 1)]

    def test_other_generations_and_recordings_have_recorders_of_their_own(self, recorders: Recorders) -> None:
        wanted = [("chzzk:c1:1001", 1), ("chzzk:c1:1001", 2), ("chzzk:c1:1002", 1)]
        for recording_id, generation in wanted:
            recorders.launcher.launch(recording_id, generation)
        assert recorders.started(3) == wanted

    def test_what_cannot_be_started_is_said(self, recorders: Recorders) -> None:
        with pytest.raises(LaunchFailed):
            recorders.broken.launch("chzzk:c1:1001", 1)
        recorders.launcher.launch("chzzk:c1:1001", 1)
        assert recorders.started(1) == [("chzzk:c1:1001", 1)]


class TestThreads:
    def test_many_launches_of_one_generation_at_once_start_one(self, threads: Threads) -> None:
        with ThreadPoolExecutor(8) as callers:
            list(callers.map(lambda _: threads.launcher.launch("chzzk:c1:1001", 1), range(64)))
        assert threads.started(1) == [("chzzk:c1:1001", 1)]

    def test_an_older_generation_is_not_started(self, threads: Threads) -> None:
        for generation in (3, 2, 1):
            threads.launcher.launch("chzzk:c1:1001", generation)
        assert threads.started(1) == [("chzzk:c1:1001", 3)]

    def test_a_newer_generation_may_stand_beside_the_older_one(self) -> None:
        launcher = RecorderThreads(_until_told, _nothing)
        launcher.launch("chzzk:c1:1001", 1)
        launcher.launch("chzzk:c1:1001", 2)
        assert launcher.wait(0) == ["chzzk:c1:1001 #1", "chzzk:c1:1001 #2"]
        launcher.finish()
        assert launcher.wait(WITHIN_S) == []

    def test_what_is_launched_while_all_finish_finishes_too(self, threads: Threads) -> None:
        threads.launcher.finish()
        threads.launcher.launch("chzzk:c1:1001", 1)
        assert threads.launcher.wait(WITHIN_S) == []
        assert threads.ended == [("chzzk:c1:1001", 1, None)]

    def test_who_does_not_finish_in_time_is_named(self) -> None:
        release = threading.Event()
        launcher = RecorderThreads(lambda *_: Ending.OVER if release.wait() else Ending.STOPPED, _nothing)
        launcher.launch("chzzk:c1:1001", 1)
        launcher.finish()
        assert launcher.wait(0.01) == ["chzzk:c1:1001 #1"]
        release.set()
        assert launcher.wait(WITHIN_S) == []

    @pytest.mark.parametrize(
        ("error", "problem"),
        [
            (NotFound("there is no recording"), "the recorder failed: there is no recording"),
            (RuntimeError(SIGNED_URL), "the recorder failed: RuntimeError at "),
        ],
    )
    def test_an_error_ends_its_own_recorder_only_and_is_told_without_secrets(
        self, caplog: pytest.LogCaptureFixture, error: Exception, problem: str
    ) -> None:
        ended: list[tuple[str, int, Reason | None]] = []
        launcher = RecorderThreads(_raising(error, "chzzk:c1:1001"), lambda *end: ended.append(end))
        launcher.launch("chzzk:c1:1001", 1)
        launcher.launch("chzzk:c2:1002", 1)
        _wait_for_the_others_than(["chzzk:c2:1002 #1"], launcher)
        [(recording_id, generation, told)] = ended
        assert (recording_id, generation) == ("chzzk:c1:1001", 1)
        assert str(told).startswith(problem)
        assert problem in caplog.text
        assert "hmac" not in caplog.text + str(told)
        launcher.finish()
        assert launcher.wait(WITHIN_S) == []

    def test_settling_that_fails_is_told_by_its_place(self, caplog: pytest.LogCaptureFixture) -> None:
        def fail(*_: object) -> None:
            raise RuntimeError("secret")

        launcher = RecorderThreads(_until_told, fail)
        launcher.finish()
        launcher.launch("chzzk:c1:1001", 1)
        assert launcher.wait(WITHIN_S) == []
        assert "RuntimeError at " in caplog.text
        assert "secret" not in caplog.text


def _until_told(_recording_id: str, _generation: int, stop: threading.Event) -> Ending:
    stop.wait()
    return Ending.STOPPED


def _wait_for_the_others_than(staying: list[str], launcher: RecorderThreads) -> None:
    wait_for("only those stay", lambda: launcher.wait(0) == staying or None, WITHIN_S)


def _raising(error: Exception, doomed: str) -> Callable[[str, int, threading.Event], Ending]:
    def record(recording_id: str, generation: int, stop: threading.Event) -> Ending:
        if recording_id == doomed:
            raise error
        return _until_told(recording_id, generation, stop)

    return record


def _nothing(*_: object) -> None:
    """Nobody asks what becomes of it."""

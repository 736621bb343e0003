import sys

import pytest

from mntreamer.domain.errors import LaunchFailed
from mntreamer_local.process_launcher import ProcessLauncher
from tests.contract.recorders import Children, Recorders


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


class TestChildProcesses:
    def test_only_the_newest_generation_of_each_recording_is_remembered(self, children: Children) -> None:
        for generation in (1, 2, 3):
            children.launcher.launch("chzzk:c1:1001", generation)
        children.launcher.launch("chzzk:c1:1001", 2)
        assert children.launcher._newest == {"chzzk:c1:1001": 3}
        assert children.started(3) == [("chzzk:c1:1001", 1), ("chzzk:c1:1001", 2), ("chzzk:c1:1001", 3)]

    def test_settling_that_fails_is_told_by_its_place(self, caplog: pytest.LogCaptureFixture) -> None:
        def fail(recording_id: str, generation: int, exit_code: int) -> None:
            raise RuntimeError(f"{recording_id} {generation} {exit_code} secret")

        launcher = ProcessLauncher([sys.executable, "-c", ""], {}, fail)
        launcher.launch("chzzk:c1:1001", 1)
        launcher.stop()
        assert "RuntimeError at " in caplog.text
        assert "secret" not in caplog.text

import pytest

from mntreamer.domain.errors import LaunchFailed
from tests.contract.recorders import Recorders


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

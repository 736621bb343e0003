"""The port `RecorderLauncher` on ECS: each recorder is a Fargate task of its own."""

from zlib import crc32

from mntreamer.aws.fargate_task import FargateTask


class EcsLauncher:
    """Tells the task recording and generation; the settling of stopped recorders reads both from its environment.

    Two recorders of one recording, of which one has an odd number and one an even one, are in different subnets;
    where a recording begins is chance, so that no zone has more of them than another.
    """

    def __init__(self, task: FargateTask) -> None:
        self._task = task

    def launch(self, recording_id: str, generation: int) -> None:
        environment = {"RECORDING_ID": recording_id, "GENERATION": str(generation)}
        turn = crc32(recording_id.encode()) + generation % 2
        self._task.run(environment, {"recording": recording_id, "generation": str(generation)}, turn)

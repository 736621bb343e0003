"""The port `RecorderLauncher` on ECS: each recorder is a Fargate task of its own."""

from mntreamer.aws.fargate_task import FargateTask


class EcsLauncher:
    """Tells the task recording and generation; the settling of stopped recorders reads both from its tags."""

    def __init__(self, task: FargateTask) -> None:
        self._task = task

    def launch(self, recording_id: str, generation: int) -> None:
        environment = {"RECORDING_ID": recording_id, "GENERATION": str(generation)}
        self._task.run(environment, {"recording": recording_id, "generation": str(generation)})

"""The port `ExportLauncher` on ECS: each exporter is a Fargate task of its own."""

from mntreamer.aws.fargate_task import FargateTask


class EcsExporters:
    """Tells the task the export's key and the attempt."""

    def __init__(self, task: FargateTask) -> None:
        self._task = task

    def launch(self, export_key: str, attempt: int) -> None:
        told = {"EXPORT_KEY": export_key, "ATTEMPT": str(attempt)}
        self._task.run(told, {"export": export_key, "attempt": str(attempt)})

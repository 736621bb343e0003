"""What stands where exporters are not launched: everywhere but in the API."""

from mntreamer.domain.errors import LaunchFailed


class NoExporters:
    """The port `ExportLauncher` for those who launch none."""

    def launch(self, export_key: str, attempt: int) -> None:
        raise LaunchFailed(f"no exporter is launched from here; asked for {export_key}, attempt {attempt}")

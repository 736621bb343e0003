"""The ports as on one machine, around a platform, a launcher and a clock of the test's own."""

from pathlib import Path

from mntreamer.ports import Clock, Platform, Ports, RecorderLauncher
from mntreamer.settings import Settings
from mntreamer.usecases.exports.no_exporters import NoExporters
from mntreamer_local.files.links import LinkSigner
from mntreamer_local.files.publishing_store import PublishingStore
from mntreamer_local.sqlite.monitors import SqliteMonitors
from mntreamer_local.sqlite.platform_states import SqlitePlatformStates
from mntreamer_local.sqlite.recordings import SqliteRecordings
from mntreamer_local.sqlite.tick_reports import SqliteTickReports


def local_ports(
    folder: Path, clock: Clock, platform: Platform, launcher: RecorderLauncher, settings: Settings
) -> Ports:
    """Everything in the folder."""
    database = folder / "mntreamer.db"
    return Ports(
        clock=clock,
        monitors=SqliteMonitors(database),
        recordings=SqliteRecordings(database),
        platform_states=SqlitePlatformStates(database),
        tick_reports=SqliteTickReports(database),
        store=PublishingStore(folder, LinkSigner(b"key", clock)),
        launcher=launcher,
        exporters=NoExporters(),
        platforms={platform.name: platform},
        settings=settings,
    )

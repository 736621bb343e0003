"""All of the outside, put together over some tables."""

from mntreamer.domain.monitors.filters import Filters, parse_filters
from mntreamer.domain.monitors.streamer import Streamer, streamer_id_of
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.schedule.schedule import Schedule
from mntreamer.ports import Ports
from mntreamer.settings import Settings
from mntreamer.usecases.exports.no_exporters import NoExporters
from tests.contract.memory_platform_states import MemoryPlatformStates
from tests.state.checks import Checks
from tests.state.healing import Healing
from tests.state.kept import Kept
from tests.state.recorders import FakeLauncher, Recorders
from tests.state.tables import Tables
from tests.state.unasked import NoTickReports
from tests.state.watched_tables import WatchedMonitors, WatchedRecordings, WatchedStore
from tests.state.world import FakePlatform


class Outside:
    """Who acts dies before writes to any of these tables, to the store, or before a launch."""

    def __init__(self, tables: Tables, schedule: Schedule) -> None:
        self.platform = FakePlatform()
        self.launcher = FakeLauncher(self.platform)
        watch = self.platform.before_write
        store = WatchedStore(before_write=watch)
        self.ports = Ports(
            clock=self.platform.clock,
            monitors=WatchedMonitors(tables.monitors, watch, self._added),
            recordings=WatchedRecordings(tables.recordings, watch, self._closed),
            platform_states=MemoryPlatformStates(),
            tick_reports=NoTickReports(),
            store=store,
            launcher=self.launcher,
            exporters=NoExporters(),
            platforms={self.platform.name: self.platform},
            settings=Settings(schedule=schedule),
        )
        self.kept = Kept(self.ports, store)
        self.platform.filters_of = self._filters_of
        self.checks = Checks(self.ports, self.platform)
        self.recorders = Recorders(self.ports, self.platform, self.launcher, self.checks)
        self.healing = Healing(self.ports, self.platform, self.recorders)

    def _filters_of(self, channel: str) -> Filters:
        streamer = self.ports.monitors.get(streamer_id_of(self.platform.name, channel))
        return parse_filters(streamer.filters) if streamer else Filters()

    def _added(self, streamer: Streamer) -> None:
        """Nobody has asked for it since it is watched."""
        self.platform.asked.pop(streamer.channel_id, None)

    def _closed(self, recording: Recording) -> None:
        self.checks.closed(recording)

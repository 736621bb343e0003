"""The port `PlatformStates` on SQLite."""

from pathlib import Path

from mntreamer.domain.monitors.platform_state import PlatformState, PlatformStateChanges
from mntreamer_local.sqlite.row_changes import watching
from mntreamer_local.sqlite.table import SqliteTable

_SCHEMA = watching("platform_states", PlatformState, ("blocks",))


class SqlitePlatformStates:
    """The table `platform_states` in the database file at `path`."""

    def __init__(self, path: Path) -> None:
        self._table = SqliteTable(path, "platform_states", PlatformState, "platform", _SCHEMA)

    def get(self, platform: str) -> PlatformState:
        stored = self._table.get(platform)
        if stored:
            return stored
        fresh = PlatformState(platform)
        return fresh if self._table.insert(fresh) else self.get(platform)

    def update(
        self, platform: str, changes: PlatformStateChanges, expect: PlatformStateChanges
    ) -> PlatformState | None:
        return self._table.update(platform, changes, expect)

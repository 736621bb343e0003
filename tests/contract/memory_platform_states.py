"""The port `PlatformStates` in memory, counting its writes: for tests that have no database."""

from dataclasses import dataclass, field, replace
from threading import Lock

from mntreamer.domain.monitors.platform_state import PlatformState, PlatformStateChanges


@dataclass
class MemoryPlatformStates:
    """`written` counts the updates that were done, `refused` those whose expectation did not hold."""

    rows: dict[str, PlatformState] = field(default_factory=dict)
    reads: int = 0
    written: int = 0
    refused: int = 0
    _lock: Lock = field(default_factory=Lock)

    def get(self, platform: str) -> PlatformState:
        with self._lock:
            self.reads += 1
            return self.rows.setdefault(platform, PlatformState(platform))

    def update(
        self, platform: str, changes: PlatformStateChanges, expect: PlatformStateChanges
    ) -> PlatformState | None:
        with self._lock:
            row = self.rows.get(platform)
            if row is None or any(getattr(row, name) != value for name, value in expect.items()):
                self.refused += 1
                return None
            self.written += 1
            self.rows[platform] = replace(row, **changes)
            return self.rows[platform]

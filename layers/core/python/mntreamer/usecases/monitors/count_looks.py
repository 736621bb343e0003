"""All looks at a platform are counted, and what they come to sets the price of the next ones."""

from collections.abc import Iterable
from datetime import timedelta

from mntreamer.domain.monitors.check import Check
from mntreamer.ports import Ports


def count_looks(ports: Ports, checks: Iterable[Check]) -> None:
    """Count what was asked since the last time; checks of all platforms."""
    by_platform: dict[str, list[Check]] = {}
    for check in checks:
        by_platform.setdefault(check.platform, []).append(check)
    for name, its in by_platform.items():
        looks = sum(check.was_asked for check in its)
        waiting = sum((check.wait for check in its), timedelta(0))
        if looks:
            ports.platforms[name].count_looks(looks, waiting, ports.settings.checks_per_day)

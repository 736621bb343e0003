"""What the one-machine way costs where the machine is rented and always on."""

from benchmarks.cost.month import HOURS, Month
from benchmarks.cost.use import Use

_SYSTEM_GB = 16.0


def machine(month: Month, on_disk_gb: float) -> Use:
    """A t4g.small with an address, and so much of what it recorded on its disk."""
    return {
        "t4g_small_h": HOURS,
        "public_ipv4_h": HOURS,
        "ebs_gb_months": _SYSTEM_GB + on_disk_gb,
        "transfer_out_gb": month.watched_hours * month.gb_an_hour,
    }

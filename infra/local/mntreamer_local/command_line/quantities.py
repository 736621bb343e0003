"""Times, lengths and sizes as people read them."""

from datetime import datetime

_GIGABYTE = 1e9
_MEGABYTE = 1e6
_MINUTE_S = 60.0


def moment(iso: str, now: datetime) -> str:
    """The time of day in the zone of `now`, with its date where that is another one."""
    then = datetime.fromisoformat(iso).astimezone(now.tzinfo)
    return then.strftime("%H:%M:%S" if then.date() == now.date() else "%Y-%m-%d %H:%M:%S")


def begin(iso: str, now: datetime) -> str:
    """The same in few columns: of another day without its seconds, and of another year the day alone."""
    then = datetime.fromisoformat(iso).astimezone(now.tzinfo)
    if then.date() == now.date():
        return then.strftime("%H:%M:%S")
    return then.strftime("%m-%d %H:%M" if then.year == now.year else "%Y-%m-%d")


def length(duration_s: float) -> str:
    """`1:02:03`."""
    minutes, seconds = divmod(round(duration_s), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def size(size_bytes: int) -> str:
    """In GB or MB of powers of ten, as disks are sold."""
    return f"{size_bytes / _GIGABYTE:.2f} GB" if size_bytes >= _GIGABYTE else f"{size_bytes / _MEGABYTE:.1f} MB"


def kept(coverage: float | None) -> str:
    """Rounded down: 100 % is all of it."""
    return "" if coverage is None else f"{round(coverage * 1_000_000) // 100 / 100:g} %"


def lost(gap_s: float, gaps: int) -> str:
    """How much is missing, empty where nothing is."""
    if not gaps:
        return ""
    lasting = f"{gap_s:.0f} s" if gap_s < _MINUTE_S else length(gap_s)
    return f"{lasting} in {gaps} gap{'s' if gaps > 1 else ''}"

"""Settings that every way of running shares, read once from the environment by a composition root."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from mntreamer.domain.errors import BadInput, SettingMissing
from mntreamer.domain.schedule.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Settings:
    """`allowed_hosts` may be reached although their addresses are not public: a simulated channel, webhooks at home.

    `public_playback` lets the published playlists be read without a token. `max_height` bounds the rendition that
    is picked, in pixels, for streamers without a setting of their own; None takes the best. So it is with
    `recorders`, how many make a recording at once: of two, one stands by for the other. `chzzk_rate_per_s` is how
    many requests a second all workers together send to CHZZK; None sets no rate. `min_free_bytes` of a disk are left
    free where media are files. What waits for the store, of all recordings of a process, takes at the most
    `spool_memory_bytes` in memory and `spool_bytes` on disk. A deleted recording can be restored for
    `deletion_grace`. What nobody confirmed is deleted after `unrefined_kept_for`; None keeps it. Exports are removed
    `exports_kept_for` after their end. `schedule` is by what streamers without one of their own are looked at;
    `checks_per_day` is how many looks all streamers of a platform together take, None for as many as the stepped
    table would.
    """

    reconnect_window: timedelta = timedelta(minutes=5)
    max_height: int | None = None
    recorders: int = 1
    public_playback: bool = False
    allowed_hosts: frozenset[str] = frozenset()
    chzzk_api: str = "https://api.chzzk.naver.com"
    chzzk_rate_per_s: float | None = 14.0
    min_free_bytes: int = 2_000_000_000
    max_length: timedelta = timedelta(hours=24)
    spool_memory_bytes: int = 64_000_000
    spool_bytes: int = 2_000_000_000
    deletion_grace: timedelta = timedelta(days=7)
    unrefined_kept_for: timedelta | None = None
    exports_kept_for: timedelta = timedelta(days=7)
    schedule: Schedule = Schedule.LEARNED
    checks_per_day: float | None = None


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Reads `MNTREAMER_*`. What is not set keeps its documented default; what is set wrongly raises BadInput."""
    default = Settings()
    return Settings(
        reconnect_window=timedelta(
            seconds=_number(environment, "MNTREAMER_RECONNECT_WINDOW_S", default.reconnect_window.total_seconds())
        ),
        max_height=int(_number(environment, "MNTREAMER_MAX_HEIGHT", 0)) or None,
        recorders=_recorders(environment, "MNTREAMER_RECORDERS"),
        public_playback=_flag(environment, "MNTREAMER_PUBLIC_PLAYBACK"),
        allowed_hosts=_hosts(environment, "MNTREAMER_ALLOWED_HOSTS"),
        chzzk_api=_base_url(environment, "MNTREAMER_CHZZK_API", default.chzzk_api),
        chzzk_rate_per_s=_number(environment, "MNTREAMER_CHZZK_RATE", default.chzzk_rate_per_s or 0) or None,
        min_free_bytes=int(_number(environment, "MNTREAMER_MIN_FREE_BYTES", default.min_free_bytes)),
        max_length=_time(environment, "MNTREAMER_MAX_HOURS", timedelta(hours=1), default.max_length),
        spool_memory_bytes=int(_number(environment, "MNTREAMER_SPOOL_MEMORY_BYTES", default.spool_memory_bytes)),
        spool_bytes=int(_number(environment, "MNTREAMER_SPOOL_BYTES", default.spool_bytes)),
        schedule=_schedule(environment, "MNTREAMER_SCHEDULE", default.schedule),
        checks_per_day=_number(environment, "MNTREAMER_CHECKS_PER_DAY", 0) or None,
        exports_kept_for=_time(environment, "MNTREAMER_EXPORT_DAYS", timedelta(days=1), default.exports_kept_for),
        unrefined_kept_for=timedelta(days=_number(environment, "MNTREAMER_UNREFINED_DAYS", 0)) or None,
        deletion_grace=timedelta(
            days=_number(environment, "MNTREAMER_DELETION_GRACE_DAYS", default.deletion_grace.days)
        ),
    )


def required(environment: Mapping[str, str], name: str) -> str:
    """The setting's value. Raises SettingMissing where it is not set or empty."""
    value = environment.get(name, "")
    if not value:
        raise SettingMissing(f"the environment variable {name} is not set; this way of running needs it")
    return value


def _number(environment: Mapping[str, str], name: str, default: float) -> float:
    text = environment.get(name) or str(default)
    try:
        value = float(text)
    except ValueError:
        raise BadInput(f"{name}={text!r} is not a number") from None
    if not 0 <= value < float("inf"):
        raise BadInput(f"{name}={text!r} must be 0 or more")
    return value


def _time(environment: Mapping[str, str], name: str, unit: timedelta, default: timedelta) -> timedelta:
    amount = _number(environment, name, default / unit)
    if not amount:
        raise BadInput(f"{name} must be more than 0")
    return unit * amount


def _schedule(environment: Mapping[str, str], name: str, default: Schedule) -> Schedule:
    text = environment.get(name) or default
    if text not in list(Schedule):
        raise BadInput(f"{name}={text!r} must be {' or '.join(Schedule)}")
    return Schedule(text)


def _recorders(environment: Mapping[str, str], name: str) -> int:
    text = environment.get(name) or "1"
    if text not in ("1", "2"):
        raise BadInput(f"{name}={text!r} must be 1 or 2: one, or one more that stands by")
    return int(text)


def _flag(environment: Mapping[str, str], name: str) -> bool:
    text = environment.get(name, "false").lower()
    if text not in ("true", "false"):
        raise BadInput(f"{name}={text!r} must be true or false")
    return text == "true"


def _hosts(environment: Mapping[str, str], name: str) -> frozenset[str]:
    hosts = frozenset(host.strip() for host in environment.get(name, "").split(",") if host.strip())
    for host in hosts:
        if "/" in host or len(host.split()) > 1:
            raise BadInput(f"{name}: {host!r} is not a host; give names or addresses with commas between them")
    return hosts


def _base_url(environment: Mapping[str, str], name: str, default: str) -> str:
    url = environment.get(name) or default
    if not _is_base_url(url):
        raise BadInput(f"{name} is not a base URL; one looks like {default}")  # what it is may hold a password
    return url.rstrip("/")


def _is_base_url(url: str) -> bool:
    """Whether a path can be put behind it."""
    if any(char.isspace() or char in "?#" for char in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False

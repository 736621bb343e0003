"""Settings that every way of running shares, read once from the environment by a composition root."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from mntreamer.domain.errors import BadInput, SettingMissing


@dataclass(frozen=True, slots=True)
class Settings:
    """`allowed_hosts` may be reached although their addresses are not public: for the simulated channel only.

    `public_playback` lets the published playlists be read without a token. `max_height` bounds the rendition that
    is picked, in pixels, for streamers without a setting of their own; None takes the best.
    """

    reconnect_window: timedelta = timedelta(minutes=5)
    max_height: int | None = None
    public_playback: bool = False
    allowed_hosts: frozenset[str] = frozenset()
    chzzk_api: str = "https://api.chzzk.naver.com"


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Reads `MNTREAMER_*`. What is not set keeps its documented default; what is set wrongly raises BadInput."""
    default = Settings()
    hosts = environment.get("MNTREAMER_ALLOWED_HOSTS", "")
    return Settings(
        reconnect_window=timedelta(
            seconds=_number(environment, "MNTREAMER_RECONNECT_WINDOW_S", default.reconnect_window.total_seconds())
        ),
        max_height=int(_number(environment, "MNTREAMER_MAX_HEIGHT", 0)) or None,
        public_playback=_flag(environment, "MNTREAMER_PUBLIC_PLAYBACK"),
        allowed_hosts=frozenset(host.strip() for host in hosts.split(",") if host.strip()),
        chzzk_api=environment.get("MNTREAMER_CHZZK_API", default.chzzk_api).rstrip("/"),
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


def _flag(environment: Mapping[str, str], name: str) -> bool:
    text = environment.get(name, "false").lower()
    if text not in ("true", "false"):
        raise BadInput(f"{name}={text!r} must be true or false")
    return text == "true"

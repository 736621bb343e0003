"""Every platform that there is, each behind its gate: both composition roots take them from here."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from mntreamer.platforms.chzzk import Chzzk
from mntreamer.platforms.chzzk_login import LoginSource, no_login
from mntreamer.platforms.gate import Gate
from mntreamer.ports import Clock, Platform, PlatformStates
from mntreamer.public_http.session import public_session
from mntreamer.settings import Settings


def all_platforms(
    settings: Settings,
    states: PlatformStates,
    clock: Clock,
    sleep: Callable[[float], None],
    chzzk_login: LoginSource,
) -> Mapping[str, Platform]:
    """By their names. `sleep` for seconds."""
    gate = Gate(Chzzk.name, states, clock, sleep, settings.chzzk_rate_per_s)
    login = chzzk_login if _is_private(settings.chzzk_api, settings.allowed_hosts) else no_login
    chzzk = Chzzk(public_session(settings.allowed_hosts), settings.chzzk_api, gate, login)
    return {chzzk.name: chzzk}


def _is_private(api: str, allowed_hosts: frozenset[str]) -> bool:
    """Whether a login may go there: nobody between reads along."""
    parts = urlsplit(api)
    return parts.scheme == "https" or parts.hostname in allowed_hosts

"""Every platform that there is, each behind its gate: both composition roots take them from here."""

from collections.abc import Callable, Mapping

from mntreamer.platforms.chzzk import Chzzk
from mntreamer.platforms.chzzk_login import LoginSource
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
    chzzk = Chzzk(public_session(settings.allowed_hosts), settings.chzzk_api, gate, chzzk_login)
    return {chzzk.name: chzzk}

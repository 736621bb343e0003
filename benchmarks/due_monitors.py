"""The tick as it really runs on one machine, on a database of nothing but due monitors."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from mntreamer.clock import utc_now
from mntreamer.domain.monitors.streamer import Streamer, streamer_id_of
from mntreamer.domain.playback_token import playback_key
from mntreamer.platforms.chzzk import Chzzk
from mntreamer.ports import Ports
from mntreamer.settings import Settings
from mntreamer.tick.tick import Tick, tick
from mntreamer.usecases.recordings.launch_recorder import NoLauncher
from mntreamer_local.composition import Machine
from mntreamer_local.files.chzzk_login_file import ChzzkLoginFile
from mntreamer_local.files.links import LinkSigner
from mntreamer_local.files.publishing_store import PublishingStore
from mntreamer_local.files.token_file import TokenFile
from mntreamer_local.files.webhooks_file import WebhooksFile
from mntreamer_local.sqlite.table import SqliteTable

_ALL = 1_000_000


@contextmanager
def due_monitors(api: str, channel_ids: Sequence[str], rate_per_s: float | None = None) -> Iterator[Ports]:
    """The ports on a new temporary folder in which these channels of the platform at `api` wait.

    All are due, the first one the longest. The platform's request rate is lifted unless one is given.
    """
    with tempfile.TemporaryDirectory(prefix="mntreamer-probe-") as folder:
        ports = _machine(Path(folder), api, rate_per_s).ports(NoLauncher())
        _add(Path(folder) / "mntreamer.db", channel_ids, utc_now())
        yield ports


def check_all(ports: Ports, within: timedelta = timedelta(hours=1)) -> Tick:
    """One tick: claim, probe and write each monitor that is due, in order, beginning none after that time."""
    now = ports.clock()
    return tick(ports, ports.monitors.due(now, _ALL), now + within)


def missed_once(ports: Ports) -> int:
    """How many monitors hold the outcome of exactly one look at a channel that was off air."""
    return sum(streamer.miss_count == 1 for streamer in ports.monitors.listed(_ALL))


def _machine(folder: Path, api: str, rate_per_s: float | None) -> Machine:
    """As the environment would set it up."""
    hosts = frozenset({str(urlsplit(api).hostname)})
    settings = Settings(allowed_hosts=hosts, chzzk_api=api, chzzk_rate_per_s=rate_per_s)
    token = TokenFile(folder / "token")
    links = LinkSigner(playback_key(token.current()), utc_now)
    login = ChzzkLoginFile(folder / "no-login.json")
    webhooks = WebhooksFile(folder / "no-webhooks.json", hosts)
    return Machine(folder, settings, token, links, PublishingStore(folder, links), login, webhooks)


def _add(database: Path, channel_ids: Sequence[str], now: datetime) -> None:
    table = SqliteTable(database, "monitors", Streamer, "streamer_id")
    with table.transaction() as connection:
        for number, channel_id in enumerate(channel_ids):
            late = timedelta(milliseconds=len(channel_ids) - number)
            table.insert_in(connection, due_streamer(channel_id, now - late))


def due_streamer(channel_id: str, now: datetime) -> Streamer:
    return Streamer(
        streamer_id=streamer_id_of(Chzzk.name, channel_id),
        platform=Chzzk.name,
        channel_id=channel_id,
        nickname=channel_id,
        channel_name=channel_id,
        added_at=now,
        check_at=now,
    )

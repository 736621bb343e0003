"""The composition root on one machine: everything lies below one folder."""

import os
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from time import sleep

import requests

from mntreamer.clock import utc_now
from mntreamer.domain.playback_token import playback_key
from mntreamer.platforms.all_platforms import all_platforms
from mntreamer.ports import Ports, RecorderLauncher
from mntreamer.public_http.session import public_session
from mntreamer.recorder.storing.workshop import Workshop, workshop
from mntreamer.settings import Settings, from_environment
from mntreamer.usecases.exports.no_exporters import NoExporters
from mntreamer_local.files.chzzk_login_file import ChzzkLoginFile
from mntreamer_local.files.links import LinkSigner
from mntreamer_local.files.publishing_store import PublishingStore
from mntreamer_local.files.token_file import TokenFile
from mntreamer_local.files.webhooks_file import WebhooksFile
from mntreamer_local.sqlite.monitors import SqliteMonitors
from mntreamer_local.sqlite.platform_states import SqlitePlatformStates
from mntreamer_local.sqlite.postings import SqlitePostings
from mntreamer_local.sqlite.recordings import SqliteRecordings
from mntreamer_local.sqlite.tick_reports import SqliteTickReports
from mntreamer_local.webhooks_poster import WebhooksPoster

# The console's page, in this checkout.
PAGE = Path(__file__).parents[3] / "layers/console/page"


@dataclass(frozen=True, slots=True)
class Machine:
    """What one folder holds, opened: the database, the media, the token, the login to CHZZK, the webhooks."""

    data: Path
    settings: Settings
    token: TokenFile
    links: LinkSigner
    store: PublishingStore
    chzzk_login: ChzzkLoginFile
    webhooks: WebhooksFile

    def ports(self, launcher: RecorderLauncher) -> Ports:
        database = self.data / "mntreamer.db"
        states = SqlitePlatformStates(database)
        return Ports(
            clock=utc_now,
            monitors=SqliteMonitors(database),
            recordings=SqliteRecordings(database),
            platform_states=states,
            tick_reports=SqliteTickReports(database),
            store=self.store,
            launcher=launcher,
            exporters=NoExporters(),
            platforms=all_platforms(self.settings, states, utc_now, sleep, self.chzzk_login),
            settings=self.settings,
        )

    def webhooks_poster(self) -> WebhooksPoster:
        """Tells webhooks what changes in the database."""
        postings = SqlitePostings(self.data / "mntreamer.db")
        return WebhooksPoster(postings, self.webhooks, public_session(self.settings.allowed_hosts), utc_now)

    def workshop(self) -> AbstractContextManager[Workshop]:
        """What all recordings share, for as long as they are made."""
        return workshop(self.data / "spool", self.settings.spool_memory_bytes, self.settings.spool_bytes)


def open_machine(data: Path) -> Machine:
    """Open the folder, which is made if it is not there; settings come from the environment."""
    token = TokenFile(data / "token")
    links = LinkSigner(playback_key(token.current()), utc_now)
    chzzk_login = ChzzkLoginFile(data.resolve() / "chzzk-login.json")
    settings = from_environment(os.environ)
    store = PublishingStore(data, links, settings.min_free_bytes, openly=settings.public_playback)
    return Machine(data.resolve(), settings, token, links, store, chzzk_login, _webhooks(data, settings))


def webhooks_of(data: Path) -> tuple[WebhooksFile, requests.Session]:
    """The webhooks in the folder, and the way to them; settings come from the environment."""
    settings = from_environment(os.environ)
    return _webhooks(data, settings), public_session(settings.allowed_hosts)


def _webhooks(data: Path, settings: Settings) -> WebhooksFile:
    return WebhooksFile(data.resolve() / "webhooks.json", settings.allowed_hosts)

"""The composition root on one machine: everything lies below one folder."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from mntreamer.clock import utc_now
from mntreamer.domain.playback_token import playback_key
from mntreamer.platforms.breaker import Breaker
from mntreamer.platforms.chzzk import Chzzk
from mntreamer.ports import Ports, RecorderLauncher
from mntreamer.public_http import public_session
from mntreamer.settings import Settings, from_environment
from mntreamer_local.links import LinkSigner
from mntreamer_local.process_launcher import OnExit, ProcessLauncher
from mntreamer_local.publishing_store import PublishingStore
from mntreamer_local.sqlite_monitors import SqliteMonitors
from mntreamer_local.sqlite_recordings import SqliteRecordings
from mntreamer_local.token_file import api_token

DATA = "MNTREAMER_DATA"


@dataclass(frozen=True, slots=True)
class Machine:
    """What one folder holds, opened: the database, the media, the token."""

    data: Path
    settings: Settings
    token: str
    links: LinkSigner
    store: PublishingStore

    def ports(self, launcher: RecorderLauncher) -> Ports:
        session = public_session(self.settings.allowed_hosts)
        chzzk = Breaker(Chzzk(session, self.settings.chzzk_api), utc_now)
        database = self.data / "mntreamer.db"
        return Ports(
            clock=utc_now,
            monitors=SqliteMonitors(database),
            recordings=SqliteRecordings(database),
            store=self.store,
            launcher=launcher,
            platforms={chzzk.name: chzzk},
            settings=self.settings,
        )

    def launcher(self, on_exit: OnExit) -> ProcessLauncher:
        command = [sys.executable, "-m", "mntreamer_local.recorder"]
        return ProcessLauncher(command, {DATA: str(self.data)}, on_exit)


def open_machine(data: Path) -> Machine:
    """Open the folder, which is made if it is not there; settings come from the environment."""
    token = api_token(data / "token")
    links = LinkSigner(playback_key(token), utc_now)
    return Machine(data.resolve(), from_environment(os.environ), token, links, PublishingStore(data, links))

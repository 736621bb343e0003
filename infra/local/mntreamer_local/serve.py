"""The one-machine server: the web, the ticking thread and the recorders, until it is told to stop."""

import logging
import signal
from ipaddress import ip_address
from pathlib import Path
from types import FrameType

from waitress.server import create_server

from mntreamer.api.door import Door
from mntreamer.api.routes import build_api
from mntreamer.domain.errors import BadInput
from mntreamer.usecases.settle_recording import settle_recording
from mntreamer_local.composition import open_machine
from mntreamer_local.log import log_for_people
from mntreamer_local.ticker import Ticker, settle_orphans
from mntreamer_local.web import WebApp

_THREADS = 16
_logger = logging.getLogger(__name__)


def serve(data: Path, host: str, port: int, *, asks_token: bool) -> None:
    """Serve until SIGINT or SIGTERM; recorders then finish what they have and leave.

    Raises BadInput if others than this machine could reach it without a token, OSError if the port is taken.
    """
    if not asks_token and not ip_address(host).is_loopback:
        raise BadInput(f"{host} can be reached from elsewhere: start with --token, so that the API asks for it")
    log_for_people()
    machine = open_machine(data)
    launcher = machine.launcher(lambda recording_id, generation: settle_recording(ports, recording_id, generation))
    ports = machine.ports(launcher)
    api = build_api(ports, Door(machine.token, is_asked=asks_token))
    public_files = machine.settings.public_playback
    app = WebApp(api, machine.store, machine.links, only_local=not asks_token, public_files=public_files)
    server = create_server(app, host=host, port=port, threads=_THREADS, ident="mntreamer")
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    settle_orphans(ports)
    ticker = Ticker(ports)
    ticker.start()
    try:
        server.run()  # returns at the interrupt
    finally:
        _logger.info("stopping: recorders finish what they have")
        ticker.stop()
        launcher.stop()
        server.close()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt

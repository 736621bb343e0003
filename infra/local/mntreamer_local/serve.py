"""The one-machine server: the web, the ticking thread and the recorders, until it is told to stop."""

import logging
import socket
from collections.abc import Callable
from functools import partial
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from mntreamer.api.door import Door
from mntreamer.api.routes import build_api
from mntreamer.domain.errors import BadInput
from mntreamer.ports import Ports
from mntreamer.usecases.measure_health import measure_health
from mntreamer.usecases.settle_recording import settle_recording
from mntreamer_local.composition import Machine, open_machine
from mntreamer_local.data_folder import only_server, usable
from mntreamer_local.hosts import address_of, netloc
from mntreamer_local.log import log_for_people
from mntreamer_local.process_launcher import ProcessLauncher
from mntreamer_local.prometheus import Metrics
from mntreamer_local.stop_signals import until_told_to_stop
from mntreamer_local.ticker import Ticker, settle_orphans
from mntreamer_local.web import WebApp

_THREADS = 16
_logger = logging.getLogger(__name__)


def serve(data: Path, host: str, port: int, *, asks_token: bool, say: Callable[[str], object]) -> None:
    """Serve until SIGINT or SIGTERM; recorders then finish what they have and leave.

    `say` is told where, once it listens. Raises BadInput, before anything is started, if others than this machine
    could reach it without a token, if the port is taken, and if the folder is unusable or another server's.
    """
    address = address_of(host)
    if not asks_token and not address.is_loopback:
        raise BadInput(f"{host} can be reached from elsewhere: start with --token, so that the API asks for it")
    log_for_people()
    with only_server(data), _listen(address, port) as listener:
        machine, ports, launcher = _open(data)
        ticker = Ticker(ports)
        app = _web(machine, ports, ticker, asks_token=asks_token)
        server = create_server(app, sockets=[listener], threads=_THREADS, ident="mntreamer")
        say(
            f"mntreamer is on http://{netloc(address, port)} and keeps everything in {machine.data} - Ctrl-C stops it"
        )
        with until_told_to_stop():
            _run(server, ports, ticker, launcher)


def _listen(address: IPv4Address | IPv6Address, port: int) -> socket.socket:
    family = socket.AF_INET if isinstance(address, IPv4Address) else socket.AF_INET6
    try:
        return socket.create_server((str(address), port), family=family)
    except OSError as error:
        raise BadInput(f"cannot listen on {netloc(address, port)}: {error.strerror}; choose another --port") from None


def _open(data: Path) -> tuple[Machine, Ports, ProcessLauncher]:
    with usable(data):
        machine = open_machine(data)
        machine.chzzk_login()  # one that cannot be used is said to whoever starts the server; later it stops nothing
        launcher = machine.launcher(lambda *ended: _settle(ports, *ended))
        ports = machine.ports(launcher)
    return machine, ports, launcher


def _settle(ports: Ports, recording_id: str, generation: int, exit_code: int) -> None:
    problem = f"the recorder's process ended with code {exit_code}" if exit_code else None
    settle_recording(ports, recording_id, generation, problem)


def _web(machine: Machine, ports: Ports, ticker: Ticker, *, asks_token: bool) -> WebApp:
    api = build_api(ports, Door(machine.token, is_asked=asks_token))
    public_files = machine.settings.public_playback
    metrics = Metrics(partial(measure_health, ports), ticker.outcomes)
    return WebApp(api, machine.store, machine.links, metrics, only_local=not asks_token, public_files=public_files)


def _run(server: MultiSocketServer | BaseWSGIServer, ports: Ports, ticker: Ticker, launcher: ProcessLauncher) -> None:
    try:
        settle_orphans(ports)
        ticker.start()
        server.run()  # returns at the interrupt
    finally:
        _logger.info("stopping: recorders finish what they have")
        ticker.stop()
        launcher.stop()
        server.close()

"""The one-machine server: the web, the ticking thread and the recorders, until it is told to stop."""

import logging
import os
import socket
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from mntreamer.api.console.console import Console
from mntreamer.api.current_api import CurrentApi
from mntreamer.api.door.door import Door
from mntreamer.api.routes import build_api
from mntreamer.api.wire.body import MAX_BODY_BYTES
from mntreamer.domain.errors import BadInput
from mntreamer.ports import Ports
from mntreamer.recorder.child.memory import give_back_large_bodies
from mntreamer.recorder.storing.keep import keep_left
from mntreamer.usecases.monitors.measure_health import measure_health
from mntreamer.usecases.recordings.launch_recorder import NoLauncher
from mntreamer_local.composition import PAGE, Machine, open_machine
from mntreamer_local.files.data_folder import only_server, usable
from mntreamer_local.files.open_files import allow_many_open_files
from mntreamer_local.hosts import address_of, netloc
from mntreamer_local.serving.exporters import with_exporters
from mntreamer_local.serving.log import log_for_people
from mntreamer_local.serving.prometheus import Metrics
from mntreamer_local.serving.recorder_threads import RecorderThreads
from mntreamer_local.serving.recorders import with_recorders
from mntreamer_local.serving.stop_signals import until_told_to_stop
from mntreamer_local.serving.sweeper import Sweeper, sweeps_of
from mntreamer_local.serving.ticker import Ticker, settle_orphans
from mntreamer_local.serving.web import WebApp
from mntreamer_local.webhooks_poster import POST_S

_THREADS = 16
# What is only a little too large gets the application's own answer.
_MOST_READ_BYTES = 2 * MAX_BODY_BYTES
# One on this machine that speaks TLS in front of the server: it says so, and who asks through it.
_PROXY = "127.0.0.1"
_FROM_THE_PROXY = {"x-forwarded-proto", "x-forwarded-for"}
_FINISH_WITHIN_S = 60.0  # a recorder that waits for a slow source needs 40
_logger = logging.getLogger(__name__)


def serve(data: Path, host: str, port: int, *, asks_token: bool, say: Callable[[str], object]) -> None:
    """Serve until SIGINT or SIGTERM; recorders then finish what they have and leave.

    `say` is told where, once it listens. Raises BadInput, before anything is started, if others than this machine
    could reach it without a token, if the port is taken, and if the folder is unusable or another server's; and
    SettingMissing where the page's packages are not there.
    """
    address = address_of(host)
    if not asks_token and not address.is_loopback:
        raise BadInput(f"{host} can be reached from elsewhere: start with --token, so that the API asks for it")
    console = Console(PAGE)
    console.require_complete()
    log_for_people()
    allow_many_open_files()
    give_back_large_bodies()
    with only_server(data), _listen(address, port) as listener, ExitStack() as opened:
        machine, ports, recorders = _open(data, opened)
        ticker = Ticker(ports)
        app = _web(machine, ports, ticker, console, asks_token=asks_token)
        server = create_server(
            app,
            sockets=[listener],
            threads=_THREADS,
            ident="mntreamer",
            asyncore_use_poll=True,  # select(2), which is the default, breaks at a thousand open files
            max_request_body_size=_MOST_READ_BYTES,
            trusted_proxy=_PROXY,
            trusted_proxy_headers=_FROM_THE_PROXY,
        )
        say(
            f"mntreamer is on http://{netloc(address, port)} and keeps everything in {machine.data} - Ctrl-C stops it"
        )
        telling = Sweeper([machine.webhooks_poster()], POST_S)
        with until_told_to_stop(), Sweeper(sweeps_of(ports)), telling:
            _run(server, ports, ticker, recorders)


def _listen(address: IPv4Address | IPv6Address, port: int) -> socket.socket:
    family = socket.AF_INET if isinstance(address, IPv4Address) else socket.AF_INET6
    try:
        return socket.create_server((str(address), port), family=family)
    except OSError as error:
        raise BadInput(f"cannot listen on {netloc(address, port)}: {error.strerror}; choose another --port") from None


def _open(data: Path, opened: ExitStack) -> tuple[Machine, Ports, RecorderThreads]:
    with usable(data):
        machine = open_machine(data)
        # What cannot be used is said to whoever starts the server; later it stops nothing.
        machine.chzzk_login()
        machine.webhooks()
        workshop = opened.enter_context(machine.workshop())
        keep_left(machine.store, workshop.spool)
        exporting = with_exporters(machine.ports(NoLauncher()), machine, opened)
        ports, recorders = with_recorders(exporting, workshop)
    return machine, ports, recorders


def _web(machine: Machine, ports: Ports, ticker: Ticker, console: Console, *, asks_token: bool) -> WebApp:
    api = CurrentApi(
        machine.token.current, lambda token: build_api(ports, Door(token, is_asked=asks_token), None, console)
    )
    public_files = machine.settings.public_playback
    metrics = Metrics(partial(measure_health, ports), ticker.outcomes)
    return WebApp(api, machine.store, machine.links, metrics, only_local=not asks_token, public_files=public_files)


def _run(
    server: MultiSocketServer | BaseWSGIServer, ports: Ports, ticker: Ticker, recorders: RecorderThreads
) -> None:
    try:
        settle_orphans(ports)
        ticker.start()
        server.run()  # returns at the interrupt
    finally:
        _logger.info("stopping: recorders finish what they have")
        recorders.finish()
        ticker.stop()
        server.close()
        _break_off(recorders.wait(_FINISH_WITHIN_S))


def _break_off(late: Sequence[str]) -> None:
    """End at once, as a crash would: no thread can be ended from outside, and all that is stored is safe."""
    for recorder in late:
        _logger.error("%s did not finish within %.0f s; the next start goes on with it", recorder, _FINISH_WITHIN_S)
    if late:
        logging.shutdown()
        os._exit(1)

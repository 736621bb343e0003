"""One server and one browser for all that is played."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from demo.server import Server, last_words_told
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.usecases.recordings.launch_recorder import NoLauncher
from mntreamer_local.composition import open_machine
from tests.playback.growing import Growing, new_recording
from tests.playback.viewer import pages_served


@pytest.fixture(scope="session")
def new(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Growing]]:
    """Makes an empty recording, which the server serves."""
    folder = tmp_path_factory.mktemp("served")
    numbers = count(1)
    server = Server({"MNTREAMER_DATA": str(folder / "data")}, folder / "log")
    with last_words_told(folder / "log"), server, Remuxer() as remuxer:
        ports = open_machine(folder / "data").ports(NoLauncher())
        yield lambda: new_recording(server.url, ports, remuxer, next(numbers))


@pytest.fixture(scope="session")
def pages_url() -> Iterator[str]:
    with pages_served() as url:
        yield url

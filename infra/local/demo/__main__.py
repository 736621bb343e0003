"""`python -m demo`. Exit codes: 0 all is there, 1 the verification failed, 2 something did not happen."""

import argparse
import os
import signal
import sys
import time
from pathlib import Path

from rich.console import Console

from demo.api import Api
from demo.demo_folder import emptied
from demo.failures import DidNotHappen, NotWhatWasBroadcast
from demo.outcome import Outcome, outcome
from demo.progress import Progress
from demo.server import Server, last_words_told
from demo.story import Story
from demo.verification import broadcast_of, compare, published_at
from simulated_channel import SimulatedChzzk

FOLDER = Path("demo-data")
DATA = FOLDER / "data"
LOG = FOLDER / "server.log"
RECONNECT_WINDOW_S = 5


def main() -> int:
    _usage().parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    os.environ["no_proxy"] = "127.0.0.1"  # FFmpeg and requests would ask a configured proxy for loopback, too
    try:
        with emptied(FOLDER), last_words_told(LOG):
            return _demo(keep=os.environ.get("KEEP") == "1")
    except NotWhatWasBroadcast as error:
        _complain(f"The verification failed: {error}")
        return 1
    except DidNotHappen as error:
        _complain(f"The demo broke off: {error}")
        return 2
    except KeyboardInterrupt:
        _complain("Ended")
        return 130


def _usage() -> argparse.ArgumentParser:
    return argparse.ArgumentParser(
        prog="python -m demo",
        description="A simulated channel goes live on loopback, is noticed, recorded and checked frame by frame. "
        f"Takes under two minutes and empties ./{FOLDER} first. The last line is one JSON object.",
        epilog="Set KEEP=1 to leave the server up afterwards, until Ctrl-C.",
    )


def _demo(*, keep: bool) -> int:
    with SimulatedChzzk(FOLDER / "channel") as chzzk, Server(_settings(chzzk.base_url), LOG) as server:
        found, complaints = _told_and_verified(chzzk, server)
        _say(_where_to_look(found, server.url if keep else None))
        _say(found.as_json())
        for complaint in complaints:
            _complain(f"The verification failed: {complaint}")
        if keep:
            _stay_up(server)
    return 1 if complaints else 0


def _where_to_look(found: Outcome, url: str | None) -> str:
    """`url` is the server's, if it stays up."""
    if url:
        return f"To look at: {found.playlist} and {url}/api/v1/recordings; Ctrl-C ends it"
    return f"To look at: play {found.playlist_path} in VLC or mpv, or KEEP=1 make demo"


def _stay_up(server: Server) -> None:
    """Returns at Ctrl-C. Raises DidNotHappen if the server ends before."""
    try:
        while True:
            server.check_running()
            time.sleep(1)
    except KeyboardInterrupt:
        _complain("Ended")


def _settings(chzzk_url: str) -> dict[str, str]:
    return {
        "MNTREAMER_DATA": str(DATA.absolute()),
        "MNTREAMER_CHZZK_API": chzzk_url,
        "MNTREAMER_ALLOWED_HOSTS": "127.0.0.1",
        "MNTREAMER_RECONNECT_WINDOW_S": str(RECONNECT_WINDOW_S),
    }


def _told_and_verified(chzzk: SimulatedChzzk, server: Server) -> tuple[Outcome, tuple[str, ...]]:
    """What was found, and what is wrong with it."""
    api = Api(server.url, server.check_running)
    with Progress(Console()) as progress:
        progress.happened(f"The server answers at {server.url}")
        told = Story(chzzk, api, progress).tell()
        progress.awaiting("decoding the published playlist from end to end")
        playlist_url = api.absolute(told.recording["playlist_url"])
        published = published_at(playlist_url)
        source, duration_s = broadcast_of(chzzk, told.channel_id)
        verdict = compare(source, duration_s, published)
        progress.happened(
            f"{len(published.frames.video)} of {len(source.frames.video)} pictures and "
            f"{len(published.frames.audio)} of {len(source.frames.audio)} frames of sound are published"
        )
    return outcome(told, published, verdict, playlist_url, DATA), verdict.complaints


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _complain(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())

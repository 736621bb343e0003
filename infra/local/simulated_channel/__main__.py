"""`python -m simulated_channel`: one channel that goes live after a while, and offline again, until Ctrl-C."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from simulated_channel.chzzk import SimulatedChzzk


def main() -> None:
    options = _options()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="simulated-channel-"))
    with SimulatedChzzk(folder, port=options.port) as chzzk:
        channel_id = chzzk.add_channel(options.nickname)
        _say(f"The API answers at {chzzk.base_url}; every segment is kept below {folder}")
        _say(f"{options.nickname} is channel {channel_id}; live in {options.live_after:g} s, Ctrl-C ends it")
        try:
            _broadcast(chzzk, channel_id, options)
        except KeyboardInterrupt:
            _say("Ended")


def _broadcast(chzzk: SimulatedChzzk, channel_id: str, options: argparse.Namespace) -> None:
    time.sleep(options.live_after)
    live_id = chzzk.go_live(channel_id, "Simulated broadcast", "talk")
    _say(f"Live as {live_id} for {options.live_for:g} s")
    time.sleep(options.live_for)
    chzzk.go_offline(channel_id)
    _say("Offline; the API keeps answering")
    while True:
        time.sleep(60)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m simulated_channel", description=__doc__)
    parser.add_argument("--port", type=int, default=8099, help="0 takes a free one (default: %(default)s)")
    parser.add_argument("--nickname", default="데모", help="the channel's name (default: %(default)s)")
    parser.add_argument("--live-after", type=float, default=10.0, metavar="SECONDS")
    parser.add_argument("--live-for", type=float, default=60.0, metavar="SECONDS")
    parser.add_argument("--folder", type=Path, help="where to keep the segments (default: a temporary folder)")
    return parser.parse_args()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

"""The ways to record that are compared: this recorder, one ffmpeg each, one streamlink with an ffmpeg each."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, Popen, TimeoutExpired
from typing import IO, Any

OURS = "mntreamer"
FFMPEG = "ffmpeg"
STREAMLINK = "streamlink"
_ENDS_WITHIN_S = 60.0


@dataclass(frozen=True, slots=True)
class Source:
    """Media playlists, and a file of the authorities that their host's certificate may come from."""

    urls: Sequence[str]
    trusted: Path


@dataclass(frozen=True, slots=True)
class Way:
    """`start` has media playlists recorded, each into its place in a folder, by processes that end at SIGTERM."""

    name: str
    start: Callable[[Source, Path], Sequence[Popen[bytes]]]


def all_ways(streamlink: Path) -> tuple[Way, ...]:
    """`streamlink` is its command."""
    return Way(OURS, _ours), Way(FFMPEG, _ffmpegs), Way(STREAMLINK, _Streamlinks(streamlink))


def place_of(number: int) -> str:
    """Where the recording of the playlist with this number lies in the folder."""
    return f"media/{number}/"


@contextmanager
def recording(way: Way, source: Source, folder: Path) -> Iterator[Sequence[Popen[bytes]]]:
    """The processes that record while the block runs, or until the source has ended."""
    processes = way.start(source, folder)
    try:
        yield processes
    finally:
        _end(processes)


def _ours(source: Source, folder: Path) -> Sequence[Popen[bytes]]:
    command = [sys.executable, "-m", "benchmarks.recorder.ours", str(folder), str(source.trusted), *source.urls]
    return [_popen(command)]


def _ffmpegs(source: Source, folder: Path) -> Sequence[Popen[bytes]]:
    return [_popen(_ffmpeg(url, folder, number)) for number, url in enumerate(source.urls)]


@dataclass(frozen=True, slots=True)
class _Streamlinks:
    command: Path

    def __call__(self, source: Source, folder: Path) -> Sequence[Popen[bytes]]:
        pairs = (self._pair(url, source.trusted, folder, number) for number, url in enumerate(source.urls))
        return [process for pair in pairs for process in pair]

    def _pair(self, url: str, trusted: Path, folder: Path, number: int) -> Sequence[Popen[bytes]]:
        command = [str(self.command), "--stdout", f"hls://{url}", "best"]
        trusting = os.environ | {"REQUESTS_CA_BUNDLE": str(trusted)}
        out_of, into = os.pipe()
        with os.fdopen(out_of) as reading, os.fdopen(into, "w") as writing:
            first = _popen(command, DEVNULL, stdout=writing, stderr=DEVNULL, env=trusting)  # it has much to say
            return first, _popen(_ffmpeg("pipe:0", folder, number), reading)


def _ffmpeg(source: str, folder: Path, number: int) -> list[str]:
    """It checks no certificate unless it is told to."""
    into = folder / place_of(number)
    into.mkdir(parents=True)
    pieces = ("-hls_time", "2", "-hls_list_size", "0", "-hls_segment_filename", f"{into}/%06d.ts")
    return ["ffmpeg", "-v", "fatal", "-i", source, "-c", "copy", "-f", "hls", *pieces, f"{into}/index.m3u8"]


def _popen(command: Sequence[str], stdin: IO[str] | int = DEVNULL, **options: Any) -> Popen[bytes]:
    return Popen(command, stdin=stdin, **options)  # noqa: S603 -- commands of our own


def _end(processes: Sequence[Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(_ENDS_WITHIN_S)
        except TimeoutExpired:
            process.kill()
            process.wait()

"""A recording that grows when a test says so, in the one-machine server's folder, and is edited through its API."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import requests

from mntreamer.domain.monitors.topic import topic_of
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.segments.bundling import Bundle, Fetched
from mntreamer.domain.segments.window import SourceSegment
from mntreamer.ports import Ports
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.storing.keep import Addressed
from mntreamer.recorder.storing.make import make
from mntreamer.usecases.recordings.close_recording import close_recording
from mntreamer.usecases.recordings.stored.ledger import Ledger
from mntreamer.usecases.recordings.stored.source import Source
from tests.contract.records import NOON, a_recording
from tests.faults.fingerprints import Fingerprints
from tests.faults.takes import SEGMENT_S, Container, Encoding, Piece, take_of

_SHOW = Encoding(1, width=320, height=180)
_TIMEOUT_S = 30


@dataclass
class Growing:
    """Segments of two seconds each; the pictures carry their number, counted from the recording's begin."""

    server_url: str
    ports: Ports
    remuxer: Remuxer
    recording: Recording
    _count: int = 0
    _source: Source = field(init=False)

    def __post_init__(self) -> None:
        assert self.ports.recordings.open(self.recording, NOON.date())
        self._source = Source(self.ports.store, self.recording.prefix)
        self._source.resume()

    def grow(self, count: int) -> None:
        """Store, list and publish so many more segments, as the recorder does."""
        for number in range(self._count, self._count + count):
            [part] = make(_bundle(number), self.remuxer).parts
            Addressed(self.recording.prefix, part.segment).keep(self.ports.store, part.body)
            self._source.append([part.segment], SEGMENT_S)
        self._source.write()
        self._count += count

    def becomes(self, title: str, at_s: float) -> None:
        """A chapter begins so many seconds after the recording; it is published with the next segment."""
        ledger = Ledger(self.ports.store, self.recording)
        ledger.note_topic(topic_of(title, "category"), NOON + timedelta(seconds=at_s))
        ledger.write(self.recording, self._source.listing.segments)

    def end(self) -> None:
        """The recording is over."""
        close_recording(self.ports, self.recording)

    def cut(self, begin_s: float, end_s: float) -> None:
        """Of the published timeline."""
        self._post("cuts", {"begin": begin_s, "end": end_s})

    def undo_cuts(self) -> None:
        requests.delete(f"{self._url}/cuts", timeout=_TIMEOUT_S).raise_for_status()

    def clip(self, begin_s: float, end_s: float) -> str:
        """The playlist's URL."""
        return str(self._post("clips", {"begin": begin_s, "end": end_s, "title": "a clip"})["playlist_url"])

    def share(self) -> tuple[str, str]:
        """The share's id and its URL."""
        share = self._post("shares", {"expires_in_s": 3600})
        return share["share_id"], share["url"]

    def revoke(self, share_id: str) -> None:
        requests.delete(f"{self._url}/shares/{share_id}", timeout=_TIMEOUT_S).raise_for_status()

    @property
    def playlist_url(self) -> str:
        """Where it is played just now, as the API says."""
        answer = requests.get(self._url, timeout=_TIMEOUT_S)
        answer.raise_for_status()
        return str(answer.json()["playlist_url"])

    @property
    def _url(self) -> str:
        return f"{self.server_url}/api/v1/recordings/{self.recording.recording_id}"

    def _post(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = requests.post(f"{self._url}/{what}", json=body, timeout=_TIMEOUT_S)
        answer.raise_for_status()
        answered: dict[str, Any] = answer.json()
        return answered


def new_recording(server_url: str, ports: Ports, remuxer: Remuxer, number: int) -> Growing:
    """Nothing is stored of it yet."""
    recording = a_recording(str(number), opened_at=NOON, n=number, prefix=f"media/chzzk/show/2026/11/22/{number}/")
    return Growing(server_url, ports, remuxer, recording)


def content_of(number: int) -> Fingerprints:
    """What was broadcast in that segment."""
    return _piece(number).content


def _piece(number: int) -> Piece:
    return take_of(_SHOW, Container.TS).pieces[number]


def _bundle(number: int) -> Bundle:
    listed = SourceSegment(number, "", float(SEGMENT_S), NOON + timedelta(seconds=number * SEGMENT_S))
    return Bundle(SegmentName(0, number, number), (Fetched(listed, _piece(number).body, b""),), discontinuity=False)

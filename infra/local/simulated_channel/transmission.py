"""A broadcast as it is made: in real time, in a thread of its own."""

import time
from datetime import timedelta
from itertools import count
from threading import Event, Thread

from simulated_channel.broadcast import FIRST_SEQUENCE, Broadcast, Segment
from simulated_channel.encoder import FRAMES_PER_SECOND, Encoder

_FLOWS_WITHIN_S = 20.0


class Transmission:
    """Fills the broadcast with segments from `start` to `stop`."""

    def __init__(self, broadcast: Broadcast) -> None:
        self._broadcast = broadcast
        self._stopping = Event()
        self._flowing_or_failed = Event()
        self._failure: Exception | None = None
        self._thread = Thread(target=self._run, name=f"broadcast {broadcast.live_id}", daemon=True)

    def start(self) -> None:
        """Returns once the first segment is there. Raises RuntimeError if none comes."""
        self._broadcast.folder.mkdir(parents=True)
        self._thread.start()
        came = self._flowing_or_failed.wait(_FLOWS_WITHIN_S)
        if self._failure or not came:
            raise RuntimeError("FFmpeg made no segment of the simulated broadcast") from self._failure

    def stop(self) -> None:
        """Returns once the last segment is there. Raises RuntimeError if the broadcast broke off before."""
        self._stopping.set()
        self._thread.join()
        if self._failure:
            raise RuntimeError("the simulated broadcast broke off") from self._failure

    def _run(self) -> None:
        try:
            self._transmit()
        except Exception as error:  # noqa: BLE001 - nobody above a thread can catch it: `start` and `stop` raise it
            self._failure = error
            self._flowing_or_failed.set()

    def _transmit(self) -> None:
        began_s = time.monotonic()
        with Encoder(self._broadcast.init.write_bytes, self._keep) as encoder:
            for number in count():
                shown_s = number / FRAMES_PER_SECOND
                if self._stopping.wait(max(0.0, began_s + shown_s - time.monotonic())):
                    break
                encoder.add_frame(self._broadcast.opened_at + timedelta(seconds=shown_s))
            encoder.finish()

    def _keep(self, fragment: bytes, frames: int) -> None:
        broadcast = self._broadcast
        sequence = FIRST_SEQUENCE + len(broadcast.segments)
        path = broadcast.folder / f"360p_{sequence}_{broadcast.live_id}.m4v"
        path.write_bytes(fragment)
        began = broadcast.opened_at + timedelta(seconds=sum(segment.duration_s for segment in broadcast.segments))
        broadcast.segments.append(Segment(sequence, path, frames / FRAMES_PER_SECOND, began))
        self._flowing_or_failed.set()

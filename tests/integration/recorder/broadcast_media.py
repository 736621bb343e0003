"""Real segments for an origin, made faster than they play; and the origin at its work."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Thread

from simulated_channel.encoder import SEGMENT_FRAMES, Encoder
from tests.integration.recorder.origin import Media, Origin


def encoded(segments: int) -> Media:
    inits: list[bytes] = []
    bodies: list[bytes] = []
    with Encoder(inits.append, lambda body, _frames: bodies.append(body)) as encoder:
        for _ in range(segments * SEGMENT_FRAMES):
            encoder.add_frame(datetime(2026, 11, 22, 12, 0, tzinfo=UTC))
        encoder.finish()
    return Media(inits[0], tuple(bodies))


@contextmanager
def at_work(origin: Origin) -> Iterator[None]:
    with origin:
        serving = Thread(target=origin.serve_forever, args=(0.01,))
        serving.start()
        yield
        origin.stopping.set()
        origin.shutdown()
        serving.join()

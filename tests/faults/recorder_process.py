"""`python -m tests.faults.recorder_process FOLDER PAGE SCALE RECORDING GENERATION HAND_OVER_S`: one to be killed.

It makes one generation of a recording that a desk has opened in FOLDER; its source is what PAGE shows. SIGTERM and
SIGINT ask it to leave, within HAND_OVER_S of the source's time.
"""

import logging
import signal
import sys
from dataclasses import replace
from pathlib import Path

from mntreamer.recorder.storing.workshop import workshop
from tests.faults.desk import Desk, pace_of, ports_at
from tests.faults.page import Page

_SPOOL_BYTES = 100_000_000


def main(folder: str, page: str, scale: str, recording_id: str, generation: str, hand_over_s: str) -> None:
    logging.disable()
    pace = replace(pace_of(float(scale)), hand_over_s=float(hand_over_s) / float(scale))
    desk = Desk(ports_at(Page(page), Path(folder)), pace, recording_id)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: desk.stop.set())
    with workshop(Path(folder) / "spool", _SPOOL_BYTES, _SPOOL_BYTES) as shared:
        desk.record(shared, int(generation))


if __name__ == "__main__":
    main(*sys.argv[1:])

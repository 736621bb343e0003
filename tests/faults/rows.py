"""The rows about the source: one segment every two seconds, five listed at a time, three of them at the first look.

A segment at position p is listed from 2·(p - 2) s on and for ten seconds.
"""

from dataclasses import replace

from tests.faults.broadcast import Stretch
from tests.faults.faults import Manner, init, playlist, segment, server
from tests.faults.row import Goodbye, Row
from tests.faults.takes import Container, Encoding

SECOND = Encoding(2)
SMALL = Encoding(3, width=128, height=72)
SMALL_IN_STEP = replace(SMALL, scene=4, start_s=14)
# Its timestamps pass 2^33 / 90,000 Hz = 95,443.7 s in the middle of its segment 10.
BEFORE_THE_WRAP = Encoding(5, start_s=2**33 // 90_000 - 20)

_SEGMENTS = (
    Row("segment 404 three times", faults=(segment(8, Manner.STATUS, times=3, status=404),)),
    Row("segment 404 for ever", faults=(segment(8, Manner.STATUS, status=404),)),
    Row("segment 503 three times", faults=(segment(8, Manner.STATUS, times=3, status=503),)),
    Row("segment 500 once", faults=(segment(8, Manner.STATUS, times=1, status=500),)),
    Row("segment reset midway", faults=(segment(8, Manner.RESET, times=2),)),
    Row("segment cut short", faults=(segment(8, Manner.CUT, times=2),)),
    Row("segment cut short, no length", faults=(segment(8, Manner.CUT_WITHOUT_LENGTH, times=2),)),
    Row("segment stalls midway", faults=(segment(8, Manner.STALL, times=1),)),
    Row("segment is an HTML page", faults=(segment(8, Manner.HTML, times=2),)),
    Row("segment is empty", faults=(segment(8, Manner.EMPTY, times=2),)),
)
_PLAYLISTS = (
    Row("playlist 503 for 6 s", faults=(playlist(9.5, 15.5, Manner.STATUS, status=503),)),
    Row("playlist 404 for 6 s", faults=(playlist(9.5, 15.5, Manner.STATUS, status=404),)),
    Row("playlist an HTML page for 4 s", faults=(playlist(9.5, 13.5, Manner.HTML),)),
    Row("playlist empty for 4 s", faults=(playlist(9.5, 13.5, Manner.EMPTY),)),
    Row("playlist truncated for 6 s", faults=(playlist(9.5, 15.5, Manner.TRUNCATED),)),
    Row("playlist cut short for 6 s", faults=(playlist(9.5, 15.5, Manner.CUT),)),
    Row("playlist silent for 4 s", faults=(playlist(9.5, 13.5, Manner.SILENCE),)),
    Row("playlist stale for 19 s", (Stretch(20),), (playlist(9.5, 28.4, Manner.STALE),)),
    Row("playlist gzipped", faults=(playlist(0.0, 1000.0, Manner.GZIP),)),
)
_SERVER = (
    Row("server gone for 7 s", faults=(server(9.5, 16.5, Manner.GONE),)),
    Row("server gone for 19 s", (Stretch(20),), (server(9.5, 28.4, Manner.GONE),)),
    Row("server silent for 5 s", faults=(server(9.5, 14.5, Manner.SILENCE),)),
    Row("token expires", faults=(server(9.5, 1000.0, Manner.EXPIRED),)),
    Row("token tells when it expires", token_lives_s=12.0),
)
_SEQUENCES = (
    Row("sequence falls back to 0", (Stretch(9), Stretch(9, SECOND, sequence=0))),
    Row("sequence falls back, undated", (Stretch(9), Stretch(9, SECOND, sequence=0)), dated=False),
    Row("sequences skipped", (Stretch(9), Stretch(3, begin=9, unlisted=True), Stretch(8, begin=12))),
    Row("segments marked as a gap", (Stretch(8), Stretch(2, begin=8, gap=True), Stretch(6, begin=10))),
    Row("segment listed twice", (Stretch(9), Stretch(1, begin=8, repeated=True), Stretch(7, begin=9))),
    Row(
        "segment listed twice, in two bundles", (Stretch(8), Stretch(1, begin=7, repeated=True), Stretch(8, begin=8))
    ),
    Row("sequence repeated for a look", faults=(playlist(10.0, 12.0, Manner.MISNUMBERED),)),
)
_ENCODERS = (
    Row("encoder restart, tagged", (Stretch(8), Stretch(9, SECOND, tagged=True))),
    Row("encoder restart, no tag", (Stretch(8), Stretch(9, SECOND))),
    Row("encoder restart, smaller", (Stretch(8), Stretch(9, SMALL, tagged=True))),
    Row("smaller picture, no tag", (Stretch(7), Stretch(9, SMALL_IN_STEP))),
    Row(
        "init changed, same name",
        (Stretch(8), Stretch(9, SMALL, tagged=True, same_init_name=True)),
        containers=(Container.FMP4,),
    ),
    Row("init missing at first", faults=(init(0, Manner.STATUS, times=3, status=404),), containers=(Container.FMP4,)),
    Row(
        "init missing for 9 s", faults=(init(0, Manner.STATUS, ends_s=8.5, status=404),), containers=(Container.FMP4,)
    ),
    Row("timestamps wrap at 33 bits", (Stretch(16, BEFORE_THE_WRAP),)),
)
_ENDS = (
    Row("ends with ENDLIST"),
    Row("ends frozen", goodbye=Goodbye.FROZEN),
    Row("ends, and all is gone", goodbye=Goodbye.VANISHED),
)
ROWS: tuple[Row, ...] = _SEGMENTS + _PLAYLISTS + _SERVER + _SEQUENCES + _ENCODERS + _ENDS

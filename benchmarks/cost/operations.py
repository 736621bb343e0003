"""What each thing that happens uses of AWS, as it was measured and as it is kept between measurements."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from benchmarks.cost.use import Use

FILE = Path(__file__).with_name("operations.json")
_DIGITS = 4
# A lease is renewed four times in what is measured: once more or less is chance.
_NOTICED_SHARE, _NOTICED = 0.3, 1.0


@dataclass(frozen=True, slots=True)
class Operations:
    """Each is the use of one: of a minute's tick and sweep, a miss, a recording's begin and end and what is told of
    them, a recorded hour, that hour's second recorder, a watched hour, a listing of the API's, a notice that a
    webhook takes, a try that it does not."""

    minute: Use
    miss: Use
    recording: Use
    recorded_hour: Use
    standby_hour: Use
    watched_hour: Use
    listing: Use
    posting: Use
    failed_try: Use


def read_operations() -> tuple[date, Operations]:
    """When it was measured, and what."""
    kept = json.loads(FILE.read_text())
    return date.fromisoformat(kept["measured"]), Operations(**kept["uses"])


def write_operations(measured: date, operations: Operations) -> None:
    uses = {name: _rounded(use) for name, use in asdict(operations).items()}
    FILE.write_text(json.dumps({"measured": measured.isoformat(), "uses": uses}, indent=2) + "\n")


def differences(kept: Operations, found: Operations) -> Iterator[str]:
    """What one would notice on a bill: each amount that is another by a third, and by one."""
    for name, of_kept in asdict(kept).items():
        of_found = asdict(found)[name]
        for what in sorted({*of_kept, *of_found}):
            was, now = of_kept.get(what, 0.0), of_found.get(what, 0.0)
            if abs(now - was) > max(_NOTICED_SHARE * was, _NOTICED):
                yield f"{name}: {what} is {now:g}, kept is {was:g}"


def _rounded(use: Mapping[str, float]) -> Use:
    return {name: round(amount, _DIGITS) for name, amount in sorted(use.items()) if amount}

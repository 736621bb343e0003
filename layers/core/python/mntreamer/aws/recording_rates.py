"""What AWS asks for a recording; `make cost-measure` writes the file from prices and measurements."""

import json
from importlib.resources import files

from mntreamer.domain.recordings.recording_cost import RecordingRates


def recording_rates(region: str) -> RecordingRates | None:
    """On demand, without the free tier; None for a region whose prices are not known."""
    rates = json.loads(files("mntreamer.aws").joinpath("recording_rates.json").read_text())
    return RecordingRates(**rates[region]) if region in rates else None

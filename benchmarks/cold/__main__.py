"""`python -m benchmarks.cold`: how long each function takes to start beside a bare boto3 handler, and its size.

Under Lambda's Python with the layers as they are built for it, if there is such a Python. The last line is JSON.
Progress on stderr. Exit codes: 0, or 2 for a wrong option.
"""

import argparse
import json
import platform
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rich.console import Console

from benchmarks.cold.starts import Interpreter, Start
from benchmarks.lambda_layers import FUNCTIONS, LAMBDA_PLATFORM, Layers, built, zipped_mb

BARE = Path(__file__).with_name("bare_handler")
# What each makes when it is called for the first time, short of asking AWS.
FIRST_CALLS = {
    BARE.name: "",
    "check_monitors": "app.checking_ports()",
    "check_share": "app.checking_ports()",
    "settle_recording": "app.checking_ports()",
    "publish_playlist": "app.media_store()",
    "purge_recordings": "app.serving_ports()",
    "notify": "app.event_bus()",
    "api": 'app.build_api(app.api_ports(), app.Door("token"), app.api_rates(), app.Console(app.PAGE))',
}
Starts = Mapping[str, Sequence[Start]]
_progress = Console(stderr=True, highlight=False)


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _usage().parse_args(arguments)
    with TemporaryDirectory() as folder:
        _progress.print("the layers are built")
        layers = built(Path(folder) / "lambda", asked.python, LAMBDA_PLATFORM)
        interpreter = _interpreter(asked.python, Path(folder))
        _progress.print(f"{len(FIRST_CALLS)} handlers are started {asked.rounds} times under {interpreter.version()}")
        starts = _starts(interpreter, asked.rounds)
        figures = figures_of(starts) | _of_layers(layers)
    print(_table(starts, figures))
    print(json.dumps(figures))
    return 0


def _usage() -> argparse.ArgumentParser:
    usage = argparse.ArgumentParser(prog="python -m benchmarks.cold", description=__doc__)
    usage.add_argument("--python", default="python3.13", help="Lambda's Python; default: python3.13")
    usage.add_argument("--rounds", type=int, default=21, help="of which the median counts; default: 21")
    return usage


def _interpreter(python: str, folder: Path) -> Interpreter:
    """Lambda's, or this one with the packages that it has."""
    version = Interpreter(python, ()).version()
    if version and version.startswith("Python 3.13."):
        layers = built(folder / "here", python, f"manylinux2014_{platform.machine()}")
        return Interpreter(python, [layers.deps / "python", layers.core / "python"])
    _progress.print(f"{python} is not Lambda's Python 3.13, so this one is measured: its figures are another's")
    return Interpreter(sys.executable, [Path(sysconfig.get_path("purelib"))])


def _starts(interpreter: Interpreter, rounds: int) -> Starts:
    """In turn, so that what else the machine does meets all of them."""
    starts: dict[str, list[Start]] = {name: [] for name in FIRST_CALLS}
    for _ in range(rounds):
        for name, first_call in FIRST_CALLS.items():
            folder = BARE if name == BARE.name else FUNCTIONS / name
            starts[name].append(interpreter.start(folder, first_call))
    return starts


def figures_of(starts: Starts) -> dict[str, dict[str, float]]:
    """`ready_ratio` counts what the first call makes, where the bare handler has made its client."""
    bare_s = _imported_s(starts[BARE.name])
    return {
        name: {
            "import_ratio": round(_imported_s(starts[name]) / bare_s, 2),
            "ready_ratio": round(_ready_s(starts[name]) / bare_s, 2),
            "zip_mb": round(zipped_mb(FUNCTIONS / name), 4),
        }
        for name in starts
        if name != BARE.name
    }


def _of_layers(layers: Layers) -> dict[str, dict[str, float]]:
    sizes = {"deps_layer": zipped_mb(layers.deps), "core_layer": zipped_mb(layers.core)}
    return {name: {"zip_mb": round(mb, 2)} for name, mb in (sizes | {"layers": sum(sizes.values())}).items()}


def _table(starts: Starts, figures: Mapping[str, Mapping[str, float]]) -> str:
    """Markdown."""
    head = "| | import, CPU ms | ready, CPU ms | zipped, MB |\n|---|--:|--:|--:|"
    rows = [f"| {name} | {_imported_s(of) * 1e3:.0f} | {_ready_s(of) * 1e3:.0f} | |" for name, of in starts.items()]
    sizes = [f"| {name} | | | {of['zip_mb']:.2f} |" for name, of in figures.items() if name not in starts]
    return "\n".join([head, *rows, *sizes])


def _imported_s(starts: Sequence[Start]) -> float:
    return median(start.imported_s for start in starts)


def _ready_s(starts: Sequence[Start]) -> float:
    return median(start.ready_s for start in starts)


if __name__ == "__main__":
    sys.exit(main())

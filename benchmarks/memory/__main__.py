"""`python -m benchmarks.memory`: what each function takes and costs with how much memory, on an emulator of AWS.

Lambda gives CPU by memory, a whole one at 1,769 MB; our functions use no second one. How long AWS lets a call wait is
assumed. The last line is JSON.
"""

import argparse
import json
import platform
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from benchmarks.cost.prices import read_prices
from benchmarks.lambda_layers import built
from benchmarks.memory.functions import Deployment, Function, deployment
from benchmarks.memory.scenes import MOST_DUE, Scene, notices, publications, requests, sweeps, ticks
from benchmarks.platform_server import platform_server

SIZES_MB = (128, 256, 512, 1024, 1769)
_MB_OF_A_CPU = 1769
_MB_PER_GB = 1024
_WAIT_S = 0.01
_PYTHON = Path(__file__).parents[2] / ".venv-emulator/bin/python"
_SCENES = {
    "check_monitors": ticks,
    "publish_playlist": publications,
    "api": requests,
    "purge_recordings": sweeps,
    "notify": notices,
}
_progress = Console(stderr=True, highlight=False)


def main(arguments: Sequence[str] | None = None) -> int:
    argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__).parse_args(arguments)
    with TemporaryDirectory() as folder, platform_server(MOST_DUE, latency_s=_WAIT_S) as chzzk:
        layers = built(Path(folder) / "layers", str(_PYTHON), f"manylinux2014_{platform.machine()}")
        with deployment(Path(folder), chzzk.base_url) as on:
            packages = [layers.deps / "python", layers.core / "python"]
            scenes = [scene for name in _SCENES for scene in _played(name, on, packages)]
    print(_table(scenes))
    print(json.dumps({f"{one.function}: {one.about}": _figures(one) for one in scenes}))
    return 0


def _played(name: str, on: Deployment, packages: Sequence[Path]) -> Iterator[Scene]:
    _progress.print(name)
    with Function(name, _PYTHON, packages, on.environment) as function:
        yield from _SCENES[name](function, on)


def duration_s(scene: Scene, size_mb: int) -> float:
    """At this memory, where each wait takes 10 ms."""
    return scene.used.cpu_s / min(size_mb / _MB_OF_A_CPU, 1.0) + scene.waits * _WAIT_S


def _millionths(scene: Scene, size_mb: int) -> float:
    """Of a dollar."""
    gb_s = duration_s(scene, size_mb) * size_mb / _MB_PER_GB
    return gb_s * read_prices("ap-northeast-2").of["lambda_gb_s"].dollars * 1e6


def _figures(scene: Scene) -> dict[str, float]:
    return {"cpu_ms": round(scene.used.cpu_s * 1e3), "peak_mib": round(scene.used.peak_bytes / 2**20)}


def _table(scenes: Sequence[Scene]) -> str:
    """Markdown: ms and millionths of a dollar at each size."""
    head = "| | | CPU ms | peak MiB |" + "".join(f" {size} MB |" for size in SIZES_MB)
    rows = [
        f"| {one.function} | {one.about} | {_figures(one)['cpu_ms']} | {_figures(one)['peak_mib']} |"
        + "".join(f" {duration_s(one, size) * 1e3:.0f} ms, {_millionths(one, size):.2f} |" for size in SIZES_MB)
        for one in scenes
    ]
    return "\n".join([head, "|---|---|--:|--:|" + "--:|" * len(SIZES_MB), *rows])


if __name__ == "__main__":
    sys.exit(main())

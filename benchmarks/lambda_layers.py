"""The layers as `sam build` makes them, and how large a folder is as it is uploaded."""

import os
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

ROOT = Path(__file__).parents[1]
FUNCTIONS = ROOT / "functions"
LAMBDA_PLATFORM = "manylinux2014_aarch64"


@dataclass(frozen=True, slots=True)
class Layers:
    """Folders, each as Lambda unpacks it below /opt."""

    deps: Path
    core: Path


def built(folder: Path, python: str, platform: str) -> Layers:
    """Below the folder, for this platform as pip names it; compiled by that Python, if there is one.

    Raises CalledProcessError where make or pip fails.
    """
    layers = Layers(folder / "deps", folder / "core")
    _make("build-DepsLayer", layers.deps, python, platform)
    _make("build-CoreLayer", layers.core, python, platform)
    return layers


def _make(target: str, into: Path, python: str, platform: str) -> None:
    into.mkdir(parents=True)
    told = {"ARTIFACTS_DIR": str(into), "LAMBDA_PYTHON": python, "LAYER_PLATFORM": platform}
    command = ["make", "--quiet", target]
    subprocess.run(command, cwd=ROOT / "layers" / into.name, env=os.environ | told, check=True, capture_output=True)  # noqa: S603 -- ours


def zipped_mb(folder: Path) -> float:
    """Millions of bytes, packed as SAM packs it."""
    with TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in sorted(folder.rglob("*")):
                packed.write(path, path.relative_to(folder))
        return file.tell() / 1e6

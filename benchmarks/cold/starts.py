"""A function's start in a fresh interpreter: its handler is imported, then what its first call makes is made."""

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.lambda_environment import function_environment

_CHILD = """
import json, time
began = time.process_time()
import app
imported = time.process_time()
{first_call}
ready = time.process_time()
print(json.dumps([imported - began, ready - began]))
"""


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds of CPU since the interpreter's own start."""

    imported_s: float
    ready_s: float


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python, and where it finds what the layers hold."""

    python: str
    packages: Sequence[Path]

    def start(self, function: Path, first_call: str) -> Start:
        """Of the handler in this folder. Raises CalledProcessError where it cannot be imported."""
        paths = os.pathsep.join(map(str, [function, *self.packages]))
        # Beside a layer nothing can be written.
        own = {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
        child = [self.python, "-s", "-c", _CHILD.format(first_call=first_call)]
        ran = subprocess.run(child, env=os.environ | function_environment() | own, check=True, stdout=subprocess.PIPE)  # noqa: S603 -- ours
        return Start(*json.loads(ran.stdout))

    def version(self) -> str | None:
        """None where it does not run."""
        try:
            ran = subprocess.run([self.python, "--version"], check=True, capture_output=True, text=True)  # noqa: S603 -- the user's own
        except (OSError, subprocess.CalledProcessError):
            return None
        return ran.stdout.strip()

"""A function's start in a fresh interpreter: its handler is imported, then what its first call makes is made."""

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cfnlint.decode.cfn_yaml import load  # type: ignore[import-untyped]

from benchmarks.cold_layers import ROOT

_CHILD = """
import json, time
began = time.process_time()
import app
imported = time.process_time()
{first_call}
ready = time.process_time()
print(json.dumps([imported - began, ready - began]))
"""
# Nobody is asked, and so nobody checks them.
_ACCOUNT = {
    "AWS_REGION": "ap-northeast-2",
    "AWS_DEFAULT_REGION": "ap-northeast-2",
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nothing",
}


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
        ran = subprocess.run(child, env=os.environ | deployed() | own, check=True, stdout=subprocess.PIPE)  # noqa: S603 -- ours
        return Start(*json.loads(ran.stdout))

    def version(self) -> str | None:
        """None where it does not run."""
        try:
            ran = subprocess.run([self.python, "--version"], check=True, capture_output=True, text=True)  # noqa: S603 -- the user's own
        except (OSError, subprocess.CalledProcessError):
            return None
        return ran.stdout.strip()


@cache
def deployed() -> dict[str, str]:
    """The environment that template.yaml gives to the functions: defaults, and names for what is yet to be made."""
    template = load(str(ROOT / "template.yaml"))
    functions = [body["Properties"] for body in template["Resources"].values() if "Function" in body["Type"]]
    told: dict[str, Any] = {}
    for one in (template["Globals"]["Function"], *functions):
        told |= one.get("Environment", {}).get("Variables", {})
    return _ACCOUNT | {name: _value(value, template["Parameters"]) for name, value in told.items()}


def _value(value: Any, parameters: Any) -> str:
    match value:
        case {"Ref": str(name)} if "Default" in parameters.get(name, {}):
            return str(parameters[name]["Default"])
        case str():
            return value
        case _:
            return "made-at-the-deployment"

"""The counts that bills are made of are those of the code as it is."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_what_is_kept_is_still_so() -> None:
    """`make cost-measure` counts anew, where a change was meant."""
    command = [sys.executable, "-m", "benchmarks.cost.measure", "--check"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=110)  # noqa: S603 -- itself
    assert (checked.returncode, checked.stderr.strip()) == (0, "operations.json says what is used")

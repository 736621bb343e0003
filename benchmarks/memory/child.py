"""A function's process: it answers each event on stdin with what the call took, on the descriptor that it is given.

`python memory_child.py DESCRIPTOR`, with the function's folder and the layers on PYTHONPATH; proc(5) tells the peak.
"""

import json
import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import app  # type: ignore[import-not-found]  # the function's

_CONTEXT = SimpleNamespace(
    function_name="function",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:ap-northeast-2:123456789012:function:function",
    aws_request_id="52fdfc07-2182-154f-163f-5f0f9a621d72",
    get_remaining_time_in_millis=lambda: 55_000,
)


def main(descriptor: int) -> None:
    with os.fdopen(descriptor, "w", buffering=1) as answers:
        for line in sys.stdin:
            print(json.dumps(_call(json.loads(line))), file=answers)


def _call(event: Any) -> dict[str, Any]:
    cpu_s, began = time.process_time(), time.monotonic()
    answer = app.handler(event, _CONTEXT)
    took = {"cpu_s": time.process_time() - cpu_s, "took_s": time.monotonic() - began}
    return {"answer": answer, "used": took | {"peak_bytes": _peak_bytes()}}


def _peak_bytes() -> int:
    """Of this process so far."""
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


main(int(sys.argv[1]))

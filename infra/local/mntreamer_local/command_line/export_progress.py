"""An export is waited for, with a bar on the terminal."""

import time
from typing import Any

from mntreamer.domain.exports.export import UNFINISHED, ExportStatus
from mntreamer_local.command_line.client import ApiClient, CallFailed
from mntreamer_local.command_line.exit_codes import ExitCode
from mntreamer_local.command_line.progress_bar import progress_bar

_ASK_EVERY_S = 1.0
_ALL_PERCENT = 100.0


def finished(api: ApiClient, path: str) -> Any:
    """The export at this path, once it can be downloaded. Raises CallFailed, also for one that has failed."""
    with progress_bar("making the file", _ALL_PERCENT) as advance:
        while True:
            export = api.call("GET", path)
            advance(export["progress_percent"])
            if export["status"] not in UNFINISHED:
                break
            time.sleep(_ASK_EVERY_S)
    if export["status"] != ExportStatus.DONE:
        raise CallFailed(f"the export is {export['status']}: {export['problem']}", ExitCode.REFUSED)
    return export

"""The paths of a recording in the API."""

from urllib.parse import quote

from mntreamer_local.command_line.client import ApiClient
from mntreamer_local.command_line.which_recording import LISTED, recording_id


def path_of(api: ApiClient, recording: str, *below: str) -> str:
    """That of the recording which the word means, or of what is below it.

    Raises what `recording_id` does.
    """
    return path_of_id(recording_id(api, recording, LISTED), *below)


def path_of_id(whole_id: str, *below: str) -> str:
    """The same of a whole recording_id."""
    parts = (quote(part, safe=":") for part in (whole_id, *below))
    return "/".join(["/recordings", *parts])

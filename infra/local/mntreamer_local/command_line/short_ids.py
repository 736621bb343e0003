"""The last part of a recording's id, which is what people type: `21334001` of `chzzk:7488…:21334001`."""


def short_id(recording_id: str) -> str:
    """The platform's own id of the live session, and the part behind a dot if it is not the first."""
    return recording_id.rpartition(":")[2]

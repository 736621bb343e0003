"""The two ways in which the demo fails."""

from mntreamer.domain.errors import MntreamerError


class DidNotHappen(MntreamerError):
    """Something that the story waits for did not come in time, or came otherwise."""

    code = "did_not_happen"


class NotWhatWasBroadcast(MntreamerError):
    """The published playlist lacks something of the broadcast, or has something else in it."""

    code = "not_what_was_broadcast"

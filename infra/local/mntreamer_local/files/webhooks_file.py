"""The webhooks of one machine: a file that only its owner can read, read anew for every use."""

from pathlib import Path

from mntreamer.domain.notifications.webhook import Webhook, webhooks_in
from mntreamer_local.files.owners_file import read_owners_file


class WebhooksFile:
    """The file at this path; only `allowed_hosts` may be told by plain http."""

    def __init__(self, path: Path, allowed_hosts: frozenset[str]) -> None:
        self._path = path
        self._allowed_hosts = allowed_hosts

    def __str__(self) -> str:
        return str(self._path)

    def __call__(self) -> tuple[Webhook, ...]:
        """Nobody where there is no file. Raises BadInput for one that others may open, or that holds no webhooks."""
        found = read_owners_file(self._path)
        return webhooks_in(found.content, str(self._path), self._allowed_hosts) if found else ()

"""What people say of notices on the command line."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import requests
import typer

from mntreamer.clock import utc_now
from mntreamer.domain.errors import NotDelivered, SettingMissing
from mntreamer.domain.notifications.notice import Notice, NoticeType
from mntreamer.domain.notifications.webhook import Webhook

commands = typer.Typer(no_args_is_help=True)
Data = Annotated[Path, typer.Option(envvar="MNTREAMER_DATA", help="Where the server keeps everything.")]


@commands.callback()
def _notices() -> None:
    """Webhooks are told what happens; DATA/webhooks.json lists them."""


@commands.command("test")
def post_test(data: Data = Path("data")) -> None:
    """Post a test message to every webhook now; exit code 1 where one does not take it."""
    from mntreamer_local.composition import webhooks_of  # noqa: PLC0415 -- other commands need nothing of the server

    webhooks, session = webhooks_of(data)
    listed = webhooks()
    if not listed:
        raise SettingMissing(f"{webhooks} lists no webhooks; docs/notifications.md says how")
    posted = [_is_posted(session, webhook, utc_now()) for webhook in listed]
    if not all(posted):
        raise typer.Exit(1)


def _is_posted(session: requests.Session, webhook: Webhook, now: datetime) -> bool:
    from mntreamer.webhooks.post_notice import post_notice  # noqa: PLC0415 -- likewise

    try:
        post_notice(session, webhook, Notice(NoticeType.TEST, "mntreamer notify test", now, {}), now)
    except NotDelivered as error:
        typer.echo(f"not delivered: {error}", err=True)
        return False
    typer.echo(f"webhook {webhook.name} took it")
    return True

"""The commands about shares: links that people are given, each of which can be revoked by itself."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, Any

import typer

from mntreamer_local.command_line.answering import Json, answer, local_now
from mntreamer_local.command_line.lifetimes import lifetime
from mntreamer_local.command_line.not_blank import not_blank
from mntreamer_local.command_line.quantities import moment
from mntreamer_local.command_line.recording_paths import path_of
from mntreamer_local.command_line.terminal import Table, show, show_table
from mntreamer_local.command_line.which_api import api_of
from mntreamer_local.command_line.which_recording import Recording

commands = typer.Typer()
command = partial(commands.command, rich_help_panel="Clips, exports, sharing")


@command(epilog="For example: mntreamer share 21334001 --for 12h, or: mntreamer share 21334001 --clip 4f2a91c07d3e")
def share(
    context: typer.Context,
    recording: Recording,
    clip: Annotated[
        str | None,
        typer.Option(metavar="CLIP", help="Only this clip, as 'mntreamer clips' shows it.", callback=not_blank),
    ] = None,
    lasting: Annotated[
        str, typer.Option("--for", metavar="TIME", help="How long it opens: 90m, 12h, 7d, 2w.")
    ] = "7d",
    *,
    as_json: Json = False,
) -> None:
    """Make a link that plays a recording or a clip without a login."""
    wish = {"expires_in_s": int(lifetime(lasting, "--for").total_seconds())}
    api = api_of(context)
    made = api.call("POST", path_of(api, recording, "shares"), wish | ({"clip_id": clip} if clip else {}))
    answer(made, lambda: _show([made]), as_json=as_json)


@command(epilog="For example: mntreamer shares 21334001")
def shares(context: typer.Context, recording: Recording, *, as_json: Json = False) -> None:
    """Show the links to a recording and its clips that are open."""
    api = api_of(context)
    listed = api.call("GET", path_of(api, recording, "shares"))
    answer(listed, lambda: _show(listed["shares"]), as_json=as_json)


@command(epilog="For example: mntreamer unshare 21334001 4f2a91c07d3e")
def unshare(
    context: typer.Context,
    recording: Recording,
    share_id: Annotated[
        str, typer.Argument(metavar="SHARE", help="As 'mntreamer shares' shows it.", callback=not_blank)
    ],
    *,
    as_json: Json = False,
) -> None:
    """Revoke a link: it opens nothing any more."""
    api = api_of(context)
    api.call("DELETE", path_of(api, recording, "shares", share_id))
    answer({"share_id": share_id}, lambda: show(f"share {share_id} is revoked"), as_json=as_json)


def _show(shares: Sequence[Mapping[str, Any]]) -> None:
    if not shares:
        show("nothing is shared")
        return
    rows = [
        (share["share_id"], share["clip_id"] or "all of it", moment(share["expires_at"], local_now()))
        for share in shares
    ]
    show_table(Table(("share", "of", "opens until"), rows), [f"  {share['url']}" for share in shares])

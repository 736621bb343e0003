"""`mntreamer import`: the streamers of mntreamer's original are watched by this machine's server."""

from pathlib import Path
from typing import Annotated

import typer

from mntreamer.usecases.monitors.import_original import import_original, streamers_in
from mntreamer.usecases.monitors.import_report import as_json as import_as_json
from mntreamer.usecases.monitors.import_report import bad_rows, summary
from mntreamer.usecases.monitors.import_tables import read_tables, zone_named
from mntreamer.usecases.recordings.launch_recorder import NoLauncher
from mntreamer_local.command_line.answering import Json, answer

commands = typer.Typer()


@commands.command("import")
def import_tables(
    folder: Annotated[Path, typer.Argument(help="Where the original's tables are, each as CSV.")],
    time_zone: Annotated[str, typer.Option(help="The one that the original's times are of: Asia/Seoul.")],
    data: Annotated[
        Path, typer.Option(envvar="MNTREAMER_DATA", help="Where the server keeps everything; it may run.")
    ] = Path("data"),
    *,
    check: Annotated[bool, typer.Option("--check", help="Write nothing, say what would be done.")] = False,
    as_json: Json = False,
) -> None:
    """Watch the streamers of mntreamer's original (Go, MySQL); exit code 1 where a row is bad."""
    from mntreamer_local.composition import open_machine  # noqa: PLC0415 -- the other commands need nothing of it

    zone = zone_named(time_zone)
    tables = read_tables(folder, zone)
    ports = open_machine(data).ports(NoLauncher())
    readable = streamers_in(tables, ports.platforms, zone, ports.clock())
    rows = len(readable.streamers) + len(readable.bad)
    importing = import_original(ports.monitors, readable, writes=not check)
    with typer.progressbar(importing, length=rows, label="Importing", file=typer.get_text_stream("stderr")) as shown:
        imported = list(shown)
    for line in bad_rows(imported):
        typer.echo(line, err=True)
    answer(import_as_json(imported), lambda: typer.echo(summary(imported, writes=not check)), as_json=as_json)
    if bad_rows(imported):
        raise typer.Exit(1)

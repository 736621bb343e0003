"""The exporters of a server, each a child process of it."""

import sys
from contextlib import ExitStack
from dataclasses import replace
from functools import partial

from mntreamer.ports import Ports
from mntreamer.usecases.exports.wait_to_export import wait_to_export
from mntreamer_local.composition import Machine
from mntreamer_local.serving.exporter_children import ExporterChildren


def with_exporters(ports: Ports, machine: Machine, opened: ExitStack) -> Ports:
    """The ports with a launcher of exporters, which end with `opened`."""
    command = [sys.executable, "-P", "-m", "mntreamer_local.serving.exporter", str(machine.data)]
    children = ExporterChildren(command, partial(wait_to_export, ports), machine.store.remove_abandoned)
    opened.callback(children.close)
    return replace(ports, exporters=children)

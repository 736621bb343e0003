import re
from io import StringIO

from rich.console import Console

from demo.progress import Progress


def test_without_a_terminal_there_is_one_dated_line_a_change() -> None:
    output = StringIO()
    with Progress(Console(file=output, force_terminal=False)) as progress:
        for left_s in (3, 2, 1):
            progress.awaiting("the channel to go live", f"in {left_s} s")
        progress.happened("The channel is live [really]")
        progress.awaiting("the channel to go live")
    lines = output.getvalue().splitlines()
    assert [line.split("  ", 1)[1] for line in lines] == [
        "… the channel to go live",
        "✓ The channel is live [really]",
        "… the channel to go live",
    ]
    assert all(re.match(r"\d\d:\d\d:\d\d  ", line) for line in lines)


def test_on_a_terminal_the_wait_is_a_live_line() -> None:
    output = StringIO()
    with Progress(Console(file=output, force_terminal=True, width=100)) as progress:
        progress.awaiting("the channel to go live", "in 3 s")
        progress.happened("The channel is live")
    assert "✓ The channel is live" in output.getvalue()
    assert "… the channel" not in output.getvalue()


def test_on_a_terminal_nothing_is_waited_for_once_it_has_happened() -> None:
    output = StringIO()
    with Progress(Console(file=output, force_terminal=True, width=100)) as progress:
        progress.awaiting("the recording to be finalised")
        progress.happened("The recording is closed")
        progress.awaiting("decoding the playlist")
    before, _, after = output.getvalue().partition("✓ The recording is closed")
    assert "the recording to be finalised" in before
    assert "the recording to be finalised" not in after
    assert "decoding the playlist" in after

"""`python -m benchmarks.playlist`, small."""

import json
from pathlib import Path

import av
import pytest

from benchmarks.playlist.__main__ import main
from benchmarks.playlist.mp4 import cut_mp4, make_mp4

SMALL = ["--hours", "1,2", "--rounds", "1", "--mp4-seconds", "4", "--segment-bytes", "1000"]


def test_the_last_line_is_what_it_costs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(SMALL) == 0

    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert set(figures) == {"cut_2h_ratio", "cut_2h_ms", "append_cpu_2h_vs_1h", "visible_s_2h"}
    assert all(figure > 0 for figure in figures.values())
    assert figures["visible_s_2h"] <= 12


@pytest.mark.parametrize("option", [["--hours", "0"], ["--hours", "1,x"], ["--rounds", "-1"]])
def test_a_wrong_option_is_refused(option: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(option)
    assert ended.value.code == 2


def test_an_mp4_is_cut_by_copying_what_is_kept(tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole.mp4", tmp_path / "cut.mp4"
    make_mp4(whole, 8)
    cut_mp4(whole, cut, 2, 4)

    assert (_pictures(whole), _pictures(cut)) == (8 * 60, 6 * 60)
    assert cut.stat().st_size == pytest.approx(whole.stat().st_size * 6 / 8, rel=0.05)


def _pictures(path: Path) -> int:
    with av.open(str(path), "r") as media:
        return sum(1 for _ in media.decode(video=0))

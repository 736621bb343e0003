import sys
from pathlib import Path

import pytest

from demo.__main__ import main


def test_asked_for_help_the_demo_does_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["demo", "--help"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert "KEEP=1" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []

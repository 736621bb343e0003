from benchmarks.playlist.appends import AppendCost
from benchmarks.playlist.edits import EditCost
from benchmarks.playlist.figures import append_table, edit_table, summary

EDITS = [
    EditCost(1, 0.02, 0.004, 0.003, 0.002, 0.001),
    EditCost(24, 0.5, 0.1, 0.08, 0.06, 0.04),
]
APPENDS = [
    AppendCost(1, cpu_s=2.0, playlists_cpu_s=0.5, requests=4801, playlists_bytes=57_000_000, visible_s=8.3),
    AppendCost(24, cpu_s=3.0, playlists_cpu_s=1.5, requests=4801, playlists_bytes=2_691_000_000, visible_s=12.0),
]


def test_the_last_line_is_of_the_longest_recording() -> None:
    assert summary(EDITS, APPENDS) == {
        "cut_24h_ratio": 0.2,
        "cut_24h_ms": 100.0,
        "append_cpu_24h_vs_1h": 1.5,
        "visible_s_24h": 12.0,
    }


def test_each_length_is_a_row() -> None:
    assert edit_table(EDITS, 0.01).splitlines()[2:] == [
        "| 1 | 20.0 | 4.0 | 3.0 | 2.0 | 1.0 | 36 |",
        "| 24 | 500.0 | 100.0 | 80.0 | 60.0 | 40.0 | 864 |",
    ]
    assert append_table(APPENDS).splitlines()[2:] == [
        "| 1 | 2.00 | 0.50 | 4,801 | 57 | 8.3 |",
        "| 24 | 3.00 | 1.50 | 4,801 | 2,691 | 12.0 |",
    ]

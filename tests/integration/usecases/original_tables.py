"""The original's tables in a folder, as it has them: of two streamers, of whom one was recorded."""

from pathlib import Path

A, B, C = "a" * 32, "b" * 32, "c" * 32
PLATFORM = "id,name\n1,chzzk\n"
STREAMER_COLUMNS = (
    "platform_id,id,nickname,channel_id,channel_name,is_streaming,status,priority,recorded,"
    "last_recorded_at,last_stream_at"
)
STREAMERS = (
    f"1,1,예시,{A},예시 채널,0,0,5,2,2026-11-20 21:00:00.000,2026-11-20 21:00:00.000",
    f"1,2,other,{B},other,0,0,0,0,2026-11-01 09:00:00.000,2026-11-01 09:00:00.000",
)
# NOON of the tests is twelve o'clock in Seoul.
MONITORS = (
    "platform_id,streamer_id,check_at,miss_count\n1,1,2026-11-22 12:30:00.000,30\n1,2,2026-11-22 11:00:00.000,3\n"
)
RECORDS = (
    "platform_id,streamer_id,status,date,sequence\n"
    "1,1,0,2026-11-18,0\n1,1,8,2026-11-18,1\n1,1,0,2026-11-20 00:00:00.000,0\n"
)


def streamer_table(*rows: str) -> str:
    return "\n".join([STREAMER_COLUMNS, *rows]) + "\n"


def put_tables(folder: Path, **tables: str) -> Path:
    """Those that are given, the others as they are above."""
    usual = {
        "platform": PLATFORM,
        "streamer": streamer_table(*STREAMERS),
        "streamer_monitor": MONITORS,
        "media_record": RECORDS,
    }
    for name, text in (usual | tables).items():
        (folder / f"{name}.csv").write_bytes(text.encode())
    return folder

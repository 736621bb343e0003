"""A row and how it is recorded: what the table has a line for."""

from dataclasses import dataclass

from tests.faults.performance import SPEED, TURNS, Speed
from tests.faults.row import Row
from tests.faults.stage import Staging, alone


@dataclass(frozen=True)
class Trial:
    """It is made in each of the row's containers, `turns` times."""

    row: Row
    staging: Staging = alone
    speed: Speed = SPEED
    turns: int = TURNS

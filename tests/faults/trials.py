"""All that the table has a line for."""

from tests.faults.platform_trials import PLATFORM_TRIALS
from tests.faults.process_trials import HAND_OVER_TRIALS, INTERRUPTED_TRIALS, PROCESS_TRIALS
from tests.faults.rows import ROWS
from tests.faults.standby_trials import STANDBY_PROCESS_TRIALS, STANDBY_TRIALS
from tests.faults.store_trials import STORE_TRIALS
from tests.faults.trial import Trial

# With how many recordings of a kind a small machine can make at once; where each is a process, fewer.
KINDS: tuple[tuple[tuple[Trial, ...], int], ...] = (
    (tuple(map(Trial, ROWS)), 10),
    (STORE_TRIALS + PLATFORM_TRIALS, 10),
    (PROCESS_TRIALS, 6),
    (INTERRUPTED_TRIALS, 5),
    (HAND_OVER_TRIALS + STANDBY_PROCESS_TRIALS, 5),
    (STANDBY_TRIALS, 10),
)
TRIALS = tuple(trial for trials, _ in KINDS for trial in trials)

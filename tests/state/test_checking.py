"""Exactly once, and nobody forgotten: whatever happens in whatever order, on every kind of tables."""

import logging
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import boto3
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from moto import mock_aws

from mntreamer.aws.clients import CONFIG
from tests.contract.aws_rules import keep_expression_rules
from tests.state.machine import Checking
from tests.state.tables import Tables, tables_in_dynamodb, tables_in_memory, tables_in_sqlite

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

# The same sequences each time, so that a failure is the change's; `make test-full` looks for new ones.
FULL = "MNTREAMER_TEST_FULL" in os.environ
TIMES: Final = 10 if FULL else 1
STEPS = 40


@pytest.fixture
def dynamodb() -> "Iterator[DynamoDBClient]":
    """One for all sequences."""
    with mock_aws():
        client = boto3.client("dynamodb", region_name="ap-northeast-2", config=CONFIG)
        keep_expression_rules(client)
        yield client


@pytest.fixture(autouse=True)
def _no_log() -> Iterator[None]:
    """Failures are what these sequences are made of."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.timeout(600 * TIMES)
class TestChecking:
    def test_in_dynamodb(self, dynamodb: "DynamoDBClient") -> None:
        _happens(partial(tables_in_dynamodb, dynamodb), 40)

    def test_in_memory_with_an_index_that_lags(self) -> None:
        _happens(tables_in_memory, 2000)

    def test_in_sqlite(self, tmp_path: Path) -> None:
        _happens(partial(tables_in_sqlite, tmp_path), 300)


def _happens(new_tables: Callable[[], Tables], sequences: int) -> None:
    """So many sequences of events happen, each on new tables, by one schedule or the other."""
    begun: list[Tables] = []

    class CheckingOnNewTables(Checking):
        def __init__(self) -> None:
            begun.append(new_tables())
            super().__init__(begun[-1])

    run_state_machine_as_test(
        CheckingOnNewTables,
        settings=settings(
            max_examples=sequences * TIMES,
            derandomize=not FULL,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
    assert len(begun) >= sequences * TIMES

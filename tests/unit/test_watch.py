"""What watches: the dashboard and the alarms name what really is measured, and each alarm says what to do."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from cfnlint.decode.cfn_yaml import load  # type: ignore[import-untyped]

from benchmarks.cost.model import kept_model
from mntreamer.aws.metrics import emit, emit_flow, emit_launch_delay, emit_settled
from mntreamer.aws.recording_rates import recording_rates
from mntreamer.domain.monitors.check import Check, Outcome
from mntreamer.domain.monitors.due import Due
from mntreamer.domain.monitors.platform_state import PlatformState
from mntreamer.domain.recordings.flow import Flow
from mntreamer.platforms.all_platforms import all_platforms
from mntreamer.settings import Settings
from mntreamer.tick.tick import Tick
from tests.contract.records import NOON

ROOT = Path(__file__).parents[2]
TEMPLATE: dict[str, Any] = load(str(ROOT / "template.yaml"))
RECORDER: dict[str, Any] = load(str(ROOT / "infra/recorder.yaml"))
WATCH: dict[str, Any] = load(str(ROOT / "infra/watch.yaml"))
RESOURCES = TEMPLATE["Resources"] | RECORDER["Resources"]
OPERATIONS = (ROOT / "docs/operations.md").read_text()
HOME = "ap-northeast-2"
APP = "mntreamer"

# What AWS measures by itself, of those that are used here: by name, with its dimensions.
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html
OF_AWS = {
    ("AWS/Lambda", "Errors"): {"FunctionName"},
    ("AWS/Lambda", "Invocations"): {"FunctionName"},
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible"): {"QueueName"},
    ("AWS/ApiGateway", "4xx"): {"ApiId"},
    ("AWS/ApiGateway", "5xx"): {"ApiId"},
    ("AWS/S3", "BucketSizeBytes"): {"BucketName", "StorageType"},
    ("AWS/DynamoDB", "ConsumedWriteCapacityUnits"): {"TableName"},
}


class Metric(NamedTuple):
    namespace: str
    name: str
    dimensions: frozenset[tuple[str, str]]


def of_type(kind: str, resources: Mapping[str, Any] = WATCH["Resources"]) -> dict[str, Any]:
    return {name: body["Properties"] for name, body in resources.items() if body["Type"] == kind}


ALARMS = of_type("AWS::CloudWatch::Alarm")


def told(name: str) -> str:
    """What the root's template gives for a parameter of the watch, as a text that tests can compare."""
    return json.dumps(TEMPLATE["Resources"]["Watch"]["Properties"]["Parameters"][name])


def substituted(sub: Any) -> str:
    """What `!Sub` makes of a text, with its parameters by name."""
    text, values = sub if isinstance(sub, list) else (sub, {})
    known = {"App": APP, "RecorderLog": f"/ecs/{APP}-recorder", "AWS::Region": HOME, **values}
    return re.sub(r"\$\{([\w:]+)\}", lambda found: str(known.get(found[1], f"<{found[1]}>")), text)


def body() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        substituted(WATCH["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"])
    )
    return found


def widgets(kind: str) -> list[dict[str, Any]]:
    return [widget for widget in body()["widgets"] if widget["type"] == kind]


def entries() -> Iterator[list[Any]]:
    for widget in widgets("metric"):
        yield from widget["properties"]["metrics"]


def on_the_dashboard() -> set[Metric]:
    named = [[part for part in entry if isinstance(part, str)] for entry in entries() if isinstance(entry[0], str)]
    return {Metric(one[0], one[1], frozenset(zip(one[2::2], one[3::2], strict=True))) for one in named}


def alarming() -> set[Metric]:
    return {
        Metric(
            _namespace(alarm["Namespace"]),
            alarm["MetricName"],
            frozenset((named["Name"], _value(named["Value"])) for named in alarm["Dimensions"]),
        )
        for alarm in ALARMS.values()
    }


def _namespace(said: Any) -> str:
    return APP if said == {"Ref": "App"} else str(said)


def _value(value: Any) -> str:
    return f"<{value['Ref']}>" if isinstance(value, dict) else str(value)


@pytest.fixture
def emitted(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> set[Metric]:
    """All that the code ever emits, read from what it writes."""
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", APP)
    unused: Any = None
    platforms = dict.fromkeys(all_platforms(Settings(), unused, unused, unused, unused))
    ports: Any = SimpleNamespace(
        platforms=platforms, clock=lambda: NOON, platform_states=SimpleNamespace(get=PlatformState)
    )
    for name in platforms:
        check = Check(name, Outcome.OPENED, detection_delay_s=1.0)
        emit(ports, Tick({Due(f"{name}:1", name, 0, 0, NOON): check}, NOON, NOON))
        emit_flow({name: Flow()})
        emit_settled(check)
        emit_launch_delay(name, timedelta(seconds=60))
    return {metric for line in capsys.readouterr().out.splitlines() for metric in _in(json.loads(line))}


def _in(document: dict[str, Any]) -> Iterator[Metric]:
    for directive in document["_aws"]["CloudWatchMetrics"]:
        [names] = directive["Dimensions"]
        dimensions = frozenset((name, document[name]) for name in names)
        for metric in directive["Metrics"]:
            yield Metric(directive["Namespace"], metric["Name"], dimensions)


def is_of_aws(metric: Metric) -> bool:
    return OF_AWS.get((metric.namespace, metric.name)) == {name for name, _ in metric.dimensions}


class TestMetrics:
    def test_all_that_is_shown_and_alarmed_of_is_measured(self, emitted: set[Metric]) -> None:
        assert [
            metric for metric in on_the_dashboard() | alarming() if metric not in emitted and not is_of_aws(metric)
        ] == []

    def test_each_stack_has_its_own(self) -> None:
        """Else the ticks of one would hide that another's have stopped."""
        [container] = RECORDER["Resources"]["TaskDefinition"]["Properties"]["ContainerDefinitions"]
        [of_the_recorder] = [one for one in container["Environment"] if one["Name"] == "POWERTOOLS_METRICS_NAMESPACE"]
        of_the_functions = TEMPLATE["Globals"]["Function"]["Environment"]["Variables"]["POWERTOOLS_METRICS_NAMESPACE"]
        given = TEMPLATE["Resources"]["Recorder"]["Properties"]["Parameters"]["MetricsNamespace"]
        assert of_the_recorder["Value"] == {"Ref": "MetricsNamespace"}
        assert json.loads(told("App")) == of_the_functions == given == {"Ref": "AWS::StackName"}

    def test_all_that_is_paid_for_is_shown(self, emitted: set[Metric]) -> None:
        assert emitted - on_the_dashboard() == set()

    def test_the_bill_counts_them(self, emitted: set[Metric]) -> None:
        assert kept_model().assumed["standing"]["metrics"] == len(emitted)

    def test_what_is_counted_by_aws_is_of_what_is_deployed(self) -> None:
        values = {
            value.strip("<>")
            for one in on_the_dashboard() | alarming()
            if is_of_aws(one)
            for _, value in one.dimensions
        }
        assert values - {"StandardStorage"} <= WATCH["Parameters"].keys()


class TestDashboard:
    def test_it_answers_four_questions_in_their_order(self) -> None:
        headings = [widget["properties"]["markdown"].splitlines()[0] for widget in widgets("text")]
        assert headings == [
            "## 1. Is anything live and not being recorded?",
            "## 2. Are we being blocked?",
            "## 3. What failed?",
            "## 4. What does it cost?",
        ]
        first = min(widgets("metric"), key=lambda widget: (widget["y"], widget["x"]))
        assert {entry[1] for entry in first["properties"]["metrics"]} == {"unrecorded", "stalled"}

    def test_no_widget_covers_another(self) -> None:
        taken: set[tuple[int, int]] = set()
        for one in body()["widgets"]:
            cells = {(one["x"] + x, one["y"] + y) for x in range(one["width"]) for y in range(one["height"])}
            assert not taken & cells
            assert one["x"] + one["width"] <= 24
            taken |= cells

    def test_its_arithmetic_is_of_what_it_shows(self) -> None:
        for widget in widgets("metric"):
            options = [entry[-1] for entry in widget["properties"]["metrics"]]
            ids = {option["id"] for option in options if "id" in option}
            for expression in (option["expression"] for option in options if "expression" in option):
                assert set(re.findall(r"[a-z]\w*", expression)) == ids

    def test_its_prices_are_those_that_the_api_tells(self) -> None:
        _, prices = WATCH["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
        rates = recording_rates(HOME)
        assert rates
        assert float(prices["RecordedHour"]) == pytest.approx(rates.hour, rel=0.1)
        assert float(prices["GigabyteMonth"]) == rates.gigabyte_month

    def test_its_queries_read_logs_that_are_there(self) -> None:
        read = {
            name
            for widget in widgets("log")
            for name in re.findall(r"SOURCE '([^']+)'", widget["properties"]["query"])
        }
        assert read
        assert read <= log_groups()


class TestAlarms:
    @pytest.mark.parametrize("name", ALARMS)
    def test_each_says_what_to_do_and_operations_has_more(self, name: str) -> None:
        section = re.search(r'See "([^"]+)" in docs/operations.md\.$', ALARMS[name]["AlarmDescription"])
        assert section
        assert f"\n### {section[1]}\n" in OPERATIONS
        assert f"`{name}`" in OPERATIONS.partition(f"\n### {section[1]}\n")[2].partition("\n### ")[0]

    def test_operations_speak_of_no_other(self) -> None:
        of_alarms = OPERATIONS.partition("\n## What an alarm means\n")[2].partition("\n## ")[0]
        sections = set(re.findall(r"^### (.+)$", of_alarms, re.MULTILINE))
        described = {re.findall(r'"([^"]+)"', alarm["AlarmDescription"])[0] for alarm in ALARMS.values()}
        assert sections == described | {"The budget"}

    @pytest.mark.parametrize("name", ALARMS)
    def test_each_tells_when_it_begins_and_when_it_is_over(self, name: str) -> None:
        alarm = ALARMS[name]
        assert alarm["AlarmName"] == {"Fn::Sub": f"${{App}}-{name}"}
        assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": "Alarms"}]

    def test_silence_is_alarming_where_ticks_would_speak_and_nowhere_else(self) -> None:
        breaching = [name for name, alarm in ALARMS.items() if alarm["TreatMissingData"] != "notBreaching"]
        assert breaching == ["TicksMissed"]
        ticks = ALARMS["TicksMissed"]
        assert (ticks["Statistic"], ticks["MetricName"]) == ("SampleCount", "recording")
        assert ticks["Threshold"] < ticks["Period"] / 60

    def test_every_function_and_every_queue_for_what_failed_has_one(self) -> None:
        watched = {value.strip("<>") for metric in alarming() for _, value in metric.dimensions}
        functions = {name for name, body in RESOURCES.items() if body["Type"] == "AWS::Serverless::Function"}
        queues = {name for name in RESOURCES if RESOURCES[name]["Type"] == "AWS::SQS::Queue"} - {"CheckQueue"}
        assert functions | queues <= watched
        for name in functions:
            assert told(name) == json.dumps({"Ref": name})
        for name in queues:
            assert told(name) == json.dumps({"Fn::GetAtt": [name, "QueueName"]})

    def test_the_back_off_alone_raises_no_alarm(self) -> None:
        longest_step = timedelta(minutes=50)
        assert timedelta(seconds=ALARMS["DetectionDelay"]["Threshold"]) > longest_step


class TestLogs:
    @pytest.mark.parametrize("name", of_type("AWS::Logs::LogGroup", RESOURCES))
    def test_none_is_kept_for_ever(self, name: str) -> None:
        assert RESOURCES[name]["Properties"]["RetentionInDays"] == {"Ref": "LogRetentionDays"}

    def test_every_function_and_task_has_its_own(self) -> None:
        functions = of_type("AWS::Serverless::Function", RESOURCES)
        groups = [function["LoggingConfig"]["LogGroup"]["Ref"] for function in functions.values()]
        tasks = of_type("AWS::ECS::TaskDefinition", RESOURCES)
        options = [task["ContainerDefinitions"][0]["LogConfiguration"]["Options"] for task in tasks.values()]
        assert sorted(groups) == sorted(set(groups))
        assert {*groups, "Log", "AccessLog"} == of_type("AWS::Logs::LogGroup", RESOURCES).keys()
        assert [option["awslogs-group"] for option in options] == [{"Ref": "Log"}] * len(tasks)

    def test_a_recording_is_looked_for_in_all_of_them(self) -> None:
        query = of_type("AWS::Logs::QueryDefinition")["FollowRecording"]
        assert {substituted_name(name) for name in query["LogGroupNames"]} == log_groups() - {
            f"/aws/vendedlogs/{APP}/access"
        }
        assert 'correlation_id = "media/chzzk/' in query["QueryString"]

    @pytest.mark.parametrize("name", of_type("AWS::Logs::QueryDefinition"))
    def test_saved_queries_read_logs_that_are_there(self, name: str) -> None:
        query = of_type("AWS::Logs::QueryDefinition")[name]
        assert {substituted_name(group) for group in query["LogGroupNames"]} <= log_groups()


def log_groups() -> set[str]:
    names = [group["LogGroupName"]["Fn::Sub"] for group in of_type("AWS::Logs::LogGroup", RESOURCES).values()]
    return {name.replace("${AWS::StackName}", APP).replace("${Family}", f"{APP}-recorder") for name in names}


def substituted_name(name: Any) -> str:
    return substituted(name["Fn::Sub"]) if "Fn::Sub" in name else substituted(f"${{{name['Ref']}}}")


class TestStack:
    def test_it_is_told_all_that_it_asks_for_and_nothing_else(self) -> None:
        given = TEMPLATE["Resources"]["Watch"]["Properties"]["Parameters"]
        assert given.keys() == WATCH["Parameters"].keys()
        assert given["RecorderLog"] == {"Fn::GetAtt": ["Recorder", "Outputs.Log"]}
        assert RECORDER["Outputs"]["Log"]["Value"] == {"Ref": "Log"}

    def test_the_topic_is_there_for_whoever_subscribes_and_mail_and_budget_if_wanted(self) -> None:
        conditions = {
            name: body.get("Condition") for name, body in WATCH["Resources"].items() if body.get("Condition")
        }
        assert conditions == {"AlarmsByEmail": "TellsByEmail", "Budget": "HasBudget"}
        assert TEMPLATE["Parameters"]["AlarmEmail"]["Default"] == ""
        assert TEMPLATE["Parameters"]["BudgetDollars"]["Default"] == 0

    def test_what_has_one_name_in_all_regions_is_named_by_its_own(self) -> None:
        """Else a stack of this name elsewhere has its budget refused, and its dashboard in place of this one's."""
        [dashboard] = of_type("AWS::CloudWatch::Dashboard").values()
        [budget] = of_type("AWS::Budgets::Budget").values()
        for name in (dashboard["DashboardName"], budget["Budget"]["BudgetName"]):
            assert name == {"Fn::Sub": "${App}-${AWS::Region}"}

    def test_only_alarms_and_the_budget_may_tell_anything(self) -> None:
        [policy] = of_type("AWS::SNS::TopicPolicy").values()
        allowed = [one["Principal"] for one in policy["PolicyDocument"]["Statement"] if one["Effect"] == "Allow"]
        assert allowed == [{"Service": "cloudwatch.amazonaws.com"}, {"Service": "budgets.amazonaws.com"}]

    def test_every_invocation_is_traced_but_those_that_would_cost_the_most(self) -> None:
        assert TEMPLATE["Globals"]["Function"]["Tracing"] == "Active"
        functions = of_type("AWS::Serverless::Function", RESOURCES)
        assert {name: one["Tracing"] for name, one in functions.items() if "Tracing" in one} == {
            "PublishPlaylist": "Disabled"
        }

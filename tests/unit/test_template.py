"""What no linter says of the templates: nothing is circular, every file is there, the parts agree."""

import json
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest
from cfnlint.decode.cfn_yaml import load  # type: ignore[import-untyped]

from mntreamer.domain.exports.export_path import EXPORTS
from mntreamer.platforms import json_api
from mntreamer.settings import Settings
from tests.contract.tables import SHARDS, TABLES

ROOT = Path(__file__).parents[2]
TEMPLATE: dict[str, Any] = load(str(ROOT / "template.yaml"))
RECORDER: dict[str, Any] = load(str(ROOT / "infra/recorder.yaml"))
NETWORK: dict[str, Any] = load(str(ROOT / "infra/network.yaml"))
WATCH: dict[str, Any] = load(str(ROOT / "infra/watch.yaml"))
RESOURCES = TEMPLATE["Resources"] | RECORDER["Resources"] | NETWORK["Resources"]
FUNCTIONS = {name: body for name, body in RESOURCES.items() if body["Type"] == "AWS::Serverless::Function"}

# The environment that each part reads in mntreamer/aws/composition.py.
STATE = {"MONITORS_TABLE", "MONITOR_SHARDS", "RECORDINGS_TABLE", "STATE_TABLE", "MEDIA_BUCKET"}
LAUNCHING = {
    "RECORDER_CLUSTER",
    "RECORDER_TASK_DEFINITION",
    "RECORDER_CONTAINER",
    "RECORDER_SUBNETS",
    "RECORDER_SECURITY_GROUP",
    "RECORDER_CAPACITY",
}
ASKING = STATE | {"MNTREAMER_CHZZK_RATE", "CHZZK_LOGIN_SECRET"}
CHECKING = ASKING | LAUNCHING | {"MNTREAMER_RECONNECT_WINDOW_S", "MNTREAMER_MAX_HEIGHT", "MNTREAMER_RECORDERS"}
SHARED = CHECKING | {
    "POWERTOOLS_METRICS_NAMESPACE",
    "MNTREAMER_SCHEDULE",
    "MNTREAMER_CHECKS_PER_DAY",
    "MNTREAMER_PUBLIC_PLAYBACK",
    "MNTREAMER_DELETION_GRACE_DAYS",
    "MNTREAMER_UNREFINED_DAYS",
    "MNTREAMER_EXPORT_DAYS",
}
OF_THEIR_OWN = {
    "CheckMonitors": {"CHECK_QUEUE"},
    "Notify": {"NOTICES_BUS", "WEBHOOKS_SECRET"},
    "Api": {"TOKEN_SECRET", "EXPORTER_TASK_DEFINITION", "EXPORTER_CONTAINER"},
}


def named_in(value: Any) -> Iterator[str]:
    """The logical ids that a part of a template refers to."""
    match value:
        case {"Ref": str(name)}:
            yield name
        case {"Fn::GetAtt": [name, *_]}:
            yield name
        case {"Fn::Sub": str(text)}:
            yield from re.findall(r"\$\{(\w+)", text)
        case {"Fn::Sub": [text, values]}:
            yield from re.findall(r"\$\{(\w+)", text)
            yield from named_in(values)
        case dict():
            for part in value.values():
                yield from named_in(part)
        case list():
            for part in value:
                yield from named_in(part)


def dependencies(template: dict[str, Any]) -> dict[str, set[str]]:
    """Which resource waits for which. A function's events are resources of their own, which SAM makes of them."""
    resources = template["Resources"]
    graph: dict[str, set[str]] = {}
    for name, body in resources.items():
        properties = dict(body.get("Properties", {}))
        for event, source in properties.pop("Events", {}).items():
            graph[f"{name}.{event}"] = {name, *named_in(source)}
        depends_on = body.get("DependsOn", [])
        graph[name] = {*named_in(properties), *([depends_on] if isinstance(depends_on, str) else depends_on)}
    for name in FUNCTIONS.keys() & graph.keys():
        graph[name] |= set(named_in(template["Globals"]))
    return {name: {wanted for wanted in wants if wanted in resources} for name, wants in graph.items()}


@pytest.mark.parametrize(
    "template", [TEMPLATE, RECORDER, NETWORK, WATCH], ids=["root", "recorder", "network", "watch"]
)
def test_nothing_waits_for_itself(template: dict[str, Any]) -> None:
    order = list(TopologicalSorter(dependencies(template)).static_order())
    assert set(template["Resources"]) <= set(order)


def test_a_circle_would_be_found() -> None:
    circular = {
        "Globals": {},
        "Resources": {
            "Table": {"Type": "T", "Properties": {"A": {"Ref": "Role"}}},
            "Role": {"Type": "R", "Properties": {"B": {"Fn::Sub": "${Table.Arn}/x"}}},
        },
    }
    with pytest.raises(ValueError, match="cycle"):
        list(TopologicalSorter(dependencies(circular)).static_order())


def test_all_of_lambda_is_one_runtime_on_arm64() -> None:
    shared = TEMPLATE["Globals"]["Function"]
    assert (shared["Runtime"], shared["Architectures"]) == ("python3.13", ["arm64"])
    for body in FUNCTIONS.values():
        assert not {"Runtime", "Architectures"} & body["Properties"].keys()
    for layer in ("DepsLayer", "CoreLayer", "ConsoleLayer"):
        properties = RESOURCES[layer]["Properties"]
        assert (properties["CompatibleRuntimes"], properties["CompatibleArchitectures"]) == (
            ["python3.13"],
            ["arm64"],
        )
        assert RESOURCES[layer]["Metadata"] == {"BuildMethod": "makefile", "BuildArchitecture": "arm64"}
        makefile = ROOT / properties["ContentUri"] / "Makefile"
        assert f"\nbuild-{layer}:" in makefile.read_text()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_s_handler_is_there(name: str) -> None:
    module, _, function = TEMPLATE["Globals"]["Function"]["Handler"].partition(".")
    source = ROOT / FUNCTIONS[name]["Properties"]["CodeUri"] / f"{module}.py"
    assert f"\ndef {function}(" in source.read_text()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_function_is_told_what_all_need_once_and_what_it_needs_itself(name: str) -> None:
    variables = FUNCTIONS[name]["Properties"]["Environment"]["Variables"]
    assert variables.keys() == {"POWERTOOLS_SERVICE_NAME"} | OF_THEIR_OWN.get(name, set())
    assert TEMPLATE["Globals"]["Function"]["Environment"]["Variables"].keys() == SHARED


def test_the_recorder_is_told_what_it_needs() -> None:
    [container] = RECORDER["Resources"]["TaskDefinition"]["Properties"]["ContainerDefinitions"]
    names = {variable["Name"] for variable in container["Environment"]}
    # boto3 reads no AWS_REGION
    of_the_libraries = {"POWERTOOLS_SERVICE_NAME", "POWERTOOLS_METRICS_NAMESPACE", "AWS_DEFAULT_REGION"}
    assert names == ASKING | of_the_libraries | {
        "MNTREAMER_RECONNECT_WINDOW_S",
        "MNTREAMER_SPOOL_BYTES",
        "MNTREAMER_MAX_HEIGHT",
        "MNTREAMER_RECORDERS",
    }
    assert RECORDER["Outputs"]["Container"]["Value"] == container["Name"]


def test_the_exporter_is_told_what_it_needs() -> None:
    [container] = RECORDER["Resources"]["ExporterTaskDefinition"]["Properties"]["ContainerDefinitions"]
    names = {variable["Name"] for variable in container["Environment"]}
    assert names == {"MEDIA_BUCKET", "POWERTOOLS_SERVICE_NAME", "AWS_DEFAULT_REGION"}
    assert RECORDER["Outputs"]["ExporterContainer"]["Value"] == container["Name"]


def test_exports_expire_and_nothing_else_does() -> None:
    [rule] = [r for r in RESOURCES["MediaBucket"]["Properties"]["LifecycleConfiguration"]["Rules"] if "Prefix" in r]
    assert (rule["Prefix"], rule["ExpirationInDays"]) == (EXPORTS, {"Ref": "ExportDays"})
    assert TEMPLATE["Parameters"]["ExportDays"]["Default"] == Settings().exports_kept_for.days


def told_to_all(variable: str, parameter: str) -> list[Any]:
    """What the functions, the recorder's template and its container are told."""
    [container] = RECORDER["Resources"]["TaskDefinition"]["Properties"]["ContainerDefinitions"]
    return [
        TEMPLATE["Globals"]["Function"]["Environment"]["Variables"][variable],
        RESOURCES["Recorder"]["Properties"]["Parameters"][parameter],
        *(told["Value"] for told in container["Environment"] if told["Name"] == variable),
    ]


def test_all_agree_on_the_number_of_shards() -> None:
    assert told_to_all("MONITOR_SHARDS", "MonitorShards") == [{"Ref": "MonitorShards"}] * 3
    assert TEMPLATE["Parameters"]["MonitorShards"]["Default"] == SHARDS


def test_all_keep_to_one_rate() -> None:
    assert told_to_all("MNTREAMER_CHZZK_RATE", "RequestsPerSecond") == [{"Ref": "RequestsPerSecond"}] * 3
    assert TEMPLATE["Parameters"]["RequestsPerSecond"]["Default"] == Settings().chzzk_rate_per_s


def test_all_who_ask_chzzk_are_told_of_one_login_or_of_none() -> None:
    assert told_to_all("CHZZK_LOGIN_SECRET", "ChzzkLoginSecretArn") == [{"Ref": "ChzzkLoginSecretArn"}] * 3
    parameter = TEMPLATE["Parameters"]["ChzzkLoginSecretArn"]
    assert parameter["Default"] == ""
    assert re.fullmatch(parameter["AllowedPattern"], "")
    assert not re.fullmatch(parameter["AllowedPattern"], '{"NID_AUT": "invented"}')  # the cookies themselves


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_are_those_that_the_adapters_are_tested_on(name: str) -> None:
    properties = RESOURCES[name]["Properties"]
    assert {key: properties[key] for key in TABLES[name]} == TABLES[name]


@pytest.mark.parametrize("name", ["MonitorsTable", "RecordingsTable", "MediaBucket"])
def test_what_was_recorded_outlives_the_stack(name: str) -> None:
    assert (RESOURCES[name]["DeletionPolicy"], RESOURCES[name]["UpdateReplacePolicy"]) == ("Retain", "Retain")


def test_the_grace_time_is_the_documented_one() -> None:
    parameter = TEMPLATE["Parameters"]["DeletionGraceDays"]
    assert parameter["Default"] == Settings().deletion_grace.days


def test_a_closed_recording_reaches_its_function_by_the_stream() -> None:
    source = RESOURCES["PublishPlaylist"]["Properties"]["Events"]["RecordingClosed"]["Properties"]
    [pattern] = [json.loads(entry["Pattern"]) for entry in source["FilterCriteria"]["Filters"]]
    image = json.loads((ROOT / "tests/events/recording_closed.json").read_text())["Records"][0]["dynamodb"][
        "NewImage"
    ]
    wanted = pattern["dynamodb"]["NewImage"]
    assert all(image[name]["S"] in values["S"] for name, values in wanted.items())


@pytest.mark.parametrize("name", ["CheckMonitors", "CheckShare"])
def test_a_worker_may_begin_checks_for_a_minute_and_finish_the_last(name: str) -> None:
    assert FUNCTIONS[name]["Properties"]["Timeout"] >= 60 + 2 * json_api.WITHIN_S + 10


def test_a_flood_is_bounded_and_so_is_what_it_costs() -> None:
    """Without a limit of its own a stage takes the account's, 10,000 a second, each of which is paid for."""
    limits = RESOURCES["HttpApiStage"]["Properties"]["DefaultRouteSettings"]
    limit = {"Ref": "ApiRequestsPerSecond"}
    assert limits == {"ThrottlingRateLimit": limit, "ThrottlingBurstLimit": limit}
    assert 0 < TEMPLATE["Parameters"]["ApiRequestsPerSecond"]["Default"] <= 100


def test_nobody_pays_for_the_keys_of_tables() -> None:
    """DynamoDB encrypts with a key of its own for nothing; with another one each use is paid for."""
    assert not [name for name in TABLES if "SSESpecification" in RESOURCES[name]["Properties"]]


def test_the_access_log_knows_routes_and_no_path() -> None:
    log_format = RESOURCES["HttpApiStage"]["Properties"]["AccessLogSettings"]["Format"]
    assert "$context.routeKey" in log_format
    assert not re.search(r"\$context\.(path|authorizer)|rawPath|\$request", log_format)


def test_the_bucket_is_closed_but_for_what_people_play() -> None:
    *denied, public = RESOURCES["MediaBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    condition, opened, closed = public["Fn::If"]
    assert {statement["Effect"] for statement in denied} == {"Deny"}
    assert (condition, closed) == ("AnyoneMayPlay", {"Ref": "AWS::NoValue"})
    assert opened["Action"] == "s3:GetObject"
    assert [resource["Fn::Sub"].partition("/")[2] for resource in opened["Resource"]] == [
        "media/*/index.m3u8",
        "media/*/live.m3u8",
        "media/*/segments/*",
    ]
    block = RESOURCES["MediaBucket"]["Properties"]["PublicAccessBlockConfiguration"]
    assert block["BlockPublicPolicy"] == {"Fn::If": ["AnyoneMayPlay", False, True]}


def test_the_layer_s_lock_means_the_same_to_every_python() -> None:
    """pip evaluates markers for the Python that runs it, not for the one that is installed for."""
    for lock in ("layer.txt", "recorder.txt"):
        pins = [line for line in (ROOT / "requirements" / lock).read_text().splitlines() if "==" in line]
        assert pins
        assert not [pin for pin in pins if ";" in pin]


def test_whoever_deploys_is_told_what_each_parameter_and_output_is() -> None:
    interface = TEMPLATE["Metadata"]["AWS::CloudFormation::Interface"]
    grouped = [name for group in interface["ParameterGroups"] for name in group["Parameters"]]
    assert sorted(grouped) == sorted(TEMPLATE["Parameters"])
    assert interface["ParameterLabels"].keys() == TEMPLATE["Parameters"].keys()
    assert not [
        name for name, said in (TEMPLATE["Parameters"] | TEMPLATE["Outputs"]).items() if "Description" not in said
    ]


def test_only_the_image_has_no_default() -> None:
    assert [name for name, said in TEMPLATE["Parameters"].items() if "Default" not in said] == ["RecorderImageUri"]

"""Which actions on which resources IAM is asked for when boto3's clients do what they do.

By the Service Authorization Reference. What is not here no code of ours did when it was written.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.rights.policies import Access
from tests.rights.stack import ACCOUNT, REGION
from tests.rights.witness import Call

_PLACE = f"{REGION}:{ACCOUNT}"
_READS_AN_OBJECT = {"GetObject", "HeadObject"}
_WRITES_AN_OBJECT = {"PutObject", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload"}
# Our clients are told of no endpoint but AWS's own, which are asked by https.
BY_TLS = frozenset({("aws:SecureTransport", "true")})
TO_ECS = frozenset({("iam:PassedToService", "ecs-tasks.amazonaws.com")})


def accesses(call: Call, roles_of_tasks: Mapping[str, set[str]]) -> Iterator[Access]:
    """`roles_of_tasks`: which roles a task definition has, by its ARN. Raises LookupError for what is new."""
    match call.service:
        case "dynamodb":
            yield from _of_dynamodb(call.operation, call.parameters)
        case "s3":
            yield from _of_s3(call)
        case "ecs":
            yield from _of_ecs(call.operation, call.parameters, roles_of_tasks)
        case "sqs":
            queue = call.parameters["QueueUrl"].rpartition("/")[2]
            yield Access(f"sqs:{call.operation}", f"arn:aws:sqs:{_PLACE}:{queue}")
        case "events":
            buses = {entry["EventBusName"] for entry in call.parameters["Entries"]}
            yield from (
                Access(f"events:{call.operation}", f"arn:aws:events:{_PLACE}:event-bus/{bus}") for bus in buses
            )
        case "secretsmanager":
            yield Access(f"secretsmanager:{call.operation}", call.parameters["SecretId"])
        case _:
            raise LookupError(f"nobody knows what {call.service} {call.operation} asks of IAM")


def _of_dynamodb(operation: str, told: Mapping[str, Any]) -> Iterator[Access]:
    match operation:
        case "TransactWriteItems":
            for write in told["TransactItems"]:
                [(kind, request)] = write.items()
                action = "ConditionCheckItem" if kind == "ConditionCheck" else f"{kind}Item"
                yield Access(f"dynamodb:{action}", _table(request["TableName"]))
        case "Query" | "Scan" if "IndexName" in told:
            yield Access(f"dynamodb:{operation}", f"{_table(told['TableName'])}/index/{told['IndexName']}")
        case "GetItem" | "PutItem" | "UpdateItem" | "DeleteItem" | "Query" | "Scan":
            yield Access(f"dynamodb:{operation}", _table(told["TableName"]))
        case _:
            raise LookupError(f"nobody knows what dynamodb {operation} asks of IAM")


def _table(name: str) -> str:
    return f"arn:aws:dynamodb:{_PLACE}:table/{name}"


def _of_s3(call: Call) -> Iterator[Access]:
    bucket = f"arn:aws:s3:::{call.parameters['Bucket']}"
    actions = {_action_on_object(call.operation)} - {None}
    if call.parameters.get("IfMatch"):
        actions.add("GetObject")  # whether it is what it was tells of what is there
    for action, key in ((action, key) for action in actions for key in _keys(call.parameters)):
        yield Access(f"s3:{action}", f"{bucket}/{key}", BY_TLS | _under_conditions(call.parameters))
    # Who may not list is told 403 instead of 404.
    if call.operation == "ListObjectsV2" or (call.is_absent and call.operation in _READS_AN_OBJECT):
        yield Access("s3:ListBucket", bucket, BY_TLS)


def _under_conditions(told: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
    """S3 has a key for each conditional header of a write."""
    return frozenset({("s3:if-none-match", told["IfNoneMatch"])}) if "IfNoneMatch" in told else frozenset()


def _action_on_object(operation: str) -> str | None:
    match operation:
        case "ListObjectsV2":
            return None
        case "DeleteObjects" | "DeleteObject":
            return "DeleteObject"
        case "AbortMultipartUpload":
            return operation
    if operation in _READS_AN_OBJECT:
        return "GetObject"
    if operation in _WRITES_AN_OBJECT:
        return "PutObject"
    raise LookupError(f"nobody knows what s3 {operation} asks of IAM")


def _keys(told: Mapping[str, Any]) -> list[str]:
    return [entry["Key"] for entry in told["Delete"]["Objects"]] if "Delete" in told else [told["Key"]]


def _of_ecs(operation: str, told: Mapping[str, Any], roles_of_tasks: Mapping[str, set[str]]) -> Iterator[Access]:
    if operation != "RunTask":
        raise LookupError(f"nobody knows what ecs {operation} asks of IAM")
    yield run_task(told["taskDefinition"], told["cluster"])
    if told.get("tags"):
        task = f"arn:aws:ecs:{_PLACE}:task/{told['cluster']}/c13b4cb40f1f4fe4a2971f76ae5a47ad"
        yield Access("ecs:TagResource", task, frozenset({("ecs:CreateAction", "RunTask")}))
    for role in roles_of_tasks[told["taskDefinition"]]:
        yield Access("iam:PassRole", role, TO_ECS)


def run_task(task_definition: str, cluster: str) -> Access:
    """A task definition by its ARN in a cluster by its name."""
    in_cluster = frozenset({("ecs:cluster", f"arn:aws:ecs:{_PLACE}:cluster/{cluster}")})
    return Access("ecs:RunTask", task_definition, in_cluster)

"""What AWS itself asks of IAM in the name of our roles: by what the template has it do, and by no call of ours."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.rights.policies import Access
from tests.rights.stack import ACCOUNT, REGION, Stack

Asked = Iterator[tuple[str, Access]]
_POLLS_A_QUEUE = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
_READS_A_STREAM = (
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
)
_TRACES = ("xray:PutTraceSegments", "xray:PutTelemetryRecords")
_PULLS = ("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")


def asked_on_behalf(root: Stack) -> dict[str, set[Access]]:
    """By the role's logical id."""
    found: dict[str, set[Access]] = {}
    for stack in root.all_stacks:
        for asking in (_functions, _mappings, _invocations, _schedules, _tasks):
            for role_arn, access in asking(stack):
                found.setdefault(role_arn.rpartition("/")[2], set()).add(access)
    return found


def _functions(stack: Stack) -> Asked:
    for name in stack.of_type("AWS::Lambda::Function"):
        function = stack.properties(name)
        yield from ((function["Role"], access) for access in _logging(function["LoggingConfig"]["LogGroup"]))
        if function.get("TracingConfig") == {"Mode": "Active"}:
            yield from ((function["Role"], Access(action, "*")) for action in _TRACES)


def _mappings(stack: Stack) -> Asked:
    for name in stack.of_type("AWS::Lambda::EventSourceMapping"):
        mapping = stack.properties(name)
        role, source = _role(stack, mapping["FunctionName"]), mapping["EventSourceArn"]
        actions = _POLLS_A_QUEUE if ":sqs:" in source else _READS_A_STREAM
        yield from ((role, Access(action, source)) for action in actions)
        yield from ((role, access) for access in _failures(mapping))


def _invocations(stack: Stack) -> Asked:
    for name in stack.of_type("AWS::Lambda::EventInvokeConfig"):
        invoking = stack.properties(name)
        role = _role(stack, invoking["FunctionName"])
        yield from ((role, access) for access in _failures(invoking))


def _schedules(stack: Stack) -> Asked:
    for name in stack.of_type("AWS::Scheduler::Schedule"):
        target = stack.properties(name)["Target"]
        yield target["RoleArn"], Access("lambda:InvokeFunction", target["Arn"])
        if "DeadLetterConfig" in target:
            yield target["RoleArn"], Access("sqs:SendMessage", target["DeadLetterConfig"]["Arn"])


def _tasks(stack: Stack) -> Asked:
    for name in stack.of_type("AWS::ECS::TaskDefinition"):
        task = stack.properties(name)
        [container] = task["ContainerDefinitions"]
        group = container["LogConfiguration"]["Options"]["awslogs-group"]
        yield task["ExecutionRoleArn"], Access("ecr:GetAuthorizationToken", "*")
        yield from ((task["ExecutionRoleArn"], Access(action, _repository(container["Image"]))) for action in _PULLS)
        yield from ((task["ExecutionRoleArn"], access) for access in _logging(group))


def _role(stack: Stack, function: str) -> str:
    role: str = stack.properties(function)["Role"]
    return role


def _logging(group: str) -> Iterator[Access]:
    stream = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{group}:log-stream:one"
    yield from (Access(action, stream) for action in ("logs:CreateLogStream", "logs:PutLogEvents"))


def _failures(config: Mapping[str, Any]) -> Iterator[Access]:
    """Where events go that came to nothing."""
    destination = config.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
    if destination:
        yield Access("sqs:SendMessage", destination)


def _repository(image: str) -> str:
    name = image.partition("/")[2].partition("@")[0].partition(":")[0]
    return f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{name}"

"""A stack as CloudFormation makes it of a template: parameters, conditions and intrinsic functions worked out."""

import json
import re
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

from cfnlint.decode.cfn_yaml import load  # type: ignore[import-untyped]

ROOT: Final = Path(__file__).parents[2]
ACCOUNT: Final = "123456789012"  # moto's
REGION: Final = "ap-northeast-2"
_PLACE = f"{REGION}:{ACCOUNT}"
_PSEUDO_PARAMETERS = {
    "AWS::AccountId": ACCOUNT,
    "AWS::NoValue": None,
    "AWS::Partition": "aws",
    "AWS::Region": REGION,
    "AWS::StackName": "mntreamer",
    "AWS::URLSuffix": "amazonaws.com",
}
_NAMED_BY = {
    "AWS::ECS::TaskDefinition": "Family",
    "AWS::Events::EventBus": "Name",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::S3::Bucket": "BucketName",
}
_ARNS = {
    "AWS::DynamoDB::Table": f"arn:aws:dynamodb:{_PLACE}:table/{{}}",
    "AWS::ECS::Cluster": f"arn:aws:ecs:{_PLACE}:cluster/{{}}",
    "AWS::ECS::TaskDefinition": f"arn:aws:ecs:{_PLACE}:task-definition/{{}}:1",
    "AWS::Events::EventBus": f"arn:aws:events:{_PLACE}:event-bus/{{}}",
    "AWS::IAM::ManagedPolicy": f"arn:aws:iam::{ACCOUNT}:policy/{{}}",
    "AWS::IAM::Role": f"arn:aws:iam::{ACCOUNT}:role/{{}}",
    "AWS::Lambda::Function": f"arn:aws:lambda:{_PLACE}:function:{{}}",
    "AWS::Logs::LogGroup": f"arn:aws:logs:{_PLACE}:log-group:{{}}:*",
    "AWS::S3::Bucket": "arn:aws:s3:::{}",
    "AWS::SNS::Topic": f"arn:aws:sns:{_PLACE}:{{}}",
    "AWS::SQS::Queue": f"arn:aws:sqs:{_PLACE}:{{}}",
    "AWS::SecretsManager::Secret": f"arn:aws:secretsmanager:{_PLACE}:secret:{{}}",
}
_KNOWN_BY_ARN = {
    "AWS::ECS::TaskDefinition",
    "AWS::IAM::ManagedPolicy",
    "AWS::SNS::Topic",
    "AWS::SecretsManager::Secret",
}
_VARIABLE = re.compile(r"\$\{([^!}][^}]*)\}")


class Stack:
    """`given` are its parameters; what is not given has its default. Resources are worked out one by one."""

    def __init__(self, template: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        self._template = template
        said = template.get("Parameters", {})
        self._parameters = {name: given[name] if name in given else said[name]["Default"] for name in said}

    @classmethod
    def expanded(cls, path: str, given: Mapping[str, Any]) -> Self:
        """Of a template that is SAM's."""
        python = ROOT / ".venv-sam/bin/python"
        script = Path(__file__).with_name("expand.py")
        ran = subprocess.run([python, script, ROOT / path], stdout=subprocess.PIPE, check=True)  # noqa: S603 -- ours
        return cls(json.loads(ran.stdout), given)

    def given(self, **parameters: str) -> "Stack":
        """The same with other parameters."""
        return Stack(self._template, {**self._parameters, **parameters})

    @cache  # noqa: B019 -- a stack lives as long as the tests
    def nested(self, name: str) -> "Stack":
        """A stack that is a resource of this one."""
        properties = self.properties(name)
        return Stack(load(str(ROOT / properties["TemplateURL"])), properties.get("Parameters", {}))

    @property
    def all_stacks(self) -> "list[Stack]":
        return [self, *map(self.nested, self.of_type("AWS::CloudFormation::Stack"))]

    def of_type(self, kind: str) -> list[str]:
        """The logical ids of the resources of a type that are there under these parameters."""
        resources = self._template["Resources"].items()
        return [name for name, body in resources if body["Type"] == kind and self._is_there(body)]

    def properties(self, name: str) -> dict[str, Any]:
        properties: dict[str, Any] = self.resolve(self._template["Resources"][name].get("Properties", {}))
        return properties

    def arn(self, name: str) -> str:
        return _ARNS[self._type(name)].format(self._name(name))

    def output(self, name: str) -> Any:
        return self.resolve(self._template["Outputs"][name]["Value"])

    def resolve(self, value: Any) -> Any:
        match value:
            case {"Ref": name}:
                return self._ref(name)
            case {"Fn::If": [condition, then, otherwise]}:
                return self.resolve(then if self._holds({"Condition": condition}) else otherwise)
            case dict() if len(value) == 1 and "Fn::" in next(iter(value)):
                return self._called(*next(iter(value.items())))
            case dict():
                entries = {name: self.resolve(part) for name, part in value.items()}
                return {name: part for name, part in entries.items() if part is not None}
            case list():
                return [part for part in map(self.resolve, value) if part is not None]
        return value

    def _called(self, function: str, arguments: Any) -> Any:
        match function, arguments:
            case "Fn::GetAtt", _:
                return self._variable(arguments if isinstance(arguments, str) else ".".join(arguments))
            case "Fn::Sub", [text, values]:
                return self._substituted(text, self.resolve(values))
            case "Fn::Sub", text:
                return self._substituted(text, {})
            case "Fn::Join", [delimiter, parts]:
                return delimiter.join(self.resolve(parts))
            case "Fn::Split", [delimiter, text]:
                return self.resolve(text).split(delimiter)
            case "Fn::Select", [index, parts]:
                return self.resolve(parts)[int(index)]
        raise LookupError(f"no role of ours has had {function} so far")

    def _holds(self, condition: Mapping[str, Any]) -> bool:
        match condition:
            case {"Condition": name}:
                return self._holds(self._template["Conditions"][name])
            case {"Fn::Equals": [one, other]}:
                return str(self.resolve(one)) == str(self.resolve(other))
            case {"Fn::Not": [negated]}:
                return not self._holds(negated)
            case {"Fn::And": conditions}:
                return all(map(self._holds, conditions))
            case {"Fn::Or": conditions}:
                return any(map(self._holds, conditions))
        raise LookupError(f"unknown condition {condition}")

    def _is_there(self, body: Mapping[str, Any]) -> bool:
        return "Condition" not in body or self._holds({"Condition": body["Condition"]})

    def _type(self, name: str) -> str:
        kind: str = self._template["Resources"][name]["Type"]
        return kind

    def _name(self, name: str) -> str:
        kind = self._type(name)
        given = self.properties(name).get(_NAMED_BY[kind]) if kind in _NAMED_BY else None
        return str(given or (name.lower() if kind == "AWS::S3::Bucket" else name))

    def _substituted(self, text: str, values: Mapping[str, Any]) -> str:
        def value(variable: re.Match[str]) -> str:
            name = variable[1]
            return str(values[name] if name in values else self._variable(name))

        return _VARIABLE.sub(value, text)

    def _variable(self, path: str) -> Any:
        name, _, attribute = path.partition(".")
        return self._attribute(name, attribute) if attribute else self._ref(name)

    def _ref(self, name: str) -> Any:
        if name in _PSEUDO_PARAMETERS:
            return _PSEUDO_PARAMETERS[name]
        if name in self._parameters:
            return self._parameters[name]
        if self._type(name) == "AWS::SQS::Queue":
            return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{name}"
        return self.arn(name) if self._type(name) in _KNOWN_BY_ARN else self._name(name)

    def _attribute(self, name: str, attribute: str) -> Any:
        match attribute.split("."):
            case ["Arn" | "TopicArn"]:
                return self.arn(name)
            case ["StreamArn"]:
                return f"{self.arn(name)}/stream/2026-11-22T00:00:00.000"
            case ["QueueName"]:
                return self._name(name)
            case ["Outputs", output]:
                return self.nested(name).output(output)
        return f"{name}.{attribute}"

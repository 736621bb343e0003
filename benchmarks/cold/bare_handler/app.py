"""What our functions are compared with: the least that one imports and makes which asks DynamoDB."""

from typing import Any

import boto3

dynamodb = boto3.client("dynamodb")


def handler(_event: dict[str, Any], _context: object) -> list[str]:
    return dynamodb.list_tables()["TableNames"]

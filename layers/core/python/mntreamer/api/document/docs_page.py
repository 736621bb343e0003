"""`/api/v1/docs`: the OpenAPI document as a page for people: without scripts, and with nothing from elsewhere."""

import json
from collections.abc import Iterable
from functools import cache
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response, content_types

from mntreamer.api.document.openapi import openapi_document, operations_in

Json = dict[str, Any]
_STYLE = Path(__file__).parent / "docs.css"
_OPEN = " <em>It asks for no token.</em>"
_CACHED = {"Cache-Control": "max-age=3600"}  # it changes with a deployment only


def add_docs_routes(app: APIGatewayHttpResolver) -> None:
    @app.get("/api/v1/docs")
    def docs() -> Response[str]:
        return Response(HTTPStatus.OK, content_types.TEXT_HTML, docs_page(), headers=dict(_CACHED))

    @app.get("/api/v1/docs.css")
    def style() -> Response[str]:
        return Response(HTTPStatus.OK, "text/css", _STYLE.read_text(encoding="utf-8"), headers=dict(_CACHED))


@cache
def docs_page() -> str:
    """HTML."""
    document = openapi_document()
    info = document["info"]
    tags = "".join(_tag(tag, document) for tag in document["tags"])
    schemas = "".join(_schema(name, schema) for name, schema in document["components"]["schemas"].items())
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(info["title"])} API</title><link rel="stylesheet" href="docs.css"><main>'
        f"<h1>{escape(info['title'])} API</h1><p>{escape(info['summary'])}<p>{_text(info['description'])}"
        f'<p>For programs: <a href="openapi.json">openapi.json</a>'
        f"{tags}<h2>What is sent and answered</h2>{schemas}</main></html>"
    )


def _tag(tag: Json, document: Json) -> str:
    operations = [
        _operation(method, path, document["paths"][path].get("parameters", []), operation, document)
        for path, method, operation in operations_in(document)
        if tag["name"] in operation["tags"]
    ]
    return f"<h2>{escape(tag['name'])}: {escape(tag['description'])}</h2>{''.join(operations)}"


def _operation(method: str, path: str, shared: Iterable[Json], operation: Json, document: Json) -> str:
    parameters = [_resolved(parameter, document) for parameter in (*shared, *operation.get("parameters", []))]
    answers = "".join(_answer(status, answer, document) for status, answer in operation["responses"].items())
    body = operation.get("requestBody")
    return (
        f'<details id="{operation["operationId"]}"><summary><b>{method.upper()}</b> <code>{escape(path)}</code> '
        f"{escape(operation['summary'])}</summary>"
        f"<p>{_text(operation.get('description', ''))}{_OPEN if operation.get('security') == [] else ''}"
        f"{_table(_parameter(parameter) for parameter in parameters)}"
        f"{f'<h3>Body</h3>{_content(body)}' if body else ''}"
        f"<h3>Answers</h3><dl>{answers}</dl></details>"
    )


def _parameter(parameter: Json) -> tuple[str, str, str]:
    needed = " (required)" if parameter.get("required") else ""
    return (
        parameter["name"],
        f"{parameter['in']}, {_kind(parameter['schema'])}{needed}",
        parameter.get("description", ""),
    )


def _answer(status: str, answer: Json, document: Json) -> str:
    """What many operations answer alike is said in a sentence."""
    content = "" if "$ref" in answer else _content(answer)
    return f"<dt>{status}<dd>{_text(_resolved(answer, document)['description'])}{content}"


def _content(holder: Json) -> str:
    return "".join(
        f"<p><code>{media}</code>: {_kind(content['schema'])}{_example(content.get('example'))}"
        for media, content in holder.get("content", {}).items()
    )


def _schema(name: str, schema: Json) -> str:
    parts = [part for part in schema.get("allOf", [schema]) if "properties" in part]
    fields = [
        (
            field,
            _kind(kind) + (" (required)" if field in part.get("required", []) else ""),
            kind.get("description", ""),
        )
        for part in parts
        for field, kind in part["properties"].items()
    ]
    kind = "" if fields else _kind(schema)
    return (
        f'<section id="{name}"><h3>{name}</h3><p>{_text(schema.get("description", ""))} {kind}'
        f"{_table(fields)}{''.join(_example(example) for example in schema.get('examples', []))}</section>"
    )


def _kind(schema: Json) -> str:
    match schema:
        case {"$ref": ref}:
            name = ref.rpartition("/")[2]
            return f'<a href="#{name}">{name}</a>'
        case {"anyOf": kinds} | {"allOf": kinds}:
            return (" or " if "anyOf" in schema else " and ").join(map(_kind, kinds))
        case {"enum": values}:
            return ", ".join(f"<code>{escape(json.dumps(value))}</code>" for value in values)
        case {"properties": fields}:
            return f"{{{', '.join(f'{name}: {_kind(field)}' for name, field in fields.items())}}}"
        case {"type": "array", "items": items}:
            return f"list of {_kind(items)}"
    types = schema.get("type", "anything")
    return (types if isinstance(types, str) else " or ".join(types)) + _limits(schema)


def _limits(schema: Json) -> str:
    named = {"minimum": "from", "maximum": "to", "minLength": "at least", "maxLength": "at most"}
    return "".join(f", {word} {schema[limit]}" for limit, word in named.items() if limit in schema)


def _example(example: Any) -> str:
    if example is None:
        return ""
    text = example if isinstance(example, str) else json.dumps(example, ensure_ascii=False, indent=2)
    return f"<pre>{escape(text)}</pre>"


def _table(rows: Iterable[tuple[str, str, str]]) -> str:
    lines = "".join(f"<tr><th>{escape(name)}<td>{kind}<td>{_text(text)}" for name, kind, text in rows)
    return f"<table>{lines}</table>" if lines else ""


def _text(text: str) -> str:
    """Prose in which backquotes hold code."""
    pieces = escape(text).split("`")
    return "".join(f"<code>{piece}</code>" if number % 2 else piece for number, piece in enumerate(pieces))


def _resolved(part: Json, document: Json) -> Json:
    if "$ref" not in part:
        return part
    found: Any = document
    for key in part["$ref"].removeprefix("#/").split("/"):
        found = found[key]
    resolved: Json = found
    return resolved

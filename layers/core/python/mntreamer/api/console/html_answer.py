"""HTML for browsers."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

# It names the files of one edition.
_ASKED_FOR_AGAIN = {"Cache-Control": "no-cache"}


def html_answer(status: HTTPStatus, document: str) -> Response[str]:
    return Response(status, "text/html; charset=utf-8", document, headers=dict(_ASKED_FOR_AGAIN))

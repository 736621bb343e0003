"""Whom a TLS connection may be made to."""

import ssl
from functools import cache

import requests
from urllib3.util.ssl_ import create_urllib3_context


@cache
def trust() -> ssl.SSLContext:
    """Verifies certificates and host names. One for all: requests has each connection read all authorities anew.

    That costs 20 to 40 ms of CPU and 0.75 MB for each connection.
    """
    context = create_urllib3_context()
    context.load_verify_locations(requests.adapters.DEFAULT_CA_BUNDLE_PATH)
    return context

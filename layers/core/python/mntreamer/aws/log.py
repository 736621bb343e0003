"""Structured logs on AWS: what the package logs goes the same way as what a handler logs, with the same keys."""

import logging

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging.utils import copy_config_to_registered_loggers

from mntreamer.correlation import correlation_id

_PACKAGE = "mntreamer"


def service_logger() -> Logger:
    """The process's logger; its service is named by POWERTOOLS_SERVICE_NAME.

    Lines about a recording have its prefix as `correlation_id`, in whichever function or task they are written.
    """
    logger = Logger()
    logging.getLogger(_PACKAGE)
    copy_config_to_registered_loggers(source_logger=logger, include={_PACKAGE})
    for handler in logger.handlers:
        handler.addFilter(_name_recording)
    return logger


def _name_recording(record: logging.LogRecord) -> bool:
    """A filter that lets all pass."""
    if prefix := correlation_id():
        record.correlation_id = prefix
    return True

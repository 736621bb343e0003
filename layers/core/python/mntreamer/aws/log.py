"""Structured logs on AWS: what the package logs goes the same way as what a handler logs, with the same keys."""

import logging

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging.utils import copy_config_to_registered_loggers

_PACKAGE = "mntreamer"


def service_logger() -> Logger:
    """The process's logger; its service is named by POWERTOOLS_SERVICE_NAME."""
    logger = Logger()
    logging.getLogger(_PACKAGE)
    copy_config_to_registered_loggers(source_logger=logger, include={_PACKAGE})
    return logger

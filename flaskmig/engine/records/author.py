"""Who writes a row of the journal: the person and the release."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def tool_version() -> str:
    """The version of flaskmig; empty where it runs without being installed."""
    try:
        return version("flaskmig")
    except PackageNotFoundError:
        return ""


@cache
def user_name() -> str:
    """Who runs this, as far as the operating system says; empty where it does not."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""

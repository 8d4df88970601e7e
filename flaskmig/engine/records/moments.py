"""Times as the journal writes them: ISO 8601 in UTC, to the microsecond, so that texts sort."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def now() -> str:
    """This moment as the journal writes it."""
    return _written(datetime.now(UTC))


def after(newest: object, wanted: str) -> str:
    """The time that is wanted, or where that is not after the newest, a moment after it."""
    if not isinstance(newest, str) or newest < wanted:
        return wanted
    try:
        return _written(datetime.fromisoformat(newest) + timedelta(microseconds=1))
    except (ValueError, OverflowError):
        # It was not flaskmig that wrote the newest.
        return wanted


def _written(time: datetime) -> str:
    return time.isoformat(timespec="microseconds").removesuffix("+00:00")

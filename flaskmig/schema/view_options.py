"""The options of a view as pairs, from what calls and models say of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flaskmig.schema.names import OptionValue

STORAGE = "with."


def view_options(
    *,
    check_option: str | None = None,
    security_barrier: bool | None = None,
    security_invoker: bool | None = None,
    storage: Mapping[str, Any] | None = None,
    tablespace: str | None = None,
) -> tuple[tuple[str, OptionValue], ...]:
    """Name and value pairs in the order of their names; what is None or False is left out.

    Values of ``storage`` are text, as a catalogue has them.
    """
    found: dict[str, OptionValue | None] = {
        "check_option": check_option.lower() if check_option else None,
        "security_barrier": security_barrier,
        "security_invoker": security_invoker,
        "tablespace": tablespace,
    }
    for name, value in (storage or {}).items():
        found[f"{STORAGE}{name}"] = str(value).lower() if isinstance(value, bool) else str(value)
    return tuple(sorted((name, value) for name, value in found.items() if value))

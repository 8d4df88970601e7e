"""What models declare beside tables: views, functions, triggers and extensions.

Each belongs to a MetaData: ``metadata.create_all`` makes it, ``metadata.drop_all`` drops it, and
`flask db migrate` sees what changed in it.
"""

from __future__ import annotations

from flaskmig.declare.creating import declared_in
from flaskmig.declare.declarations import Extension, Function, Trigger, View
from flaskmig.declare.queries import query_text, query_uses

__all__ = [
    "Extension",
    "Function",
    "Trigger",
    "View",
    "declared_in",
    "query_text",
    "query_uses",
]

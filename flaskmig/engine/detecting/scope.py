"""`Scope`: what of two schemas is compared."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from flaskmig.engine.detecting.column_rules import CompareServerDefault, CompareType
from flaskmig.engine.detecting.inclusion import IncludeName, IncludeObject
from flaskmig.engine.records.history import DEFAULT_TABLE
from flaskmig.engine.records.journal_table import TABLE as JOURNAL
from flaskmig.schema import QualifiedName


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What of two schemas is compared.

    ``managed`` are the tables that may be dropped, None for all; the others are listed as
    unmanaged. The functions are called as Alembic calls them. The default schema, those that the
    models name and ``schemas`` are always read; ``include_schemas`` True means all.
    """

    managed: Collection[QualifiedName | str] | None = None
    include_object: IncludeObject | None = None
    include_name: IncludeName | None = None
    include_schemas: bool | Literal["from_metadata"] = False
    schemas: Collection[str] = ()
    compare_type: bool | CompareType = True
    compare_server_default: bool | CompareServerDefault = True
    version_table: str = DEFAULT_TABLE
    version_table_schema: str | None = None

    def is_own(self, table: QualifiedName, default_schema: str | None) -> bool:
        """Whether the table is flaskmig's own: the history, or its journal beside it."""
        schema = self.version_table_schema
        if schema == default_schema:
            schema = None
        return table.name in (self.version_table, JOURNAL) and table.schema == schema

    @property
    def compares_all(self) -> bool:
        """Whether nobody is asked what of a table is compared, and nothing of it is left out."""
        hooks = (self.include_object, self.include_name)
        rules = (self.compare_type, self.compare_server_default)
        return hooks == (None, None) and all(rule is True for rule in rules)

    def manages(self, table: QualifiedName) -> bool:
        if self.managed is None:
            return True
        return table in self.managed or str(table) in self.managed

    def manages_object(self, label: str) -> bool:
        """Whether an object other than a table that no models declare may be dropped."""
        return self.managed is not None and label in self.managed

    @property
    def managed_schemas(self) -> frozenset[str]:
        """The namespaces of what may be dropped: models may no longer name them."""
        names = {name for name in self.managed or () if isinstance(name, QualifiedName)}
        labels = {name for name in self.managed or () if isinstance(name, str)}
        homes = {name.schema for name in names if name.schema}
        prefix = "schema:"
        return frozenset(
            homes | {each.removeprefix(prefix) for each in labels if each.startswith(prefix)}
        )

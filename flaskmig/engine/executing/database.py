"""The database of one bind as a run reaches it: its connection, and what is kept there."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from flaskmig.dialects import dialect_of
from flaskmig.engine.executing.events import Events
from flaskmig.engine.models.metadata import Reader
from flaskmig.engine.records.history import History
from flaskmig.engine.records.journal import Journal, journal_of

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.dialects.base import Dialect
    from flaskmig.engine.configuration.project import Project


class Database:
    """One connection with the history and the journal that a run works with."""

    def __init__(self, project: Project, bind: str, connection: Connection) -> None:
        options = project.options
        self.project = project
        self.bind = bind
        self.connection = connection
        self.events = Events(connection)
        self.dialect: Dialect = dialect_of(connection)
        self.history = History(
            connection,
            self.dialect,
            table=options.version_table,
            schema=options.version_table_schema,
        )

    @cached_property
    def default_schema(self) -> str | None:
        """The schema that goes unnamed; asked of the database once it is settled."""
        return self.dialect.default_schema(self.connection)

    @cached_property
    def journal(self) -> Journal:
        """The journal, named with its schema: a revision may set another search_path.

        It is beside the version table, wherever that was found.
        """
        journal = journal_of(self.history)
        if journal.schema is None and self.dialect.name == "postgresql":
            return Journal(
                self.connection,
                version_table=journal.version_table,
                schema=self.default_schema,
            )
        return journal

    @cached_property
    def reader(self) -> Reader:
        """What reads the models' constructs as this database spells them."""
        server = self.connection.dialect
        return Reader(self.dialect, self.default_schema, server=server, cuts_names=True)

    def forget(self) -> None:
        """Look again whether the tables of our own are there: what made them was rolled back."""
        self.history.forget()
        # Another process may make them elsewhere by then.
        self.__dict__.pop("journal", None)

"""What ``get_bind()`` gives where nothing is run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect as SQLAlchemyDialect

    from flaskmig.engine.plans.plan_sink import PlanSink

USES_DATABASE = "it uses the database itself, through get_bind()"


class Unplannable(BaseException):
    """Ends the function of a revision that cannot be planned any further.

    Not an Exception: a revision file that catches those must not go on past it.
    """


class NoConnection:
    """A stand-in for the connection: many files only ask for its dialect."""

    def __init__(self, sink: PlanSink, line: int | None) -> None:
        self._sink = sink
        self._line = line

    @property
    def dialect(self) -> SQLAlchemyDialect:
        return self._sink.sqlalchemy_dialect

    @property
    def engine(self) -> NoConnection:
        return self

    @property
    def name(self) -> str:
        """The name of the dialect, which an engine has as its own."""
        return self.dialect.name

    def __getattr__(self, name: str) -> Any:
        self._sink.note(self._line, f"{USES_DATABASE} (.{name})")
        raise Unplannable

"""Random expressions are seen as what they are, and as something else when one token changes."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from flaskmig import engine
from tests.conftest import MakeDatabase
from tests.counts import examples
from tests.databases import NAMES
from tests.expressions.composed import Expression, conditions, numbers, texts
from tests.expressions.form import Form
from tests.expressions.subject import metadata_of
from tests.expressions.test_forms import assert_same, missed_of

# Each example is a dozen expressions or so, created and looked at five times.
COUNTS = {"sqlite": examples(8), "postgresql": max(8, examples(8) // 5)}

_PLACES: dict[str, tuple[tuple[str, ...], object]] = {
    "condition": (("check", "where", "generated"), sa.Boolean),
    "number": (("index", "generated"), sa.Integer),
    "text": (("index", "generated"), sa.Text),
}


@st.composite
def forms(draw: st.DrawFn) -> dict[str, tuple[Form, ...]]:
    """A theme of a few random expressions of each kind, each with one random token changed."""
    kinds = {"condition": conditions(2), "number": numbers(2), "text": texts(2)}
    found = []
    for kind, strategy in kinds.items():
        drawn = draw(st.lists(strategy, min_size=3, max_size=3))
        for position, expression in enumerate(drawn):
            if not expression.changeable:
                continue
            changed = expression.changed(draw(st.sampled_from(expression.changeable)))
            places, type_ = _PLACES[kind]
            if len(expression.pieces) == 1:
                places = ("generated",)  # SQLite takes a string that is indexed for a column
            found.append(
                Form(
                    name=f"{kind}_{position}",
                    written=_as_text(expression),
                    changed=_as_text(changed),
                    places=places,
                    databases=NAMES,
                    type=type_,
                )
            )
    return {"composed": tuple(found)}


def _as_text(expression: Expression) -> str:
    """As sa.text() takes it."""
    return str(expression).replace(":", "\\:")


@pytest.mark.parametrize("database", NAMES)
def test_random_expressions(database: str, make_database: MakeDatabase) -> None:
    """Created, an expression equals itself; with one token changed it does not."""
    bind = make_database(database)

    @settings(max_examples=COUNTS[database])
    @given(themes=forms())
    def law(themes: dict[str, tuple[Form, ...]]) -> None:
        written = metadata_of(themes, database)
        changed = metadata_of(themes, database, changed=True)
        with bind.begin() as connection:
            written.drop_all(connection)
            written.create_all(connection)
        assert_same(written, bind)
        found = engine.diff(changed, bind)
        assert found.notes == ()
        assert missed_of(themes, found) == {}
        with bind.connect() as connection:
            engine.apply(found, connection)
        assert_same(changed, bind)

    law()

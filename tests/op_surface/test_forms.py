"""Every call of ``op`` in every form: its SQL, and what it makes, beside the real Alembic's."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from tests.counts import DEEP
from tests.databases import NAMES
from tests.op_surface import ours, peer
from tests.op_surface.conftest import MakeFresh
from tests.op_surface.form import Form
from tests.op_surface.outcome import outcome_of
from tests.op_surface.reasons import ENDS_OTHERWISE, WRITES_OTHERWISE
from tests.op_surface.report import begins_with
from tests.op_surface.state import state

GROUPS = ("columns", "constraints", "conventions", "indexes", "rows", "spellings", "tables")
EXPECTED = Path(__file__).parent / "expected"


def forms_of(group: str, database: str) -> list[Form]:
    """The forms of a group that this database has."""
    module = importlib.import_module(f"tests.op_surface.forms.{group}")
    return [form for form in module.FORMS if database in form.on]


def sections(text: str) -> dict[str, str]:
    """What an expected file has, by the line that each form begins with."""
    return {each.split("\n", 1)[0]: each for each in text.rstrip("\n").split("\n\n")}


@pytest.mark.parametrize("database", NAMES)
@pytest.mark.parametrize("group", GROUPS)
def test_forms(
    group: str, database: str, fresh: MakeFresh, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """A call has the expected SQL and leaves what Alembic's leaves, online and by --sql."""
    empty = fresh(database)
    outcomes = [
        outcome_of(group, form, database, empty, tmp_path / str(number))
        for number, form in enumerate(forms_of(group, database))
        if form.is_sayable
    ]
    faults = [fault for each in outcomes for fault in each.faults()]
    assert not faults, "\n\n".join(faults)
    path = EXPECTED / f"{group}.{database}.sql"
    if pytestconfig.getoption("--update-cases") and peer.IS_TODAYS:
        text = "\n\n".join("\n".join(each.shown()) for each in outcomes) + "\n"
        path.write_text(text, encoding="utf-8")
    expected = sections(path.read_text(encoding="utf-8"))
    for each in outcomes:
        found = expected.pop(f"-- {each.key[0]}")
        if peer.IS_TODAYS:
            assert "\n".join(each.shown()) == found
        else:
            assert begins_with(found, "\n".join(each.mine()))
    assert not expected or not peer.IS_TODAYS, "forms that are no more: --update-cases"


@pytest.mark.parametrize("database", NAMES)
@pytest.mark.parametrize("group", GROUPS)
def test_files_for_alembic(group: str, database: str, fresh: MakeFresh, tmp_path: Path) -> None:
    """A file that imports op from Alembic leaves what one does that imports it from flaskmig."""
    empty = fresh(database)
    forms = [form for form in forms_of(group, database) if form.is_sayable]
    for number, form in enumerate(forms if DEEP else forms[::8]):
        files = ours.Files(tmp_path / str(number), empty(), form)
        files.run_both()
        left = state(files.engine)
        other = ours.Files(tmp_path / f"{number}_alembic", empty(), form)
        other.as_for_alembic()
        other.run_both()
        assert state(other.engine) == left, form.name


def test_reasons_are_of_forms() -> None:
    """Each reason for a difference belongs to a form that is tried on that database."""
    keys = {
        (f"{group}/{form.name}", database)
        for group in GROUPS
        for database in NAMES
        for form in forms_of(group, database)
    }
    assert {*WRITES_OTHERWISE, *ENDS_OTHERWISE} <= keys

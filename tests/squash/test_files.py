"""The file of a squashed revision, and what is kept in it of the old ones."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from flaskmig.engine.files.header import parse, read_header
from flaskmig.engine.files.kept_source import Keeper
from flaskmig.engine.files.module_names import module_names, renamed
from flaskmig.engine.files.schema_calls import first_of_data
from tests.squash.project import History

_NAMES = """
import os
users = 1
other: int = users

def call(users=users, *, then=lambda: users):
    return users, then()

def inner():
    global counter
    counter = users
    def users2():
        nonlocal_users = users
        return [users for users in (1, 2)], {users: each for each in [users]}, nonlocal_users
    return users2, f"{users}"

class Model(dict):
    users = 3
    def method(self, value: "int" = users) -> None:
        self.users = users

for each in (users,):
    pass

result = (call(), call(5), inner()[1], inner()[0](), Model.users, other, counter, each)
"""


def test_renaming_changes_nothing() -> None:
    """A module with other names for its own does the same: scopes are kept apart."""
    tree = ast.parse(_NAMES)
    names = {name: f"{name}_1" for name in module_names(tree) - {"os", "result"}}
    text = renamed(_NAMES, tree, names)
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    exec(_NAMES, before)
    exec(text, after)
    assert after["result"] == before["result"]
    assert "users" not in after
    assert after["users_1"] == 1


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("('a', 'b')", ("a", "b")),
        ("['a', 'own', 'a']", ("a",)),
        ("None", ()),
        ("{'a': 1}", ()),
        ("('a', 1)", ()),
        ("('a@b',)", ()),
        ("names()", ()),
    ],
)
def test_what_a_header_replaces(value: str, found: tuple[str, ...]) -> None:
    """Only ids are taken for revisions that are replaced; the name may mean something else."""
    content = f"revision = 'own'\ndown_revision = None\nreplaces = {value}\n"
    assert read_header(content.encode(), "x.py", "x.py").replaces == found


def test_a_kept_file_is_its_own_text() -> None:
    """What is kept has the bytes of its file, strings over several lines and comments included."""
    content = (
        '"""doc"""\nfrom alembic import op\nimport sqlalchemy as sa\nrevision = "ab"\n'
        'down_revision = None\n# why\n\n# says\nnames = ["x"]\n\n\ndef upgrade():\n'
        '    # keep me\n    op.execute("""\n  SELECT 1\n""")\n    return names\n'
    )
    kept = Keeper(("",), "alembic").keep(content.encode(), "ab.py", "ab", "first")
    assert kept.text == (
        '# Revision ab: first\n# says\nnames = ["x"]\n\n\ndef _upgrade_ab():\n'
        '    # keep me\n    op.execute("""\n  SELECT 1\n""")\n    return names\n\n\n'
        'def _downgrade_ab():\n    raise RuntimeError("revision ab has no downgrade()")'
    )
    assert kept.imports == ("import sqlalchemy as sa",)
    assert kept.calls == {("upgrade", ""): "_upgrade_ab()", ("downgrade", ""): "_downgrade_ab()"}


def test_two_files_with_the_same_names() -> None:
    """Names that two files use for different things are told apart, the same imports are shared."""
    content = (
        b"import json\nrevision = '%s'\ndown_revision = None\nrows = [revision]\n"
        b"def upgrade(op=None):\n    return json.dumps(rows)\n"
        b"def downgrade():\n    return upgrade()\n"
    )
    keeper = Keeper(("",))
    first, second = (keeper.keep(content % id_, "x.py", id_.decode(), "") for id_ in (b"a", b"b"))
    scope: dict[str, object] = {}
    for each in (first, second):
        exec("\n".join([*each.imports, each.text]), scope)
    calls = [each.calls["downgrade", ""] for each in (first, second)]
    assert [eval(call, scope) for call in calls] == ['["a"]', '["b"]']


_IMPORTS = (
    "from json import dumps as say\nfrom os import path",
    "from html import escape as say\nfrom os import path",
    "import pprint as say\nfrom os import path",
)


def test_imports_with_the_same_names() -> None:
    """A name that two files import from different places is another one in the second."""
    keeper = Keeper(("",))
    scope: dict[str, object] = {}
    bodies = ("say('<')", "say('<')", "say.pformat('<')")
    for number, (imports, body) in enumerate(zip(_IMPORTS, bodies, strict=True)):
        content = (
            f"{imports}\nrevision = 'r{number}'\ndown_revision = None\n"
            f"def upgrade():\n    return {body}, path.sep\ndef downgrade():\n    pass\n"
        )
        kept = keeper.keep(content.encode(), "x.py", f"r{number}", "")
        exec("\n".join([*kept.imports, kept.text]), scope)
    found = [eval(f"_upgrade_r{number}()", scope)[0] for number in range(3)]
    assert found == ['"<"', "&lt;", "'<'"]
    assert "path_r1" not in scope


def test_each_op_is_its_own() -> None:
    """A file that has its op from Alembic keeps that, beside the other one of the new file."""
    content = (
        b"from alembic import op\nrevision = 'a'\ndown_revision = None\n"
        b"def upgrade(op=op):\n    op.execute('x')\ndef downgrade(op):\n    op.execute('y')\n"
    )
    kept = Keeper(("",)).keep(content, "a.py", "a", "")
    assert kept.imports == ("from alembic import op as alembic_op",)
    assert "def _upgrade_a(op=alembic_op):\n    op.execute('x')" in kept.text
    assert kept.calls["downgrade", ""] == "_downgrade_a(alembic_op)"


_SPLIT = b"""
revision = "a"
down_revision = None
def upgrade(engine_name):
    globals()["upgrade_%s" % engine_name]()
def downgrade(engine_name):
    globals()["downgrade_%s" % engine_name]()
def upgrade_():
    return "up"
def downgrade_():
    return "down"
def upgrade_logs():
    return "up logs"
def downgrade_logs():
    return "down logs"
"""


def test_the_shape_for_several_databases() -> None:
    """Of a file that hands over to a function for each bind, those functions are kept."""
    kept = Keeper(("", "logs", "later")).keep(_SPLIT, "a.py", "a", "")
    assert "globals" not in kept.text
    scope: dict[str, object] = {}
    exec(kept.text, scope)
    assert {key: eval(call, scope) for key, call in kept.calls.items()} == {
        ("upgrade", ""): "up",
        ("downgrade", ""): "down",
        ("upgrade", "logs"): "up logs",
        ("downgrade", "logs"): "down logs",
    }


@pytest.mark.parametrize(
    ("line", "is_data"),
    [
        ("op.create_table('t', sa.Column('id', sa.Integer()))", False),
        ("op.add_column('t', sa.Column('x', app.Own(3), server_default=sa.text('1')))", False),
        ("op.drop_table('t', if_exists=True)", True),
        ("op.execute('SELECT 1')", True),
        ("op.get_bind()", True),
        ("op.create_table(*columns)", True),
        ("op.create_table('t', **options)", True),
        ("op.create_table(f't{x}')", True),
        ("[op.drop_table(t) for t in 'ab']", True),
        ("print(1)", True),
        ("if x:\n        op.drop_table('t')", True),
        ("with op.batch_alter_table('t') as b:\n        b.drop_column('x')", False),
        ("with op.batch_alter_table('t') as b:\n        b.execute('x')", True),
        ("with op.get_context().autocommit_block():\n        op.drop_table('t')", True),
    ],
)
def test_what_counts_as_a_step_on_data(line: str, is_data: bool) -> None:
    """Whatever is not surely a change of the schema alone is kept as it is written."""
    for source in (
        f"def upgrade():\n    {line}\n\ndef downgrade():\n    pass\n",
        f"def upgrade():\n    pass\n\ndef downgrade():\n    {line}\n",
    ):
        assert (first_of_data(parse(source.encode(), "x.py"), "") is not None) == is_data


def test_the_whole_file(on_sqlite: History) -> None:
    """The file says what it replaces, what is folded in order, and what is kept at its end."""
    made = on_sqlite.squash("b2:g8", message="the first year")
    assert made.path is not None
    text = made.path.read_text()
    assert text == made.content
    body = text[text.index("revision = ") :]
    order = [
        'revision = "g8"',
        'down_revision = "a1"',
        'replaces = ("b2", "c3", "e5", "f6", "d4", "m7")',
        "def upgrade():",
        "_upgrade_c3()",
        "_upgrade_e5()",
        '"posts",',
        "def downgrade():",
        "_downgrade_e5()",
        "_downgrade_c3()",
        "# Revision c3: step c3\n# The tables as they are at this point.\nusers = ",
        "# Revision e5: step e5\nusers_e5 = ",
    ]
    places = [body.index(each) for each in order]
    assert places == sorted(places)
    assert body.count("op.add_column") == 1
    assert [Path(place.partition(",")[0]).name for place in made.kept] == ["c3_.py", "e5_.py"]


def test_dry_run_writes_nothing(on_sqlite: History) -> None:
    """With dry_run both ways are gone, and no file is written."""
    before = {path: path.read_bytes() for path in on_sqlite.folder.rglob("*") if path.is_file()}
    made = on_sqlite.squash("b2:m7", dry_run=True)
    assert (made.path, made.folder) == (None, None)
    assert 'replaces = ("b2"' in made.content
    assert ["proven on" in str(proof) for proof in made.proofs] == [True]
    assert {p: p.read_bytes() for p in on_sqlite.folder.rglob("*") if p.is_file()} == before

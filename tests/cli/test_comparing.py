"""diff between any two sides, snapshot, check for CI, and models that lost their tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.cli.project import PASSWORD, USERS, USERS_WITH_EMAIL, Project
from tests.conftest import MakeDatabase

NONE = "No changes in schema detected.\n"


def refuses(project: Project, *arguments: str, words: tuple[str, ...] = ()) -> None:
    """The command ends with 1 and one error that has the words, and a way on."""
    done = project.quick(*arguments, code=1)
    assert done.stdout == ""
    assert done.stderr.startswith("Error: ")
    assert "\nTry: " in done.stderr
    for word in words:
        assert word in done.stderr


def test_snapshot_and_back(started: Project) -> None:
    """A snapshot is written whole, compares as empty, and later shows what has changed since."""
    assert started.quick("snapshot", "schema.json").stdout == "schema.json\n"
    path = started.folder / "schema.json"
    assert path.read_text() == started.quick("snapshot").stdout
    assert started.quick("diff", "--from", "schema.json").stdout == NONE
    assert started.quick("diff", "--from", "schema.json", "--to", "database").stdout == NONE
    started.revise(USERS_WITH_EMAIL)
    said = ("--from", "schema.json", "--exit-code")
    assert started.quick("diff", *said, code=1).stdout == "add column users.email\n"
    assert started.quick("diff", *said, "--to", "database", code=1).stdout == (
        "add column users.email\n"
    )
    back = ("--from", "database", "--to", "schema.json")
    assert started.quick("diff", *back).stdout == "drop column users.email\n"
    assert "ALTER TABLE" in started.quick("diff", *said, "--sql", code=1).stdout.upper()
    assert "op.add_column" in started.quick("diff", *said, "--python", code=1).stdout
    [found] = started.quick_json("diff", *said, code=1)
    assert (found["from"], found["to"]) == ("schema.json", "models")
    before = path.read_text()
    started.quick("snapshot", "schema.json")
    assert "email" in path.read_text()
    assert "email" not in before


def test_snapshot_of_models(project: Project) -> None:
    """A snapshot of the models is what the models ask for, and the file that it gives runs."""
    project.quick("snapshot", "--of", "models", "wanted.json")
    assert project.tables() == set()
    assert project.quick("diff", "--from", "wanted.json").stdout == NONE
    found = project.quick("diff", "--to", "wanted.json", "--python").stdout
    assert "sa.String(80)" in found.replace("length=", "")
    project.start()
    assert project.quick("diff", "--to", "wanted.json").stdout == NONE


def test_two_databases(started: Project, make_database: MakeDatabase) -> None:
    """Two databases are compared by their URLs, without a password in what is said."""
    other = make_database(started.engine.dialect.name)
    with other.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE extra (id INTEGER PRIMARY KEY)")
    url = other.url
    if url.get_backend_name() == "postgresql":
        url = url.set(password=PASSWORD)
    secret = url.render_as_string(hide_password=False)
    done = started.quick("diff", "--from", secret, "--to", started.url)
    assert set(done.stdout.split("\n")) == {"create table users", "drop table extra", ""}
    done = started.quick("diff", "--from", secret)
    assert done.stdout == "create table users\n"
    assert "left alone" in done.stderr
    assert "extra" in done.stderr
    [found] = started.quick_json("diff", "--from", secret)
    assert found["unmanaged"] == ["extra"]
    assert found["from"].startswith(started.engine.dialect.name)
    refuses(started, "diff", "--from", started.url, "--to", "database", words=("both sides are",))
    assert started.rows()


def test_empty_database_as_a_side(sqlite_project: Project) -> None:
    """sqlite:// is an empty database: from it the whole schema is shown."""
    done = sqlite_project.quick("diff", "--from", "sqlite://", "--sql")
    assert done.stdout.startswith("CREATE TABLE")
    assert not Path(str(sqlite_project.engine.url.database)).exists()


BAD_SIDES = [
    (("--from", "models"), ("both sides are models",)),
    (("--to", "database"), ("both sides are database",)),
    (("--from", "missing.json"), ("missing.json cannot be read", "No such file")),
    (("--from", "sqlite:///missing.db"), ("there is no database missing.db",)),
    (("--from", "app.py"), ("app.py: this is no JSON", "line 1")),
    (("--from", "."), (". cannot be read", "directory")),
    (("--from", "newer.json"), ("newer.json", "format 99")),
    (("--from", "wrong.json"), ("wrong.json", "tables.users lacks 'columns'", "colour")[:1]),
    (("--from", "oracle://u:s3cret-word@h/d"), ("cannot be used",)),
    (("--from", "mysql+nothing://u:s3cret-word@h/d"), ("cannot be used",)),
    (("--from", "postgresql://u:s3cret-word@h:port/d"), ("it is no URL",)),
    (
        ("--from", "postgresql+psycopg://u:s3cret-word@127.0.0.1:1/d?password=s3cret-word"),
        ("cannot connect", "***"),
    ),
    (
        ("--from", "other.json", "--to", "database"),
        ("different databases", "postgresql and sqlite"),
    ),
]


@pytest.mark.parametrize(("arguments", "words"), BAD_SIDES)
def test_bad_sides(
    sqlite_started: Project, arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    """A side that cannot be is an error that says which, with a way on and no password."""
    folder = sqlite_started.folder
    (folder / "newer.json").write_text('{"flaskmig_snapshot": 99}')
    wrong = {"flaskmig_snapshot": 1, "database": "sqlite", "tables": [{"name": "a", "colour": 1}]}
    (folder / "wrong.json").write_text(json.dumps(wrong))
    (folder / "other.json").write_text('{"flaskmig_snapshot": 1, "database": "postgresql"}')
    before = sqlite_started.everything()
    refuses(sqlite_started, "diff", *arguments, words=words)
    assert sqlite_started.everything() == before


def test_snapshot_writes_over_nothing_else(sqlite_started: Project) -> None:
    """A file that is no snapshot is left as it was, and a folder that is not there is said."""
    before = sqlite_started.everything()
    refuses(sqlite_started, "snapshot", "app.py", words=("app.py", "is no snapshot"))
    refuses(sqlite_started, "snapshot", "none/x.json", words=("none/x.json", "cannot be written"))
    assert sqlite_started.everything() == before


def test_not_comparable(project: Project) -> None:
    """What cannot be compared without a database is said, in JSON as well."""
    if project.engine.dialect.name == "sqlite":
        project.write(USERS.replace("nullable=False", 'server_default="x"'))
        project.quick("snapshot", "--of", "models", "wanted.json")
        assert project.quick("diff", "--from", "wanted.json").stderr == ""
        return
    check = USERS + "    __table_args__ = (db.CheckConstraint(\"name IN ('a', 'b')\"),)\n"
    project.write(check)
    project.start()
    project.quick("snapshot", "taken.json")
    assert project.quick("diff", "--from", "taken.json").stdout == NONE
    url = project.engine.url.set(port=1).render_as_string(hide_password=False)
    project.write(check, url=url)
    done = project.quick("diff", "--from", "taken.json")
    assert "not comparable" in done.stderr
    assert "users" in done.stderr
    [found] = project.quick_json("diff", "--from", "taken.json")
    assert any("not comparable" in note for note in found["notes"])


TWO_BINDS = """
class User(db.Model):
    __tablename__ = "users"
    id = db.Column(db.Integer, primary_key=True)


class Event(db.Model):
    __tablename__ = "events"
    __bind_key__ = "stats"
    id = db.Column(db.Integer, primary_key=True){more}
"""


@pytest.fixture
def two_binds(sqlite_project: Project) -> Project:
    """A project with two databases."""
    sqlite_project.write(
        TWO_BINDS.format(more=""),
        binds={"stats": f"sqlite:///{sqlite_project.folder}/stats.db"},
        options=', binds="all"',
    )
    sqlite_project.start()
    return sqlite_project


def test_check_of_two_binds(two_binds: Project) -> None:
    """check says of every database what is wrong with it, one line for each difference."""
    assert two_binds.quick("check").stdout == "No new upgrade operations detected.\n"
    two_binds.write(
        TWO_BINDS.format(more="\n    kind = db.Column(db.Integer)"),
        binds={"stats": f"sqlite:///{two_binds.folder}/stats.db"},
        options=', binds="all"',
    )
    done = two_binds.quick("check", code=1)
    assert done.stdout == "stats: add column events.kind\n"
    assert done.stderr == ("Error: 1 new upgrade operation detected\nTry: flask db migrate\n")
    main, stats = two_binds.quick_json("check", code=1)
    assert (main["bind"], main["is_ok"], main["operations"]) == ("default", True, [])
    assert (stats["bind"], stats["is_ok"]) == ("stats", False)
    assert [each["text"] for each in stats["operations"]] == ["add column events.kind"]
    assert stats["pending"] == stats["changed"] == []

    two_binds.quick("migrate", "-m", "kind", "--rev-id", "kind")
    two_binds.quick("upgrade", "--bind", "stats")
    done = two_binds.quick("check", code=1)
    assert done.stdout == ""
    assert "the database is at" in done.stderr
    assert "flask db upgrade" in done.stderr
    main, stats = two_binds.quick_json("check", code=1)
    assert (main["is_ok"], main["pending"], main["operations"]) == (False, ["kind"], None)
    assert main["heads"] == ["kind"]
    assert stats["is_ok"]


def test_sides_of_two_binds(two_binds: Project) -> None:
    """Where several databases are managed, the one that is meant has to be named."""
    refuses(two_binds, "snapshot", words=("several databases", "stats", "--bind"))
    two_binds.quick("snapshot", "stats.json", "--bind", "stats")
    refuses(two_binds, "diff", "--from", "stats.json", words=("several databases", "--bind"))
    assert two_binds.quick("diff", "--from", "stats.json", "--bind", "stats").stdout == NONE
    done = two_binds.quick("diff", "--from", "stats.json", "--to", "sqlite://")
    assert done.stdout == "drop table events\n"


def test_check_says_everything_at_once(started: Project) -> None:
    """A changed file and a difference are both told, and a revision without a file."""
    [file] = started.files
    file.write_text(file.read_text() + "\nX = 1\n")
    started.write(USERS_WITH_EMAIL)
    done = started.quick("check", code=1)
    assert done.stdout == "add column users.email\n"
    assert "was changed after" in done.stderr
    [found] = started.quick_json("check", code=1)
    assert found["changed"] == list(started.rows())
    assert "was changed" in found["error"]
    file.unlink()
    assert "no revision file has that id" in started.quick("check", code=1).stderr
    [found] = started.quick_json("check", code=1)
    assert (found["operations"], found["current"]) == (None, list(started.rows()))


def tables(*names: str) -> str:
    return "".join(
        f"""
class {name.title()}(db.Model):
    __tablename__ = "{name}"
    id = db.Column(db.Integer, primary_key=True)
"""
        for name in names
    )


NAMES = ("users", "posts", "tags", "likes", "notes")


def begun(project: Project, *names: str) -> None:
    project.write(tables(*names))
    project.start()


@pytest.mark.parametrize("left", [(), ("users",), ("users", "posts"), ("others",)])
def test_models_that_are_gone(started: Project, left: tuple[str, ...]) -> None:
    """Models that lost most of their tables at once are refused, with causes and a way on."""
    started.write(USERS + tables(*NAMES[1:]))
    started.quick("migrate", "-m", "more")
    started.quick("upgrade")
    started.execute("CREATE TABLE foreign_one (id INTEGER PRIMARY KEY)")
    before = started.everything()
    lost = sorted(set(NAMES) - set(left))
    models = tables(*left)
    if "users" in left:
        models += "    name = db.Column(db.String(80), nullable=False)\n" * (left[-1] == "users")
    started.write(models)
    refuses(
        started,
        *("migrate", "--no-rename"),
        words=(*lost, "import the modules", "metadata", "__bind_key__", "--drop tags"),
    )
    assert started.everything()[1] == before[1]
    for command in ("diff", "check"):
        done = started.quick(command, "--no-rename", code=None)
        assert "import the modules" in done.stderr
        [found] = started.quick_json(command, "--no-rename", code=None)
        assert sum("import the modules" in note for note in found["notes"]) == 1
    meant = [word for name in lost for word in ("--drop", name)]
    said = started.quick("migrate", "-m", "less", "--no-rename", *meant)
    assert said.stdout.endswith(".py\n")
    started.quick("upgrade")
    assert started.tables() & set(lost) == set()


@pytest.mark.parametrize(
    ("there", "left"),
    [
        (("users", "posts"), ("users",)),
        (("users", "posts", "tags"), ("users",)),
        (("users", "posts", "tags", "likes", "notes"), ("users", "posts", "tags")),
        (("users",), ("others",)),
    ],
)
def test_tables_that_go_by_wish(
    sqlite_project: Project, there: tuple[str, ...], left: tuple[str, ...]
) -> None:
    """Dropping few of the tables, or one of a small project, needs no more than migrate."""
    begun(sqlite_project, *there)
    sqlite_project.write(tables(*left))
    done = sqlite_project.quick("migrate", "--no-rename")
    assert "import the modules" not in done.stderr
    assert sqlite_project.files[1:]


def test_tables_of_another_bind(sqlite_project: Project) -> None:
    """Tables that the models of another bind have now are said to be there."""
    begun(sqlite_project, *NAMES)
    moved = tables(*NAMES).replace("    id =", '    __bind_key__ = "stats"\n    id =')
    binds = {"stats": f"sqlite:///{sqlite_project.folder}/stats.db"}
    sqlite_project.write(moved, binds=binds)
    refuses(sqlite_project, "migrate", words=("the models of the bind 'stats'", "__bind_key__"))


STRANGER = {
    "sqlite": "CREATE TABLE leftover (id INTEGER PRIMARY KEY, mood TEXT)",
    "postgresql": """
        CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE SEQUENCE numbers;
        CREATE TABLE leftover (
            id integer PRIMARY KEY DEFAULT nextval('numbers'), mood mood DEFAULT 'ok'
        )""",
}


def test_dropping_a_stranger(started: Project, make_database: MakeDatabase) -> None:
    """--drop writes a file that runs where the table is and where it is not, both ways."""
    name = started.engine.dialect.name
    for statement in STRANGER[name].split("; "):
        started.execute(statement)
    assert "leftover" in started.quick("diff").stderr
    assert started.quick("diff").stdout == NONE
    started.quick("migrate", "-m", "tidy", "--drop", "leftover", "--rev-id", "tidy")
    [file] = [file for file in started.files if "tidy" in file.name]
    assert 'op.drop_table("leftover", if_exists=True)' in file.read_text()
    started.quick("upgrade")
    assert started.tables() == {"users"}

    other = make_database(name)
    started.write(USERS, url=other.url.render_as_string(hide_password=False))
    started.quick("upgrade")
    assert set(sa.inspect(other).get_table_names()) >= {"users"}
    started.quick("check")
    started.quick("downgrade")
    started.quick("upgrade")
    assert "leftover" not in sa.inspect(other).get_table_names()
    started.quick("check")


def test_results_and_notes_apart(sqlite_started: Project) -> None:
    """What was asked for is all that is on stdout; notes and errors are on stderr."""
    sqlite_started.execute("CREATE TABLE strange (id INTEGER)")
    sqlite_started.write(USERS_WITH_EMAIL)
    for command in ("diff", "check"):
        done = sqlite_started.quick(command, code=None)
        assert done.stdout == "add column users.email\n"
        assert "strange" in done.stderr
        assert json.loads(sqlite_started.quick(command, "--json", code=None).stdout)
    done = sqlite_started.quick("diff", "--sql")
    assert "strange" not in done.stdout
    assert json.loads(sqlite_started.quick("snapshot").stdout)["flaskmig_snapshot"] == 1

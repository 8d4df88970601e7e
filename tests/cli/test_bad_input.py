"""What cannot be done: a clear error, exit code 1, and nothing changed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.cli.project import PASSWORD, USERS, USERS_WITH_EMAIL, Project
from tests.cli.test_running import HAND_WRITTEN, write_revision
from tests.postgres import Server

REQUIRED = USERS + "    age = db.Column(db.Integer, nullable=False)\n"


def is_clear(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """The error says what happened, with these words in it, and what to do next."""
    assert done.returncode == 1
    assert done.stdout == ""
    assert "\nError: " in f"\n{done.stderr}", done.stderr
    assert "\nTry: " in done.stderr, done.stderr
    for word in words:
        assert word in done.stderr, f"{word!r} is not in\n{done.stderr}"


def refuses(project: Project, *commands: str, words: tuple[str, ...]) -> None:
    """Every command is refused and changes nothing; the first one in a process of its own."""
    before = project.everything()
    for number, command in enumerate(commands):
        run = project.quick if number else project.db
        is_clear(run(*command.split(), code=1), *words)
        assert project.everything() == before, command


def write_file(project: Project, id: str, parent: str | None, name: str = "x.py") -> None:
    """A revision file by hand, whatever its id."""
    text = HAND_WRITTEN.format(message="", id=id, parent=parent, upgrade="pass", downgrade="pass")
    (project.folder / "migrations" / "versions" / name).write_text(text)


def test_no_application(sqlite_project: Project) -> None:
    """Without an application, or without Migrate in it, Flask says so itself and exits with 2."""
    (sqlite_project.folder / "app.py").rename(sqlite_project.folder / "elsewhere.py")
    done = sqlite_project.flask("db", "upgrade", app=None, code=2)
    assert "Could not locate a Flask application" in done.stderr
    (sqlite_project.folder / "app.py").write_text("from flask import Flask\napp = Flask('x')\n")
    assert "No such command 'db'" in sqlite_project.db("upgrade", code=2).stderr


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ("Migrate(app)", ("Migrate(app, db)",)),
        ("Migrate(app, SQLAlchemy())", ("init_app",)),
        ("Migrate(app, object())", ("metadata",)),
        ("Migrate(app, metadata=MetaData())", ("engine",)),
        ("Migrate(app, metadata=MetaData(), engine='mysql://a:s3cret-word@h/d')", ("driver",)),
        ("Migrate(app, metadata=MetaData(), engine='s3cret-word')", ("URL",)),
    ],
)
def test_no_database(sqlite_project: Project, made: str, words: tuple[str, ...]) -> None:
    """Without models or engine to be found in what Migrate was given, it says what it needs."""
    (sqlite_project.folder / "app.py").write_text(
        "from flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\n"
        "from sqlalchemy import MetaData\nfrom flaskmig import Migrate\n"
        f"app = Flask(__name__)\n{made}\n"
    )
    (sqlite_project.folder / "migrations" / "versions").mkdir(parents=True)
    refuses(sqlite_project, "migrate", words=words)


def test_no_models(started: Project) -> None:
    """Where no models are imported nothing is written that drops the tables."""
    started.write("")
    words = ("users", "import the modules with the models")
    refuses(started, "migrate", "revision --autogenerate", words=words)


def test_unknown_revision(started: Project) -> None:
    """An id that no file has is named by every command that takes one."""
    refuses(
        started,
        "upgrade nonesuch",
        "downgrade nonesuch",
        "stamp nonesuch",
        "show nonesuch",
        "edit nonesuch",
        "plan nonesuch",
        "merge head nonesuch",
        "revision --head nonesuch",
        "revision --depends-on nonesuch",
        "migrate --head nonesuch",
        "history -r nonesuch:",
        "upgrade --sql nonesuch",
        "downgrade --sql nonesuch:base",
        "stamp --sql nonesuch",
        "upgrade nonesuch@head",
        words=("nonesuch",),
    )


def test_too_many_steps(started: Project) -> None:
    """More steps than there are revisions is an error, not as many as there are."""
    [first] = started.rows()
    refuses(started, "downgrade -- -2", "upgrade +1", f"upgrade {first}+3", words=())


def test_ambiguous_id(started: Project) -> None:
    """A beginning that several ids share is refused, with those ids."""
    [first] = started.rows()
    write_revision(started, "abcd1", first)
    write_revision(started, "abcd2", first)
    commands = ("upgrade abcd", "show abcd", "stamp abcd", "downgrade abcd", "plan abcd")
    refuses(started, *commands, words=("abcd1", "abcd2"))


def test_several_heads(started: Project) -> None:
    """Where one head is meant and there are several, they are named, and both ways out."""
    [first] = started.rows()
    write_revision(started, "left", first)
    write_revision(started, "right", first)
    refuses(
        started,
        "upgrade",
        "migrate",
        "revision",
        "plan",
        "stamp",
        "upgrade --sql",
        words=("left", "right", "heads", "flask db merge"),
    )
    started.quick("upgrade", "heads")
    refuses(started, "downgrade", words=("left", "right"))


def test_database_ahead(started: Project) -> None:
    """A database at a revision without a file: every command that reads it names the revision."""
    started.execute("UPDATE alembic_version SET version_num = 'lost'")
    refuses(
        started,
        "upgrade",
        "downgrade",
        "current",
        "migrate",
        "revision --autogenerate",
        "check",
        "stamp",
        "plan",
        "show current",
        "history -i -r current:",
        words=("lost", "stamp --purge"),
    )
    started.db("stamp", "--purge", "head")
    started.quick("check")


def test_database_behind(started: Project) -> None:
    """A database that is not at head: the command that brings it there is named."""
    started.quick("revision")
    commands = ("migrate", "revision --autogenerate", "check", "current --check-heads")
    refuses(started, *commands, words=("Try: flask db upgrade",))


READERS = (
    "upgrade",
    "downgrade",
    "migrate",
    "current",
    "heads",
    "history",
    "branches",
    "show",
    "check",
    "diff",
    "plan",
    "stamp head",
    "revision",
    "merge",
    "edit",
    "upgrade --sql",
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"def upgrade(:\n", ("x.py", "line 1")),
        (b"revision = 'caf\xe9'\n", ("x.py",)),
        (b"import os\nrevision = os.environ['ID']\ndown_revision = None\n", ("x.py", "line 2")),
        (b"revision = 'a-b'\ndown_revision = None\n", ("x.py", "a-b")),
        (b"revision = 'twice'\ndown_revision = None\n\x00", ("x.py",)),
    ],
    ids=["syntax", "encoding", "computed", "id", "zero"],
)
def test_file_that_cannot_be_read(sqlite_project: Project, content: bytes, words: str) -> None:
    """A revision file that does not parse, or whose header says nothing, stops every command."""
    sqlite_project.start()
    (sqlite_project.folder / "migrations" / "versions" / "x.py").write_bytes(content)
    refuses(sqlite_project, *READERS, words=tuple(words))


def test_files_that_form_no_graph(started: Project) -> None:
    """Duplicate ids, a missing parent and cycles are explained with the files that they are in."""
    [first] = started.rows()
    [file] = started.files
    cases = [
        (first, None, (first, file.name, "x.py")),
        ("b", "gone", ("gone", "x.py")),
        ("b", "b", ("b", "x.py")),
    ]
    for id, parent, words in cases:
        write_file(started, id, parent)
        refuses(started, *READERS, words=words)
    write_file(started, "b", "c")
    write_file(started, "c", "b", "y.py")
    refuses(started, *READERS, words=("b", "c", "x.py", "y.py"))


def test_file_that_fails_while_it_loads(sqlite_project: Project) -> None:
    """A file that fails is named with the line by upgrade; what only reads headers goes on."""
    sqlite_project.start()
    [first] = sqlite_project.rows()
    path = write_revision(sqlite_project, "bad", first)
    for line, word in (("from flaskmig import nonesuch", "nonesuch"), ("1 / 0", "division")):
        path.write_text(path.read_text().replace("from flaskmig import op", line))
        refuses(sqlite_project, "upgrade", "plan", "upgrade --sql", words=("bad_.py, line 3", word))
        sqlite_project.quick("heads")
        path.write_text(path.read_text().replace(line, "from flaskmig import op"))


def test_no_folder(project: Project) -> None:
    """Without a migrations folder each command names init."""
    refuses(project, *READERS, words=("migrations", "flask db init"))


def test_folder_that_is_not_empty(sqlite_project: Project) -> None:
    """init leaves a folder with anything in it alone, and a file of that name as well."""
    folder = sqlite_project.folder / "migrations"
    folder.write_text("")
    refuses(sqlite_project, "init", words=("migrations", "--directory"))
    folder.unlink()
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    refuses(sqlite_project, "init", "init --multidb", "init -t ./nonesuch", words=())


@pytest.fixture
def read_only(sqlite_project: Project) -> Iterator[Project]:
    """A project with a revision to come; nothing may be made in its folders."""
    project = sqlite_project
    project.start()
    project.write(USERS_WITH_EMAIL)
    project.quick("migrate", "-m", "email", "--rev-id", "second")
    project.quick("upgrade")
    project.quick("downgrade")
    folders = [project.folder, *(path for path in project.folder.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    project.is_bound_by_permissions = True
    yield project
    for folder in folders:
        folder.chmod(0o755)


def test_read_only_folder(read_only: Project) -> None:
    """Nothing is written where that is not allowed; what needs no writing works."""
    before = read_only.everything()
    for command in (
        ("revision",),
        ("init", "-d", "other"),
        ("init", "-d", "migrations/versions/a"),
    ):
        done = read_only.db(*command, code=1)
        is_clear(done, "cannot be written", "permission")
        assert read_only.everything() == before
    read_only.db("upgrade")
    done = read_only.db("migrate", "-m", "new")
    assert "No changes" in done.stdout
    read_only.write(USERS)
    before = read_only.everything()
    is_clear(read_only.db("migrate", code=1), "cannot be written")
    assert read_only.everything() == before


def test_read_only_database(sqlite_project: Project) -> None:
    """A database file that may not be written: commands that look work, upgrade says so."""
    sqlite_project.start()
    write_revision(sqlite_project, "two", sqlite_project.rows().pop(), "op.execute('SELECT 1')")
    path = Path(str(sqlite_project.engine.url.database))
    path.chmod(0o444)
    path.parent.chmod(0o555)
    sqlite_project.is_bound_by_permissions = True
    try:
        before = sqlite_project.everything()
        sqlite_project.db("current")
        for command in ("upgrade", "downgrade", "stamp"):
            done = sqlite_project.db(command, code=1)
            is_clear(done, "readonly")
        assert sqlite_project.everything() == before
    finally:
        path.parent.chmod(0o755)
        path.chmod(0o644)


CONNECTING = (
    "upgrade",
    "downgrade",
    "migrate",
    "current",
    "check",
    "diff",
    "plan",
    "stamp",
    "ensure-version",
    "history -i",
    "show current",
)


def test_database_that_refuses(postgresql_engine: sa.Engine, tmp_path: Path) -> None:
    """A closed port, an unknown database and a wrong password are said without the password."""
    project = Project(tmp_path, postgresql_engine)
    project.write(USERS)
    project.start()
    url = postgresql_engine.url.set(password=PASSWORD)
    project.write(USERS, url=url.set(port=1).render_as_string(hide_password=False))
    refuses(project, *CONNECTING, words=("cannot connect", "***", "127.0.0.1:1/"))
    project.write(USERS, url=url.set(database="nowhere").render_as_string(hide_password=False))
    refuses(project, "upgrade", words=("cannot connect", "nowhere"))


def test_wrong_password(
    postgresql_engine: sa.Engine, postgresql_server: Server, tmp_path: Path
) -> None:
    """A wrong password is the database's own word, and the password is not in it."""
    project = Project(tmp_path, postgresql_engine)
    with postgresql_engine.begin() as connection:
        connection.exec_driver_sql("CREATE ROLE ada LOGIN PASSWORD 'another'")
        rules = Path(connection.exec_driver_sql("SHOW hba_file").scalar_one())
        before = rules.read_text()
        rules.write_text(f"host all ada 127.0.0.1/32 scram-sha-256\n{before}")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    url = postgresql_engine.url.set(username="ada", password=PASSWORD)
    project.write(USERS, url=url.render_as_string(hide_password=False))
    (tmp_path / "migrations" / "versions").mkdir(parents=True)
    try:
        refuses(project, "upgrade", words=("cannot connect", "password authentication failed"))
    finally:
        rules.write_text(before)
        with postgresql_engine.begin() as connection:
            connection.exec_driver_sql("SELECT pg_reload_conf()")
            connection.exec_driver_sql("DROP ROLE ada")


def test_file_that_is_no_database(sqlite_project: Project) -> None:
    """A file of something else, or in a folder that is not there, is no SQLite database."""
    sqlite_project.start()
    other = sqlite_project.folder / "letter.txt"
    other.write_text("Dear Ada, " * 200)
    sqlite_project.write(USERS, url=f"sqlite:///{other}")
    refuses(sqlite_project, *CONNECTING, words=("letter.txt",))
    sqlite_project.write(USERS, url=f"sqlite:///{sqlite_project.folder}/none/x.db")
    refuses(sqlite_project, *CONNECTING, words=("none/x.db",))


def test_database_without_rights(postgresql_engine: sa.Engine, tmp_path: Path) -> None:
    """A role that may not create tables is told so by upgrade, and nothing is half there."""
    project = Project(tmp_path, postgresql_engine)
    project.write(USERS)
    project.quick("init")
    project.quick("migrate")
    project.execute("CREATE ROLE guest LOGIN")
    try:
        url = postgresql_engine.url.set(username="guest", password=PASSWORD)
        project.write(USERS, url=url.render_as_string(hide_password=False))
        refuses(project, "upgrade", "stamp", "ensure-version", words=("permission denied",))
        assert project.tables() == set()
        project.quick("plan")
    finally:
        project.execute("DROP ROLE guest")


def test_table_of_another_role(postgresql_engine: sa.Engine, tmp_path: Path) -> None:
    """A role that does not own the table is told which one may change it, not to mend the file."""
    project = Project(tmp_path, postgresql_engine)
    project.write(USERS)
    project.start()
    project.execute("CREATE ROLE visitor LOGIN")
    try:
        project.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO visitor")
        url = postgresql_engine.url.set(username="visitor", password=PASSWORD)
        project.write(USERS_WITH_EMAIL, url=url.render_as_string(hide_password=False))
        project.quick("migrate")
        refuses(project, "upgrade", words=("must be owner of table users", "role that owns"))
    finally:
        project.execute("DROP OWNED BY visitor")
        project.execute("DROP ROLE visitor")


TYPED = USERS + "    extra = db.Column({type})\n"
LOCAL = """
class Point(db.types.UserDefinedType):
    cache_ok = True
    def get_col_spec(self, **options):
        return "VARCHAR(20)"


def hidden():
    class Hidden(Point):
        pass
    return Hidden()


class Silent(db.types.UserDefinedType):
    cache_ok = True
"""


def test_type_that_cannot_be_imported(started: Project) -> None:
    """A type that no file can import is written as what it stands for, and the file runs."""
    for number, type in enumerate(("Point()", "hidden()")):
        started.write(LOCAL + TYPED.format(type=type).replace("extra", f"extra{number}"))
        started.db("migrate", "-m", f"type {number}", "--no-rename")
        started.db("upgrade")
        started.db("check")


def test_type_without_sql(started: Project) -> None:
    """A type that the database has no words for is refused by its name and column."""
    started.write(LOCAL + TYPED.format(type="Silent()"))
    refuses(started, "migrate", "diff", "check", words=("Silent", "users", "extra"))
    started.write(TYPED.format(type=""))
    refuses(started, "migrate", "diff", "check", words=("users", "extra"))


def test_required_column_on_rows(started: Project) -> None:
    """NOT NULL without a default is refused where there are rows, with the three ways out."""
    started.execute("INSERT INTO users (id, name) VALUES (1, 'Ada')")
    started.write(REQUIRED)
    ways = ("users.age", "--backfill users.age=", "server_default", "nullable")
    refuses(started, "migrate", "revision --autogenerate", words=ways)


def test_required_column_on_rows_that_came_later(started: Project) -> None:
    """Rows that came after the file was written stop upgrade before anything runs."""
    started.write(REQUIRED)
    started.quick("migrate", "-m", "age")
    started.execute("INSERT INTO users (id, name) VALUES (1, 'Ada')")
    [file] = [path for path in started.files if "add_column" in path.read_text()]
    words = ("users.age", file.name, "backfill", "default", "nullable")
    refuses(started, "upgrade", words=words)


def test_a_failing_statement(started: Project) -> None:
    """A revision that fails in its middle leaves nothing behind and shows where and why."""
    [first] = started.rows()
    good = write_revision(started, "good", first, 'op.execute("CREATE TABLE kept (id INTEGER)")')
    path = write_revision(
        started,
        "bad",
        "good",
        'op.execute("CREATE TABLE half (id INTEGER)")\n'
        "    op.execute(\"INSERT INTO users (id, name) VALUES (7, 'Eve')\")\n"
        '    op.execute("INSERT INTO nonesuch VALUES (1)")',
    )
    started.quick("upgrade", "good")
    words = ("revision bad", f"{path.name}:14", "INSERT INTO nonesuch VALUES (1)", "nonesuch")
    refuses(started, "upgrade", words=words)
    path.unlink()
    good.unlink()


def test_the_first_revision_fails(project: Project) -> None:
    """Where the very first revision fails the database stays empty."""
    project.quick("init")
    write_revision(
        project, "bad", None, 'op.execute("CREATE TABLE half (id INTEGER)"); op.drop_table("no")'
    )
    refuses(project, "upgrade", words=("revision bad",))

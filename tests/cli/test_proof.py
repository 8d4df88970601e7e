"""A generated file is tried before it is written: where, what is refused, and what is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

import flaskmig
from flaskmig.dialects.postgresql import PostgreSQL
from flaskmig.dialects.postgresql.scratch_database import ScratchDatabase
from flaskmig.dialects.postgresql.scratch_schema import ScratchSchema
from flaskmig.engine.files.draft import Draft
from flaskmig.engine.files.new_revision import NewRevision
from flaskmig.engine.files.scripts import Scripts
from flaskmig.engine.proving import proof
from tests.cli.project import USERS, USERS_WITH_EMAIL, Project

SCRATCH = "SELECT datname FROM pg_database WHERE starts_with(datname, 'flaskmig_proof_')"
Plant = Callable[[str, str], None]


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch) -> Plant:
    """Has every new file say something else than it should."""

    def plant(text: str, instead: str) -> None:
        draft = Scripts.draft

        def planted(scripts: Scripts, new: NewRevision) -> Draft:
            made = draft(scripts, new)
            assert text.encode() in made.content
            return replace(made, content=made.content.replace(text.encode(), instead.encode()))

        monkeypatch.setattr(Scripts, "draft", planted)

    return plant


@pytest.fixture
def on_postgresql(tmp_path: object, postgresql_engine: sa.Engine) -> Project:
    """A project on PostgreSQL whose first revision, with the table users, is applied."""
    project = Project(tmp_path, postgresql_engine)  # type: ignore[arg-type]
    project.write(USERS)
    project.start()
    return project


def scratch_databases(project: Project) -> list[str]:
    """Those on the server."""
    with project.engine.connect() as connection:
        return list(connection.exec_driver_sql(SCRATCH).scalars())


@contextmanager
def role(project: Project, name: str, options: str = "") -> Iterator[sa.URL]:
    """The URL of a role that may use the tables of the project, and not more than ``options``."""
    project.execute(f"CREATE ROLE {name} LOGIN {options}")
    project.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}")
    try:
        yield project.engine.url.set(username=name)
    finally:
        project.execute(f"DROP OWNED BY {name}")
        project.execute(f"DROP ROLE {name}")


def use(project: Project, url: sa.URL, models: str) -> None:
    """Have the application log in as the URL says."""
    project.write(models, url=url.render_as_string(hide_password=False))


def test_the_cost_is_printed(started: Project) -> None:
    """migrate says where the file was tried and how long that took."""
    started.write(USERS_WITH_EMAIL)
    said = started.db("migrate").stderr
    place = "in-memory" if started.engine.dialect.name == "sqlite" else "scratch"
    assert re.search(rf"proven on an? {place} database in \d+\.\d\d s", said)
    assert len(started.files) == 2


@pytest.mark.parametrize(
    ("text", "instead", "said"),
    [
        ("length=120", "length=121", ("upgrade() does not lead to", "alter column users.email")),
        ('op.add_column("users"', 'op.add_column("user"', ("upgrade() fails", "line 18")),
        ('op.drop_column("users", "email")', "pass", ("downgrade() does not lead to", "email")),
        ('op.drop_column("users", "email")', 'op.drop_table("tags")', ("downgrade() fails",)),
        ("def upgrade():", "def upgraded():", ("upgrade() does not lead to", "add column")),
        ("def upgrade():", "nonesuch.call()\ndef upgrade():", ("nonesuch",)),
    ],
)
def test_a_fault_is_not_written(
    started: Project, plant: Plant, text: str, instead: str, said: tuple[str, ...]
) -> None:
    """A file that does not do what it is for is refused, and nothing is left of it anywhere."""
    started.write(USERS_WITH_EMAIL)
    before = started.everything()
    plant(text, instead)
    errors = started.quick("migrate", code=1).stderr
    assert "the new revision is not written" in errors
    assert "--no-verify" in errors
    for words in said:
        assert words in errors
    assert started.everything() == before
    if started.engine.dialect.name == "postgresql":
        assert scratch_databases(started) == []


def test_no_verify(started: Project, plant: Plant) -> None:
    """--no-verify writes the file as it is; so does Migrate(verify=False), but for --verify."""
    plant("length=120", "length=121")
    started.write(USERS_WITH_EMAIL, options=", verify=False")
    started.quick("migrate", "--verify", code=1)
    assert len(started.files) == 1
    assert "proven" not in started.quick("migrate", "--rev-id", "one").stderr
    [written] = [file for file in started.files if file.name.startswith("one")]
    assert "length=121" in written.read_text()
    written.unlink()
    started.write(USERS_WITH_EMAIL)
    started.quick("migrate", "--no-verify", "--rev-id", "two")
    assert len(started.files) == 2


def test_function_argument(sqlite_started: Project, plant: Plant) -> None:
    """The functions take verify=, and raise what the command prints."""
    plant("length=120", "length=121")
    sqlite_started.write(USERS_WITH_EMAIL)
    with sqlite_started.here():
        with pytest.raises(flaskmig.FlaskmigError) as refused:
            flaskmig.migrate(message="email")
        assert refused.value.direction == "upgrade"  # type: ignore[attr-defined]
        written = flaskmig.migrate(message="email", verify=False)
    assert written.proofs == ()
    assert any("length=121" in file.read_text() for file in sqlite_started.files)


BINDS = """\
class User(db.Model):
    __tablename__ = "users"
    id = db.Column(db.Integer, primary_key=True)

class Log(db.Model):
    __bind_key__ = "logs"
    id = db.Column(db.Integer, primary_key=True)
"""


def test_each_bind_is_proven(project: Project, plant: Plant) -> None:
    """A file for two databases is tried for each, and the one at fault is named."""
    binds = {"logs": f"sqlite:///{project.folder}/logs.db"}
    project.write(BINDS, binds=binds, options=', binds="all"')
    project.quick("init")
    said = project.quick("migrate").stderr
    assert said.count("proven on") == 2
    assert "logs: proven on an in-memory database" in said
    project.files[0].unlink()
    plant('op.drop_table("log")', "pass")
    assert "for the bind logs" in project.quick("migrate", code=1).stderr
    assert project.files == []


def test_what_an_application_defines_is_stood_in_for(sqlite_project: Project) -> None:
    """Functions and attached databases of the application's connections stop no trial."""
    models = f"""\
import sqlalchemy as sa

@sa.event.listens_for(sa.Engine, "connect")
def defined(raw, _):
    raw.create_function("shout", 1, str.upper, deterministic=True)
    raw.execute("ATTACH '{sqlite_project.folder}/other.db' AS other")

{USERS}    __table_args__ = (db.CheckConstraint("shout(name) <> 'X'", name="loud"),)
"""
    sqlite_project.write(models)
    sqlite_project.db("init")
    assert "proven on an in-memory" in sqlite_project.db("migrate").stderr
    sqlite_project.db("upgrade")
    sqlite_project.write(models.replace("shout(name) <> 'X'", "shout(name) <> 'Y'"))
    assert "proven on an in-memory" in sqlite_project.db("migrate").stderr


def test_no_scratch_database_stays(on_postgresql: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the trial ends well, badly or by Ctrl-C, its database is gone."""
    project = on_postgresql
    project.write(USERS_WITH_EMAIL)
    seen: list[list[str]] = []

    def interrupt(draft: Draft, *_: object) -> None:
        seen.append(scratch_databases(project))
        raise KeyboardInterrupt

    before = project.everything()
    with monkeypatch.context() as patch:
        patch.setattr(Draft, "load", interrupt)
        with project.here(), pytest.raises(KeyboardInterrupt):
            flaskmig.migrate()
    assert len(seen[0]) == 1
    assert scratch_databases(project) == []
    assert project.everything() == before
    project.quick("migrate")
    assert scratch_databases(project) == []


KILL = """\
revision = {{ revision | literal }}
down_revision = {{ down_revision | literal }}
branch_labels = {{ branch_labels | literal }}
depends_on = {{ depends_on | literal }}

def upgrade():
    import os, signal
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_trial_leaves_is_dropped_by_the_next(on_postgresql: Project) -> None:
    """After kill -9 the scratch database stays, until the next migrate finds it."""
    project = on_postgresql
    project.write(USERS_WITH_EMAIL)
    template = project.folder / "migrations" / "script.py.jinja"
    template.write_text(KILL)
    assert project.db("migrate", code=None).returncode == -9
    [left] = scratch_databases(project)
    assert len(project.files) == 1
    template.unlink()
    said = project.db("migrate").stderr
    assert f"dropped the scratch database {left}, which a killed process left" in said
    assert scratch_databases(project) == []


def test_what_is_in_use_is_left_alone(on_postgresql: Project) -> None:
    """The scratch database of a trial that still runs is not touched; another's is named."""
    project = on_postgresql
    project.write(USERS_WITH_EMAIL)
    server = project.engine.execution_options(isolation_level="AUTOCOMMIT")
    url = project.engine.url.set(database="flaskmig_proof_used")
    with role(project, "somebody", "CREATEDB") as login, server.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE flaskmig_proof_used")
        connection.exec_driver_sql("CREATE DATABASE flaskmig_proof_foreign")
        in_use = sa.create_engine(url)
        try:
            with in_use.connect():
                use(project, login, USERS_WITH_EMAIL)
                said = project.quick("migrate").stderr
            assert "the scratch database flaskmig_proof_foreign was left behind" in said
            assert "flaskmig_proof_used" not in said
            assert set(scratch_databases(project)) == {
                "flaskmig_proof_used",
                "flaskmig_proof_foreign",
            }
        finally:
            in_use.dispose()
            connection.exec_driver_sql("DROP DATABASE flaskmig_proof_used WITH (FORCE)")
            connection.exec_driver_sql("DROP DATABASE flaskmig_proof_foreign WITH (FORCE)")


def test_a_role_that_may_make_no_database(on_postgresql: Project, plant: Plant) -> None:
    """A schema in a transaction is used then, and it finds the same faults; nothing stays."""
    project = on_postgresql
    with role(project, "limited") as login:
        project.execute(f'GRANT CREATE ON DATABASE "{login.database}" TO limited')
        use(project, login, USERS_WITH_EMAIL)
        before = project.everything()[1]
        said = project.quick("migrate").stderr
        assert "proven on a scratch schema that was rolled back in" in said
        assert "(not on a scratch database: the role may not create databases)" in said
        for file in project.files:
            if "email" in file.read_text():
                file.unlink()
        plant("length=120", "length=121")
        assert "does not lead to" in project.quick("migrate", code=1).stderr
        assert project.everything()[1] == before
        assert "flaskmig_proof" not in str(sa.inspect(project.engine).get_schema_names())


def test_a_role_that_may_make_nothing(on_postgresql: Project, plant: Plant) -> None:
    """The operations alone are tried then: the file's own text on the schema as a value."""
    project = on_postgresql
    with role(project, "reader") as login:
        use(project, login, USERS_WITH_EMAIL)
        said = project.quick("migrate").stderr
        assert "proven on its operations alone, without a database," in said
        assert "not on a scratch schema that was rolled back: no schema can be made" in said
        for file in project.files:
            if "email" in file.read_text():
                file.unlink()
        plant("length=120", "length=121")
        assert "upgrade() does not lead to" in project.quick("migrate", code=1).stderr


def test_what_no_schema_holds(on_postgresql: Project) -> None:
    """A type that only the database itself has is said to be why a scratch one could not tell."""
    project = on_postgresql
    project.execute("CREATE DOMAIN address AS text")
    models = """\
from sqlalchemy.types import UserDefinedType

class Address(UserDefinedType):
    cache_ok = True
    def get_col_spec(self, **_):
        return "address"

"""
    (project.folder / "types_.py").write_text(models)
    project.write(
        "import sys; sys.path.insert(0, '.')\nfrom types_ import Address\n"
        + USERS
        + "    mail = db.Column(Address())\n"
    )
    said = project.db("migrate").stderr
    assert "not on a scratch database: it does not have address" in said
    project.db("upgrade")
    assert "mail" in project.columns("users")


def test_extensions_and_the_search_path_go_along(on_postgresql: Project) -> None:
    """Types of extensions are there, and the default schema is the one of the connection."""
    project = on_postgresql
    project.execute("CREATE SCHEMA app")
    project.execute("CREATE EXTENSION citext SCHEMA public")
    path = project.engine.url.update_query_dict({"options": "-csearch_path=app,public"})
    citext = "    nick = db.Column(CITEXT())\n"
    models = "from sqlalchemy.dialects.postgresql import CITEXT\n" + USERS + citext
    for file in project.files:
        file.unlink()
    project.execute("DROP TABLE alembic_version, flaskmig_journal, users")
    use(project, path, models)
    assert re.search(r"proven on a scratch database in [\d.]+ s\n", project.db("migrate").stderr)
    project.db("upgrade")
    use(project, path, models.replace("CITEXT()", "db.Text()"))
    assert re.search(r"proven on a scratch database in [\d.]+ s\n", project.db("migrate").stderr)


def test_nothing_of_the_database_is_locked(
    on_postgresql: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trial goes on beside somebody who has the tables to himself, wherever it is held."""
    project = on_postgresql
    project.write(USERS_WITH_EMAIL)
    proofs = []

    def beside(*arguments: Any) -> proof.Proof:
        with project.engine.connect() as connection:
            connection.exec_driver_sql("LOCK TABLE users IN ACCESS EXCLUSIVE MODE")
            arguments[-1].exec_driver_sql("SET lock_timeout = '1s'")
            proofs.append(prove(*arguments))
        return proofs[-1]

    prove = proof.prove
    monkeypatch.setattr(proof, "prove", beside)
    project.quick("migrate", "--rev-id", "two")
    assert proofs[-1].place == "a scratch database"
    next(file for file in project.files if file.name.startswith("two")).unlink()
    monkeypatch.setattr(PostgreSQL, "scratches", lambda _, used: [ScratchSchema(used)])
    project.quick("migrate")
    assert proofs[-1].place == "a scratch schema that was rolled back"


def test_the_callers_transaction_stays(on_postgresql: Project) -> None:
    """A connection that is in a transaction is in it afterwards, with all that was done in it."""
    project = on_postgresql
    with project.engine.connect() as connection:
        connection.exec_driver_sql("INSERT INTO users VALUES (1, 'Ada')")
        for scratch in (ScratchDatabase(connection), ScratchSchema(connection)):
            with scratch.open(()) as inside:
                inside.exec_driver_sql("CREATE TABLE users (id integer)")
                assert inside.exec_driver_sql("SELECT count(*) FROM users").scalar() == 0
                inside.rollback() if inside is not connection else None
            assert connection.exec_driver_sql("SELECT name FROM users").scalars().all() == ["Ada"]
        connection.rollback()
        assert connection.exec_driver_sql("SELECT name FROM users").scalars().all() == []

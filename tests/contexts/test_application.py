"""What revision files take from the application: its db, while its database is migrated."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import flask_sqlalchemy
import flask_sqlalchemy_lite
import pytest
import sqlalchemy as sa
from flask import Flask, g
from sqlalchemy import orm

from flaskmig import Migrate, flask_api
from flaskmig.errors import ExecutionError, OperationError
from tests.contexts.files import HEADER


class Application:
    """An application with Flask-SQLAlchemy, and revision files that use it."""

    def __init__(self, folder: Path, url: sa.URL | str, **config: Any) -> None:
        self.app = Flask("contexts")
        self.app.config["SQLALCHEMY_DATABASE_URI"] = url
        self.app.config.update(config)
        self.db = flask_sqlalchemy.SQLAlchemy(self.app)

        class User(self.db.Model):  # type: ignore[name-defined,misc]
            id = sa.Column(sa.Integer, primary_key=True)
            name = sa.Column(sa.Text)

        self.user = User
        Migrate(self.app, self.db, directory=folder)
        self.app.extensions["contexts"] = self
        self.versions = folder / "versions"
        self.versions.mkdir(parents=True)
        self._last: str | None = None

    def write(self, id_: str, body: str) -> Path:
        path = self.versions / f"{id_}.py"
        text = HEADER.format(id=id_, parent=self._last) + USES
        body = indent(dedent(body).strip(), "    ")
        path.write_text(f"{text}\n\ndef upgrade():\n{body}\n")
        self._last = id_
        return path

    @contextmanager
    def context(self) -> Iterator[None]:
        """The application's context; its engines are let go at the end."""
        with self.app.app_context():
            yield
            self.db.session.remove()
            for engine in self.db.engines.values():
                engine.dispose()


USES = """
from flask import current_app

def application():
    return current_app.extensions["contexts"]
"""

CREATE = """
op.create_table(
    "user", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.Text())
)
db, User = application().db, application().user
"""

BODIES = {
    "session": """
        db.session.add(User(id=1, name="ann"))
        db.session.commit()
    """,
    "query": """
        assert User.query.count() == 0
        db.session.add(User(id=1, name="ann"))
        db.session.commit()
        assert User.query.filter_by(name="ann").one().id == 1
        assert db.session.get(User, 1).name == "ann"
    """,
    "engine": """
        with db.engine.begin() as connection:
            connection.execute(sa.insert(User).values(id=1, name="ann"))
        assert sa.inspect(db.engine).has_table("user")
    """,
    "engine in autocommit": """
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.insert(User).values(id=1, name="ann"))
    """,
    "create_all": """
        db.create_all()
        db.metadata.create_all(db.engine, tables=[User.__table__])
        op.bulk_insert(User.__table__, [{"id": 1, "name": "ann"}])
    """,
    "context of its own": """
        with current_app._get_current_object().app_context():
            db.session.add(User(id=1, name="ann"))
            db.session.commit()
    """,
    "both": """
        db.session.add(User(id=1, name="ann"))
        db.session.commit()
        op.add_column("user", sa.Column("more", sa.Integer()))
        op.execute("UPDATE \\"user\\" SET more = 1")
        assert db.session.execute(sa.text("SELECT more FROM \\"user\\"")).scalar() == 1
        with Session(op.get_bind()) as session:
            assert session.query(User).count() == 1
        op.drop_column("user", "more")
    """,
    "what was not committed": """
        op.execute("INSERT INTO \\"user\\" (id, name) VALUES (1, 'ann')")
        db.session.add(User(id=2, name="bob"))
        db.session.flush()
    """,
    "rolled back": """
        op.execute("INSERT INTO \\"user\\" (id, name) VALUES (1, 'ann')")
        db.session.add(User(id=1, name="again"))
        try:
            db.session.commit()
        except sa.exc.IntegrityError:
            db.session.rollback()
    """,
}


@pytest.fixture
def application(engine: sa.Engine, tmp_path: Path) -> Application:
    """An application on an empty database of each kind."""
    return Application(tmp_path / "migrations", engine.url)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_db_is_the_migrations(application: Application, engine: sa.Engine) -> None:
    """db.session, db.engine, Model.query and create_all do what belongs to the revision."""
    with application.context():
        for number, (name, body) in enumerate(BODIES.items()):
            drop = 'op.drop_table("user")\n' if number else ""
            text = drop + CREATE + dedent(body)
            path = application.write(f"r{number}", f'{text}\nop.execute("nonsense")')
            with pytest.raises(ExecutionError, match="nonsense"):
                flask_api.upgrade()
            path.write_text(path.read_text().replace('op.execute("nonsense")', "pass"))
            flask_api.upgrade()
            with engine.connect() as connection:
                found = connection.exec_driver_sql('SELECT id, name FROM "user"').all()
            assert [tuple(row) for row in found] == [(1, "ann")], name


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_session_from_before_is_left_alone(application: Application) -> None:
    """A session that the caller has open is neither used by the files nor changed by them."""
    db, user = application.db, application.user
    application.write("a1", CREATE)
    application.write(
        "b2", "db, User = application().db, application().user" + dedent(BODIES["query"])
    )
    with application.context():
        g.mark = "mine"
        flask_api.upgrade(revision="a1")
        before = db.session()
        pending = user(id=7, name="pending")
        db.session.add(pending)
        flask_api.upgrade()
        assert db.session() is before
        assert pending in db.session.new
        assert g.mark == "mine"
        db.session.commit()
        assert sorted(row.name for row in user.query) == ["ann", "pending"]


def test_the_command_says_what_is_ignored(application: Application) -> None:
    """The command runs such files too, and says on stderr what a commit() of theirs does."""
    path = application.write("a1", CREATE + dedent(BODIES["session"]))
    with application.context(), pytest.warns(UserWarning, match="the migration's own") as said:
        ran = application.app.test_cli_runner().invoke(args=["db", "upgrade"])
    assert ran.exit_code == 0, ran.output
    assert said[0].filename == str(path)


def test_a_session_that_reads_does_not_hold_up(application: Application) -> None:
    """A session of the caller that was closed, and one that is new, see what was migrated."""
    db = application.db
    application.write("a1", CREATE)
    with application.context():
        db.session.execute(sa.text("SELECT 1"))
        db.session.remove()
        flask_api.upgrade()
        assert db.session.execute(sa.text('SELECT count(*) FROM "user"')).scalar() == 0


def test_a_plan_connects_to_nothing(application: Application) -> None:
    """A plan, and --sql, end at db.session as they do at get_bind(), and run nothing there."""
    application.write("a1", CREATE + 'db.session.execute(sa.text("CREATE TABLE x (id INTEGER)"))')
    with application.context():
        [planned] = flask_api.plan()
        [note] = planned.plan.notes
        assert "uses the database itself" in str(note)
        with pytest.raises(OperationError, match="uses the database itself"):
            flask_api.upgrade(sql=True)
        assert sa.inspect(application.db.engine).get_table_names() == []


def test_other_binds_are_others(tmp_path: Path) -> None:
    """An engine of another bind leads to that one's database, which is not the revision's."""
    other = f"sqlite:///{tmp_path / 'other.sqlite'}"
    application = Application(
        tmp_path / "migrations",
        f"sqlite:///{tmp_path / 'one.sqlite'}",
        SQLALCHEMY_BINDS={"other": other},
    )
    body = 'with db.engines["other"].begin() as connection:\n'
    body += '    connection.exec_driver_sql("CREATE TABLE there (id INTEGER)")\n'
    application.write("a1", f'{CREATE}{body}op.execute("nonsense")')
    with application.context():
        with pytest.raises(ExecutionError, match="nonsense"):
            flask_api.upgrade()
        assert sa.inspect(application.db.engines["other"]).get_table_names() == ["there"]
        assert "user" not in sa.inspect(application.db.engine).get_table_names()


def test_a_database_in_memory(tmp_path: Path) -> None:
    """In memory, where the application has one connection, db.session is part of the revision."""
    application = Application(tmp_path / "migrations", "sqlite://")
    path = application.write("a1", CREATE + dedent(BODIES["session"]) + "raise KeyError")
    with application.context():
        with pytest.raises(KeyError), pytest.warns(UserWarning, match="the migration's own"):
            flask_api.upgrade()
        assert "user" not in sa.inspect(application.db.engine).get_table_names()
        path.write_text(path.read_text().replace("raise KeyError", "pass"))
        with pytest.warns(UserWarning, match="the migration's own"):
            flask_api.upgrade()
        assert application.user.query.one().name == "ann"


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_with_flask_sqlalchemy_lite(tmp_path: Path, engine: sa.Engine) -> None:
    """The session of Flask-SQLAlchemy-Lite is the revision's own in the same way."""

    class Model(orm.DeclarativeBase):
        pass

    class User(Model):
        __tablename__ = "user"
        id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
        name: orm.Mapped[str]

    app = Flask("lite")
    app.config["SQLALCHEMY_ENGINES"] = {"default": engine.url}
    db = flask_sqlalchemy_lite.SQLAlchemy(app)
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    Migrate(app, db, directory=folder, metadata=Model.metadata)

    class Names:
        pass

    names: Any = Names()
    names.db, names.user = db, User
    app.extensions["contexts"] = names
    seen = "assert op.get_bind().scalar(sa.text('SELECT 1 FROM \"user\"')) == 1"
    text = indent(CREATE + dedent(BODIES["session"]) + seen, "    ")
    header = HEADER.format(id="a1", parent=None) + USES
    (folder / "versions" / "a1.py").write_text(f"{header}\n\ndef upgrade():\n{text}\n")
    with app.app_context():
        flask_api.upgrade()
        assert db.session.scalars(sa.select(User.name)).all() == ["ann"]
        db.engine.dispose()

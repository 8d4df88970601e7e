"""Values for rows that have none: what cannot be seen, what is asked, and the way back."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

import flaskmig
from flaskmig.errors import IrreversibleError
from tests.cli.project import USERS, USERS_WITH_EMAIL, Project

REQUIRED = USERS + "    age = db.Column(db.Integer, nullable=False)\n"


@pytest.fixture
def with_rows(started: Project) -> Project:
    started.execute("INSERT INTO users (id, name) VALUES (1, 'Ada'), (2, 'Ada')")
    return started


def test_an_empty_table_is_warned_of(started: Project) -> None:
    """Here the column can be added; that the revision stops where there are rows is said."""
    started.write(REQUIRED)
    said = started.quick("migrate").stderr
    assert "users is empty here; where it has rows the revision stops" in said
    assert "--backfill users.age=…" in said


def test_a_function_fills(with_rows: Project) -> None:
    """`fill` is asked for each value, and nothing from it stops as without it."""
    with_rows.write(REQUIRED)
    with with_rows.here():
        with pytest.raises(flaskmig.FlaskmigError, match="age"):
            flaskmig.migrate(fill=lambda _: None)
        flaskmig.migrate(fill=lambda missing: "length(name)" if "age" in str(missing) else None)
        flaskmig.upgrade()
    with with_rows.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT age FROM users").scalars().all() == [3, 3]


def test_the_way_back_of_a_dropped_column(with_rows: Project) -> None:
    """Without a value downgrade() says that there is no way back, and changes nothing."""
    with_rows.revise(REQUIRED, "age", "--backfill", "users.age=7")
    with_rows.write(USERS_WITH_EMAIL)
    said = with_rows.quick("migrate", "--no-rename").stderr
    assert "downgrade() stops where users has rows: users.age is NOT NULL" in said
    with with_rows.here():
        flaskmig.upgrade()
        with pytest.raises(IrreversibleError, match=r"users\.age is NOT NULL") as refused:
            flaskmig.downgrade()
    assert "backfill=" in refused.value.hint
    assert with_rows.columns("users") == ["id", "name", "email"]
    with_rows.execute("DELETE FROM users")
    with_rows.quick("downgrade")
    assert with_rows.columns("users") == ["id", "name", "age"]


def test_a_value_for_the_way_back(with_rows: Project) -> None:
    """--backfill of a column that is dropped fills it when it comes back."""
    with_rows.revise(REQUIRED, "age", "--backfill", "users.age=7")
    with_rows.write(USERS)
    said = with_rows.quick("migrate", "--backfill", "users.age=9").stderr
    assert "downgrade() stops" not in said
    with_rows.quick("upgrade")
    with_rows.quick("downgrade")
    with with_rows.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT age FROM users").scalars().all() == [9, 9]


def test_duplicates_are_warned_of(with_rows: Project) -> None:
    """A new unique key that rows stand against is said before the upgrade stops at it."""
    with_rows.write(USERS.replace("nullable=False", "nullable=False, unique=True"))
    assert "rows of users have the same name" in with_rows.quick("migrate").stderr
    with_rows.quick("upgrade", code=1)
    with_rows.execute("DELETE FROM users WHERE id = 2")
    with_rows.quick("upgrade")


def test_rows_that_cannot_be_seen(tmp_path: object, postgresql_engine: sa.Engine) -> None:
    """A role that may not see the rows, or not all, is told that there may be some."""
    project = Project(tmp_path, postgresql_engine)  # type: ignore[arg-type]
    project.write(USERS)
    project.start()
    project.execute("CREATE ROLE blind LOGIN")
    try:
        project.execute("GRANT SELECT ON alembic_version, flaskmig_journal TO blind")
        url = postgresql_engine.url.set(username="blind").render_as_string(hide_password=False)
        project.write(REQUIRED, url=url)
        assert "users.age is NOT NULL" in project.quick("migrate", code=1).stderr
        project.execute("GRANT SELECT ON users TO blind")
        project.execute("ALTER TABLE users ENABLE ROW LEVEL SECURITY")
        assert "users.age is NOT NULL" in project.quick("migrate", code=1).stderr
        project.execute("ALTER TABLE users DISABLE ROW LEVEL SECURITY")
        project.quick("migrate")
    finally:
        project.execute("DROP OWNED BY blind")
        project.execute("DROP ROLE blind")


def test_irreversible_without_a_table(sqlite_project: Project) -> None:
    """A revision may say of itself that there is no way back."""
    sqlite_project.quick("init")
    sqlite_project.quick("revision", "--rev-id", "one")
    [file] = sqlite_project.files
    text = file.read_text().replace("  # noqa: F401", "")
    up, down = text.split("def downgrade():")
    file.write_text(up + "def downgrade():" + down.replace("pass", 'op.irreversible("gone")'))
    sqlite_project.quick("upgrade")
    assert "gone" in sqlite_project.quick("downgrade", code=1).stderr
    assert sqlite_project.rows() == {"one"}


def test_a_value_for_another_column(with_rows: Project) -> None:
    """A slip in the name is told beside the column that misses its value."""
    with_rows.write(REQUIRED)
    said = with_rows.quick("migrate", "--backfill", "users.aeg=1", code=1).stderr
    assert "users.age is NOT NULL" in said
    assert "--backfill users.aeg is for no column that is added" in said


def test_a_value_that_is_no_sql(with_rows: Project) -> None:
    """What the database does not read is looked for in what was said, before in flaskmig."""
    with_rows.write(REQUIRED)
    said = with_rows.quick("migrate", "--backfill", "users.age=nope(", code=1).stderr
    assert "mend what the statement has from the models or from --backfill" in said
    assert len(with_rows.files) == 1

"""Renames on the command line: what is said of them, and what cannot be done."""

from __future__ import annotations

import pytest

from tests.cli.project import USERS, Project
from tests.cli.test_terminal import on_a_terminal

MAIL = USERS + "    mail = db.Column(db.String(80))\n    age = db.Column(db.Integer)\n"
EMAIL = MAIL.replace("mail =", "email =")
SWAPPED = USERS + "    age = db.Column(db.String(80))\n    mail = db.Column(db.Integer)\n"


@pytest.fixture
def with_mail(started: Project) -> Project:
    started.revise(MAIL, "mail")
    return started


def test_a_certain_rename_is_said(with_mail: Project) -> None:
    """On the console and in the file, with the reasons and the way to say no."""
    with_mail.write(EMAIL)
    said = with_mail.quick("migrate", "-m", "email").stderr
    assert "Detected: rename column users.mail to email" in said
    assert "taken for a rename: column users.mail to email (both " in said
    assert "--no-rename users.mail keeps them apart" in said
    assert any("# Taken for a rename: both " in file.read_text() for file in with_mail.files)


def test_one_is_kept_apart_and_another_is_not(with_mail: Project) -> None:
    """--no-rename with a name is about that one alone."""
    with_mail.write(EMAIL.replace("age =", "points ="))
    python = with_mail.quick("diff", "--python", "--no-rename", "users.age").stdout
    assert 'op.drop_column("users", "age")' in python
    assert 'new_column_name="email"' in python
    python = with_mail.quick("diff", "--python", "--no-rename").stdout
    assert python.count("op.drop_column") == 2


def test_the_question_may_be_answered_by_the_flags_it_names(with_mail: Project) -> None:
    """The refusal without a terminal names flags that work as they stand."""
    with_mail.write(MAIL.replace("age =", "points ="))
    refused = with_mail.quick("migrate", "-m", "points", code=1).stderr
    assert "column users.age to points (both " in refused
    assert "--rename users.age:points" in refused
    assert "--no-rename users.age" in refused
    with_mail.quick("migrate", "-m", "points", "--rename", "users.age:points")


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["--rename", "users.mial:email"], "there is no column mial", "did you mean mail?"),
        (["--rename", "tabel:users:people"], "of no kind that there is", "did you mean table?"),
        (["--rename", "users.mail:email", "--rename", "users.mail:age"], "contradict", "keep one"),
        (
            ["--rename", "users.mail:email", "--no-rename", "users.mail"],
            "said to be no rename",
            "keep one of them",
        ),
        (["--rename", "users.age:email"], "the models still have it", "out of the models"),
        (["--rename", "users.mail:age"], "age is there already", "in a revision before"),
        (["--no-rename", "users.mial"], "there is no column mial", "did you mean mail?"),
        (["--no-rename", "a.b.c.d"], "says of nothing that it is no rename", "users.mail"),
    ],
)
def test_what_cannot_be_done_is_refused(
    with_mail: Project, arguments: list[str], message: str, hint: str
) -> None:
    """A message, a hint, exit code 1, and no file."""
    with_mail.write(EMAIL)
    files = with_mail.files
    said = with_mail.quick("migrate", *arguments, code=1).stderr
    assert message in said
    assert hint in said
    assert with_mail.files == files


def test_a_swap_is_asked_on_a_terminal(with_mail: Project) -> None:
    """One question for both halves, with the reasons; yes keeps the rows."""
    with_mail.write(SWAPPED)
    with_mail.execute("INSERT INTO users (id, name, mail, age) VALUES (1, 'Ada', 'a@b.c', 36)")
    code, output = on_a_terminal(with_mail, "migrate", "-m", "swap", answer="y")
    assert code == 0, output
    assert "may have passed its name on; " in output
    assert "Is that a rename of age to mail and mail to age?" in output
    with_mail.db("upgrade")
    with with_mail.engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT age, mail FROM users").one()
    assert tuple(row) == ("a@b.c", 36)

"""``flask db init`` and ``list-templates``."""

from __future__ import annotations

from pathlib import Path

from tests.cli.project import Project


def test_makes_the_folder(sqlite_project: Project) -> None:
    """init makes the folder and its versions, and names what it made on stdout."""
    done = sqlite_project.db("init")
    versions = sqlite_project.folder / "migrations" / "versions"
    assert versions.is_dir()
    assert "migrations" in done.stdout


def test_does_not_touch_the_database(project: Project) -> None:
    """init makes no table on either database."""
    project.db("init")
    assert project.tables() == set()
    assert project.rows() == set()


def test_package(sqlite_project: Project) -> None:
    """--package writes __init__.py into the folder and its versions."""
    sqlite_project.db("init", "--package")
    folder = sqlite_project.folder / "migrations"
    assert (folder / "__init__.py").exists()
    assert (folder / "versions" / "__init__.py").exists()


def test_multidb(sqlite_project: Project) -> None:
    """--multidb, and the template of that name, write binds = "all"."""
    sqlite_project.db("init", "--multidb")
    sqlite_project.db("init", "-d", "others", "-t", "flask-multidb")
    for name in ("migrations", "others"):
        text = (sqlite_project.folder / name / "flaskmig.toml").read_text()
        assert 'binds = "all"' in text


def test_unknown_template(sqlite_project: Project) -> None:
    """A template that nobody knows is refused, with those that there are."""
    done = sqlite_project.db("init", "-t", "nonesuch", code=1)
    assert "flask-multidb" in done.stderr
    assert not (sqlite_project.folder / "migrations").exists()


def test_template_of_ones_own(sqlite_project: Project) -> None:
    """A folder given as template brings its script.py.jinja."""
    own = sqlite_project.folder / "own"
    own.mkdir()
    (own / "script.py.jinja").write_text("# ours\n")
    sqlite_project.db("init", "-t", "./own")
    copied: Path = sqlite_project.folder / "migrations" / "script.py.jinja"
    assert copied.read_text() == "# ours\n"


def test_list_templates(sqlite_project: Project) -> None:
    """list-templates prints Flask-Migrate's four names."""
    done = sqlite_project.db("list-templates")
    names = [line.split(" - ")[0] for line in done.stdout.splitlines()]
    assert names == ["flask", "flask-multidb", "aioflask", "aioflask-multidb"]
    assert [row["name"] for row in sqlite_project.json("list-templates")] == names

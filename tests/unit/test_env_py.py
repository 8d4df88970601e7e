"""Reading an env.py without running it."""

from __future__ import annotations

from pathlib import Path

import flask_migrate
import pytest

from flaskmig.engine.configuration.options import Options
from flaskmig.engine.files.env_py import env_py_findings, migrates_every_bind
from flaskmig.errors import ConfigurationError

TEMPLATES = Path(flask_migrate.__file__).parent / "templates"
STOCK = (TEMPLATES / "flask" / "env.py").read_text()


def findings(tmp_path: Path, text: str) -> dict[str, tuple[int, str]]:
    (tmp_path / "env.py").write_text(text)
    return {found.name: (found.line, found.instead) for found in env_py_findings(tmp_path)}


@pytest.mark.parametrize("name", ["flask", "flask-multidb", "aioflask", "aioflask-multidb"])
def test_templates(name: str) -> None:
    """Flask-Migrate's own templates have nothing to find."""
    assert env_py_findings(TEMPLATES / name) == []


def test_no_env_py(tmp_path: Path) -> None:
    """A folder without env.py has nothing to find."""
    assert env_py_findings(tmp_path) == []


def test_older_template(tmp_path: Path) -> None:
    """The call as older templates had it, with their own hook by name, has nothing to find."""
    text = STOCK.replace(
        "            **conf_args\n",
        "            process_revision_directives=process_revision_directives,\n"
        "            **current_app.extensions['migrate'].configure_args\n",
    )
    assert findings(tmp_path, text) == {}


@pytest.mark.parametrize(
    ("added", "name", "instead"),
    [
        ('version_table="v"', "version_table", "Migrate(…, version_table='v')"),
        ("include_object=mine", "include_object", "Migrate(…, include_object=mine)"),
        ("compare_type=False", "compare_type", "Migrate(…, compare_type=False)"),
        ("on_version_apply=note", "on_version_apply", "Migrate(…, on_version_apply=note)"),
        ("user_module_prefix='m.'", "user_module_prefix", "imported from"),
        ("my_own=1", "my_own", "application's own"),
        ("**extra", "**extra", "by name"),
        ("**{'include_schemas': True}", "include_schemas", "Migrate(…, include_schemas=True)"),
        ("**dict(version_table='v')", "version_table", "Migrate(…, version_table='v')"),
    ],
)
def test_options(tmp_path: Path, added: str, name: str, instead: str) -> None:
    """Each option that the templates do not pass is found with its line and what replaces it."""
    text = STOCK.replace(
        "            **conf_args\n", f"            {added},\n            **conf_args\n"
    )
    found = findings(tmp_path, text)
    assert list(found) == [name]
    line, said = found[name]
    assert added.strip("*").split("=")[0].split("(")[0][:5] in text.splitlines()[line - 1]
    assert instead in said


@pytest.mark.parametrize(
    "harmless", ["render_as_batch=True", "compare_type=True", "transaction_per_migration=True"]
)
def test_harmless(tmp_path: Path, harmless: str) -> None:
    """What is the default here anyway is no finding."""
    text = STOCK.replace("            **conf_args\n", f"            {harmless}, **conf_args\n")
    assert findings(tmp_path, text) == {}


@pytest.mark.parametrize(
    "line",
    [
        'conf_args["version_table"] = "v"',
        'conf_args.update(version_table="v")',
        'conf_args.update({"version_table": "v"})',
        'conf_args.setdefault("version_table", "v")',
    ],
)
def test_changed_arguments(tmp_path: Path, line: str) -> None:
    """Options that are put into configure_args are found as well."""
    text = STOCK.replace(
        "    connectable = get_engine()\n", f"    {line}\n    connectable = get_engine()\n"
    )
    assert list(findings(tmp_path, text)) == ["version_table"]


def test_own_hook(tmp_path: Path) -> None:
    """A process_revision_directives that does more than drop empty revisions is found."""
    text = STOCK.replace(
        "            script = directives[0]\n",
        "            script = directives[0]\n            script.rev_id = next_number()\n",
    )
    assert list(findings(tmp_path, text)) == ["process_revision_directives"]


def test_own_metadata(tmp_path: Path) -> None:
    """Models from elsewhere than the application's db are found."""
    text = STOCK.replace(
        "target_metadata=get_metadata(),\n            **",
        "target_metadata=Base.metadata,\n            **",
    )
    assert findings(tmp_path, text)["target_metadata"][1] == "Migrate(…, metadata=Base.metadata)"
    text = STOCK.replace("return target_db.metadata\n", "return Base.metadata\n")
    assert "target_metadata" in findings(tmp_path, text)


def test_side_effects(tmp_path: Path) -> None:
    """SQL of its own and arguments for upgrade() are found; they would be lost in silence."""
    text = STOCK.replace(
        "        with context.begin_transaction():\n            context.run_migrations()\n",
        "        connection.execute(text('SET search_path TO x'))\n"
        "        context.run_migrations(tenant='x')\n",
    )
    assert set(findings(tmp_path, text)) == {"connection.execute()", "run_migrations(tenant=…)"}


def test_worth_knowing(tmp_path: Path) -> None:
    """An engine of its own and arguments of -x are told of, and stop nothing."""
    text = STOCK.replace(
        "    connectable = get_engine()\n",
        "    connectable = create_engine(context.get_x_argument(as_dictionary=True)['url'])\n",
    )
    (tmp_path / "env.py").write_text(text)
    found = env_py_findings(tmp_path)
    assert [(each.name, each.is_left) for each in found] == [
        ("create_engine()", False),
        ("get_x_argument()", False),
    ]
    older = "config.set_main_option('sqlalchemy.url', current_app.config['DATABASE'])"
    (tmp_path / "env.py").write_text(f"{text}\n{older}\n")
    assert [each.name for each in env_py_findings(tmp_path)] == ["get_x_argument()"]


@pytest.mark.parametrize(
    ("said", "value", "is_said"),
    [
        ("'v'", "v", True),
        ("'v'", "w", False),
        ("NAME", "v", True),
        ("NAME", "w", False),
        ("os.environ['V']", "w", True),
        ("'v'", None, False),
    ],
)
def test_said_elsewhere(tmp_path: Path, said: str, value: str | None, is_said: bool) -> None:
    """An option counts as said where it is given the same plain value, or env.py has none."""
    text = "NAME = 'v'\n" + STOCK.replace(
        "            **conf_args\n", f"            version_table={said}, **conf_args\n"
    )
    (tmp_path / "env.py").write_text(text)
    (found,) = env_py_findings(tmp_path)
    options = Options.read(tmp_path, {"version_table": value})
    assert found.is_said(options) is is_said


def test_shapes(tmp_path: Path) -> None:
    """The env.py of several databases is told from others, and from what is none."""
    for name in ("flask-multidb", "aioflask-multidb"):
        assert migrates_every_bind(TEMPLATES / name)
    for name in ("flask", "aioflask", "no such template"):
        assert not migrates_every_bind(TEMPLATES / name)
    (tmp_path / "env.py").write_text("def x(:")
    assert not migrates_every_bind(tmp_path)


def test_no_configure(tmp_path: Path) -> None:
    """An env.py that leaves the call to another module is found as a whole."""
    assert list(findings(tmp_path, "from app.env import run\nrun()\n")) == ["env.py"]


def test_never_run(tmp_path: Path) -> None:
    """Nothing of an env.py is executed, and one that does not parse is an error."""
    trace = tmp_path / "trace"
    findings(tmp_path, f"open({str(trace)!r}, 'w')\n")
    assert not trace.exists()
    (tmp_path / "env.py").write_text("def x(:")
    with pytest.raises(ConfigurationError, match=r"env\.py"):
        env_py_findings(tmp_path)

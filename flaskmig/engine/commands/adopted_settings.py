"""What env.py says beyond Flask-Migrate's templates, and what becomes of each when adopting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from flaskmig.engine.configuration.option_files import TOML
from flaskmig.engine.configuration.option_values import PARSERS
from flaskmig.engine.configuration.options import Options
from flaskmig.engine.configuration.root_files import root_file
from flaskmig.engine.files.env_py import (
    Finding,
    env_py_findings,
    migrates_every_bind,
)
from flaskmig.engine.files.env_script import UNKNOWN

State = Literal["said", "moved", "left", "ignored", "known"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One thing that env.py or another file says, and what does the same in flaskmig.

    ``place`` is the file, ``line`` counts from 1 and is 0 where it does not matter.
    ``state``: it is "said" elsewhere already, is "moved" to flaskmig.toml as ``value``, is "left"
    for a person to say in Python, is "ignored" because ``env_py`` says so, or is only worth
    being "known".
    """

    line: int
    name: str
    instead: str
    state: State
    value: Any = None
    place: str = "env.py"

    def __str__(self) -> str:
        where = f"{self.place}, line {self.line}" if self.line else self.place
        return f"{where}, {self.name}: {self.instead}"

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`."""
        return {
            "place": self.place,
            "line": self.line,
            "name": self.name,
            "instead": self.instead,
            "state": self.state,
            **({"value": self.value} if self.state == "moved" else {}),
        }


def settings_of(directory: Path, options: Options) -> tuple[Setting, ...]:
    """What env.py says, by line, and what plain Alembic keeps beside the migrations folder.

    Raises ConfigurationError for files that cannot be read.
    """
    beside = tuple(_beside(directory, options))
    if options.env_py == "ignore":
        found = env_py_findings(directory)
        return (
            *(_setting(each, "ignored") for each in found),
            *_binds(directory, options),
            *beside,
        )
    return (*_of_env_py(directory, options), *_binds(directory, options), *beside)


def _of_env_py(directory: Path, options: Options) -> Iterator[Setting]:
    findings = env_py_findings(directory)
    for each in findings:
        if not each.is_left:
            yield _setting(each, "known")
        elif each.is_said(options):
            yield _setting(each, "said")
        elif _is_plain(each, findings, options):
            yield _setting(each, "moved")
        else:
            yield _setting(each, "left")


def _is_plain(finding: Finding, findings: list[Finding], options: Options) -> bool:
    """Whether flaskmig.toml can say it: one value, the same wherever env.py says something."""
    if finding.name in options.given or finding.name not in PARSERS or finding.value is UNKNOWN:
        return False
    if any(each.value != finding.value for each in findings if each.name == finding.name):
        return False
    try:
        PARSERS[finding.name](finding.value)
    except ValueError:
        return False
    return True


def _binds(directory: Path, options: Options) -> Iterator[Setting]:
    if "binds" not in options.given and migrates_every_bind(directory):
        yield Setting(
            line=0,
            name="binds",
            instead='Migrate(…, binds="all")',
            state="moved",
            value="all",
        )


def _beside(directory: Path, options: Options) -> Iterator[Setting]:
    found = root_file(directory)
    if found is None:
        return
    for name, value in found.options.items():
        yield Setting(
            line=0,
            name=name,
            instead=f"{name} in {TOML}",
            state="said" if name in options.given else "moved",
            value=value,
            place=str(found.path),
        )


def _setting(finding: Finding, state: State) -> Setting:
    value = finding.value if state == "moved" else None
    return Setting(
        line=finding.line,
        name=finding.name,
        instead=finding.instead,
        state=state,
        value=value,
    )

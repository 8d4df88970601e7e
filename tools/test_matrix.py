"""Run the tests on every Python found here, with the newest and the lowest supported libraries.

    python tools/test_matrix.py                       everything
    python tools/test_matrix.py --only 3.12-newest -- -k rename

Each combination has an environment of its own under .matrix, made once. A Python that is not on
this machine is named in the summary and not counted as run.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".matrix"
PYTHONS = ("3.11", "3.12", "3.13")

# The lowest releases that pyproject.toml allows, with the oldest extensions that run on them.
LOWEST = (
    "SQLAlchemy==2.0.0",
    "Flask==3.0.0",
    "Werkzeug==3.0.0",
    "click==8.1.3",
    "Jinja2==3.1.2",
    "rich==13.0.0",
    "sqlglot==23.0.0",
    "Flask-SQLAlchemy==3.0.5",
    "psycopg[binary]==3.1.4",
    "alembic==1.13.0",
)
SHOWN = ("SQLAlchemy", "Flask", "click", "sqlglot")


@dataclass(frozen=True)
class Combination:
    """One Python and one set of libraries; ``pins`` is empty for the newest."""

    python: str
    libraries: str
    pins: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.python}-{self.libraries}"


COMBINATIONS = (
    Combination("3.11", "lowest", LOWEST),
    *(Combination(python, "newest") for python in PYTHONS),
)


def interpreter(version: str) -> Path | None:
    """A Python of that version that runs and can make environments, or None."""
    return next((path for path in _candidates(version) if _runs(path, version)), None)


def _candidates(version: str) -> Iterator[Path]:
    yield Path(sys.executable)
    on_path = shutil.which(f"python{version}")
    if on_path:
        yield Path(on_path)
    # Where pyenv is in use, its python3.12 on PATH runs only for the versions switched on.
    pyenv = os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv"
    yield from sorted(Path(pyenv).glob(f"versions/{version}.*/bin/python{version}"), reverse=True)


def _runs(path: Path, version: str) -> bool:
    code = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([path, "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return done.returncode == 0 and done.stdout.strip() == version


def environment(combination: Combination, python: Path) -> Path:
    """The Python of the combination's environment, made where it is not there yet."""
    folder = FOLDER / str(combination)
    inside = folder / "bin" / "python"
    wanted = hashlib.sha256(
        (ROOT / "pyproject.toml").read_bytes() + repr(combination).encode()
    ).hexdigest()
    stamp = folder / "installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return inside
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([python, "-m", "venv", folder], check=True)
    install = [str(inside), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "--editable", f"{ROOT}[test]", *combination.pins], check=True)
    stamp.write_text(wanted)
    return inside


def versions(inside: Path) -> str:
    """What is installed there, of the libraries that matter."""
    code = f"from importlib.metadata import version; print(*map(version, {SHOWN!r}))"
    done = subprocess.run([inside, "-c", code], capture_output=True, text=True, check=True)
    found = zip(SHOWN, done.stdout.split(), strict=True)
    return ", ".join(f"{name} {number}" for name, number in found)


def run(combination: Combination, arguments: Sequence[str]) -> tuple[bool, str]:
    """Whether the combination passed, or was not to be had, and a line that says what ran."""
    python = interpreter(combination.python)
    if python is None:
        return True, f"{combination}: not run, there is no Python {combination.python} here"
    print(f"\n== {combination}", flush=True)
    inside = environment(combination, python)
    what = versions(inside)
    print(what, flush=True)
    started = time.monotonic()
    command = [str(inside), "-m", "pytest", "--numprocesses", "auto", "--quiet", *arguments]
    done = subprocess.run(command, cwd=ROOT, check=False)
    verdict = "passed" if done.returncode == 0 else f"FAILED (pytest exit {done.returncode})"
    return done.returncode == 0, (
        f"{combination}: {verdict} in {time.monotonic() - started:.0f} s; {what}"
    )


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--only", action="append", choices=[str(each) for each in COMBINATIONS], default=[]
    )
    parser.add_argument("pytest", nargs="*", help="arguments for pytest, after --")
    options = parser.parse_args(arguments)
    chosen = [each for each in COMBINATIONS if not options.only or str(each) in options.only]
    results = [run(each, options.pytest) for each in chosen]
    print("\n" + "\n".join(line for _, line in results))
    return 0 if all(good for good, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

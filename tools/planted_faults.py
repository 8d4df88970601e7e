"""Plant faults in a copy of the checkout, one at a time, and see which test turns red.

    python tools/planted_faults.py [NAME …]

`planted_faults.toml` says for each where it goes, which text it replaces and which tests ought to
notice. A fault that no test notices is printed as SURVIVED and makes the exit code 1.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Fault:
    """A text of one file that is replaced by a wrong one, and the tests that are run then."""

    name: str
    file: str
    text: str
    wrong: str
    tests: tuple[str, ...]

    def plant(self, checkout: Path) -> None:
        """Replace the text; raises SystemExit where it is not there exactly once."""
        path = checkout / self.file
        source = path.read_text()
        if source.count(self.text) != 1:
            raise SystemExit(f"{self.name}: {self.file} does not have the text exactly once")
        path.write_text(source.replace(self.text, self.wrong))


def faults(chosen: list[str]) -> list[Fault]:
    """The faults of the list, or those of them that are named."""
    entries = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())["fault"]
    known = [Fault(**{**entry, "tests": tuple(entry["tests"])}) for entry in entries]
    unknown = set(chosen) - {fault.name for fault in known}
    if unknown:
        raise SystemExit(f"no such fault: {', '.join(sorted(unknown))}")
    return [fault for fault in known if not chosen or fault.name in chosen]


def copy_of(checkout: Path, target: Path) -> None:
    """What git knows of the checkout, and what it does not ignore."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=checkout, check=True, capture_output=True, text=True)
    for name in listed.stdout.splitlines():
        if (checkout / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(checkout / name, target / name)


def noticed_by(fault: Fault) -> str | None:
    """The first test that fails with the fault planted, None where none does."""
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder)
        copy_of(ROOT, checkout)
        fault.plant(checkout)
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
        done = subprocess.run(
            [*command, *fault.tests], cwd=checkout, check=False, capture_output=True, text=True
        )
    if done.returncode == 0:
        return None
    if done.returncode != 1:
        raise SystemExit(f"{fault.name}: pytest could not run\n{done.stdout}{done.stderr}")
    found = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    return found.group(1) if found else "a test whose name is not told"


def main() -> int:
    survived = 0
    for fault in faults(sys.argv[1:]):
        started = time.monotonic()
        test = noticed_by(fault)
        survived += test is None
        seconds = time.monotonic() - started
        print(f"{fault.name}: {test or 'SURVIVED'} ({seconds:.0f} s)", flush=True)
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())

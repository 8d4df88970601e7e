"""Which function of a revision file may catch the error of a call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from flaskmig.engine.migrating.callers import Callers

BODIES = {
    "plain": "call()",
    "try": "try:\n    call()\nexcept ValueError:\n    pass",
    "finally": "try:\n    call()\nfinally:\n    pass",
    "group": "try:\n    call()\nexcept* ValueError:\n    pass",
    "elsewhere in it": "call()\ntry:\n    pass\nexcept ValueError:\n    pass",
    "with": "with block():\n    call()",
    "with and try": "with block():\n    try:\n        call()\n    except ValueError:\n        pass",
    "inner function": "def inner():\n    call()\ninner()",
    "inner with a try": "def inner():\n    try:\n        call()\n    except ValueError:\n"
    "        pass\ninner()",
    "beside an inner with a try": "def inner():\n    try:\n        pass\n    except ValueError:\n"
    "        pass\ncall()",
    "two deep": "def one():\n    def two():\n        try:\n            pass\n        finally:\n"
    "            pass\ncall()",
    "lambda": "(lambda: call())()",
    "comprehension": "[call() for _ in range(1)]",
    "generator": "list(call() for _ in range(1))",
    "a word": "text = 'try'\ncall()",
    "decorated": "@same\ndef inner():\n    try:\n        call()\n    except ValueError:\n"
    "        pass\ninner()",
}


def indented(text: str, depth: int) -> str:
    return "".join(f"{' ' * 4 * depth}{line}\n" for line in text.splitlines())


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("above", ["plain", "try", "with"])
def test_as_the_file_says(tmp_path: Path, name: str, above: str) -> None:
    """Whether a call is in a function with a ``try`` is what the whole text of the file says."""
    call = {"plain": "work()", "try": BODIES["try"], "with": BODIES["with"]}[above]
    path = tmp_path / "revision.py"
    path.write_text(
        f"def work():\n{indented(BODIES[name], 1)}\n"
        f"def upgrade():\n{indented(call.replace('call()', 'work()'), 1)}"
    )
    callers = Callers(str(path))
    found: list[tuple[bool, bool]] = []

    def note() -> None:
        frames = list(callers._frames())
        said = any(each.f_code.co_firstlineno in callers._functions_with_try for each in frames)
        found.append((callers.here().in_try, said))

    same: Callable[[object], object] = lambda function: function  # noqa: E731
    names = {"call": note, "block": lambda: memoryview(b""), "same": same}
    exec(compile(path.read_text(), str(path), "exec"), names)
    names["upgrade"]()  # type: ignore[operator]
    assert found == [(said, said) for _, said in found]
    assert len(found) == 1

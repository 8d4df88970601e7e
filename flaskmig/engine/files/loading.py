"""Running the text of a revision file, which makes a module of it."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from contextlib import suppress
from types import CodeType, MappingProxyType, ModuleType

from sqlalchemy.exc import DBAPIError

from flaskmig.engine.files.header import NO_SOURCE, has_cookie, parse
from flaskmig.engine.files.serving import serving
from flaskmig.engine.files.syntax import compile_source, compile_tree
from flaskmig.errors import FlaskmigError, InvalidRevisionFileError

NO_MODULES: Mapping[str, ModuleType] = MappingProxyType({})


def run_code(
    code: CodeType, path: str, revision: str, modules: Mapping[str, ModuleType] = NO_MODULES
) -> ModuleType:
    """Run the code of a file and return it as a module; its functions are not called.

    ``modules`` are found by its imports (`serving`). No byte code is read or written. Raises
    InvalidRevisionFileError where the file fails, and what the database refused as it is.
    """
    module = ModuleType(f"flaskmig_revision_{revision}")
    module.__file__ = path
    try:
        with serving(modules):
            exec(code, module.__dict__)
    except (FlaskmigError, DBAPIError):
        # Some files already work on the database while they are loaded.
        raise
    except (Exception, SystemExit) as error:
        line = _line_in(path, error)
        raise InvalidRevisionFileError(
            f"{path}{f', line {line}' if line else ''}: {type(error).__name__}: {error}",
            path=path,
            line=line,
            hint="the file fails while it is loaded; correct it",
        ) from error
    return module


def code_of(content: bytes, path: str, modules: Mapping[str, ModuleType]) -> CodeType:
    """The code of a revision file; raises InvalidRevisionFileError.

    It does also for a file that imports Alembic where ``modules`` have nothing to serve for it.
    """
    if "alembic" in modules and not has_cookie(content):
        # Most files need no tree. The parser says best what is wrong with the others.
        with suppress(*NO_SOURCE):
            return compile_source(content, path)
    tree = parse(content, path)
    if "alembic" not in modules:
        refuse_alembic(tree, path)
    return compiled(tree, path)


def compiled(tree: ast.Module, path: str) -> CodeType:
    """The code of a file that was parsed; raises InvalidRevisionFileError."""
    try:
        return compile_tree(tree, path)
    except NO_SOURCE as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        said = error.msg if isinstance(error, SyntaxError) else error or type(error).__name__
        raise InvalidRevisionFileError(
            f"{path}{f', line {line}' if line else ''}: {said}",
            path=path,
            line=line,
            hint="correct the file, or move it out of the folder",
        ) from error


def refuse_alembic(tree: ast.Module, path: str) -> None:
    """Raise InvalidRevisionFileError for an import of Alembic, whose op belongs to its own runs."""
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                names = [alias.name for alias in node.names]
            case ast.ImportFrom(module=str() as module, level=0):
                names = [module]
            case _:
                continue
        if any(name.partition(".")[0] == "alembic" for name in names):
            raise InvalidRevisionFileError(
                f"{path}, line {node.lineno}: it imports alembic, which this project has nothing "
                "to serve for",
                path=path,
                line=node.lineno,
                hint="make the Project with modules=flaskmig.legacy.modules(), or change "
                "`from alembic import op` to `from flaskmig import op`",
            )


def _line_in(path: str, error: BaseException) -> int | None:
    line = None
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == path:
            line = step.tb_lineno
        step = step.tb_next
    return line

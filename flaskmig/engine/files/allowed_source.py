"""What a generated revision file may hold, and the check that it holds nothing else.

The writers of a file make every value a literal of its exact characters. This check does not trust
them: it reads the finished bytes as Python will, and knows each name that may be called. So a fault
in a writer, whatever string of a database comes through it, ends in an error and not in a file.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
import tokenize
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from flaskmig.dialects import NAMES as DIALECTS
from flaskmig.engine.files.header import NAMES, parse
from flaskmig.engine.rendering.alembic_calls import ALEMBIC_IMPORT, BATCH, BATCH_CALLS, CALLS
from flaskmig.engine.rendering.type_spelling import SA_IMPORT
from flaskmig.errors import InvalidRevisionFileError
from flaskmig.schema import Source

OP_IMPORT = "from flaskmig import op"
OPERATIONS = frozenset({
    "add_column", "alter_column", "alter_enum", "alter_extension", "alter_sequence", "alter_table",
    "create_check_constraint", "create_enum", "create_exclude_constraint", "create_extension",
    "create_foreign_key", "create_function", "create_index", "create_primary_key", "create_schema",
    "create_sequence", "create_table", "create_table_comment", "create_trigger",
    "create_unique_constraint", "create_view", "drop_column", "drop_constraint", "drop_enum",
    "drop_extension", "drop_function", "drop_index", "drop_schema", "drop_sequence", "drop_table",
    "drop_table_comment", "drop_trigger", "drop_view", "execute", "irreversible",
    "rename_constraint", "rename_enum", "rename_enum_value", "rename_index", "rename_sequence",
    "rename_table",
})  # fmt: skip
CONSTRUCTS = frozenset({
    "op.f", "op.sql_type", "postgresql.ExcludeConstraint", "sa.CheckConstraint", "sa.Column",
    "sa.Computed",
    "sa.ForeignKeyConstraint", "sa.Identity", "sa.PrimaryKeyConstraint", "sa.UniqueConstraint",
    "sa.column", "sa.false", "sa.literal_column", "sa.null", "sa.text", "sa.true",
    "textwrap.dedent",
})  # fmt: skip
METHODS = frozenset({"collate", "desc", "label", "nulls_first", "nulls_last", "with_variant"})

TEXTWRAP_IMPORT = "import textwrap"
# How a file for Flask-Migrate finds the function of a bind; {} is upgrade or downgrade.
DISPATCH = 'globals()[f"{}_{{engine_name}}"]()'
BIND_PARAMETER = "engine_name"
# What is in such a block runs outside of a transaction.
OUTSIDE = "op.get_context().autocommit_block()"
_OF_HOOKS = frozenset({"op.f", "op.inline_literal"})
_DIALECT_IMPORT = re.compile(r"from sqlalchemy\.dialects import [a-z]+")
_FUNCTION = re.compile(r"(?:upgrade|downgrade)\w*", re.ASCII)
_WORD = re.compile(r"[A-Za-z]\w*", re.ASCII)
# Words and no names: a comment says nothing that came from a database.
_COMMENT = re.compile(r"# (?:noqa: F401|(?:[A-Za-z0-9 ,;:'()%-]|\.(?= |\Z))+)")


def check_source(source: bytes, own: Iterable[Source] = ()) -> None:
    """Raise InvalidRevisionFileError unless the bytes are a header and calls that are known.

    Known are the operations of ``op``, SQLAlchemy's constructs that a table is made of, its types,
    and types of modules that the application has loaded. ``own`` is what the project's
    ``render_item`` returned: what that calls and imports is the project's own code. Everything
    that came from a database can only be a literal.
    """
    _Check(own).module(source)


class _Check:
    def __init__(self, own: Iterable[Source]) -> None:
        sources = tuple(own)
        self._imports = {line for source in sources for line in source.imports}
        paths = {path for source in sources for path in _paths(source.code)}
        self._paths = {path for path in paths if _is_own(path)}
        self._modules: set[str] = set()
        self._dialects: set[str] = set()
        self._operations = OPERATIONS

    def module(self, source: bytes) -> None:
        tree = parse(source, "the generated file")
        self._comments(source)
        statements = list(tree.body)
        if ast.get_docstring(tree, clean=False) is not None:
            del statements[0]
        for statement in statements:
            match statement:
                case ast.Import() | ast.ImportFrom():
                    self._import(statement)
                case ast.Assign([ast.Name(name)], value) if name in NAMES:
                    _require(_is_plain(value), statement)
                case ast.FunctionDef(name, body=body, returns=None) if _is_dispatch(name, body):
                    _require(ast.unparse(statement.args) == BIND_PARAMETER, statement)
                    _require(not statement.decorator_list, statement)
                case ast.FunctionDef(name, decorator_list=[], returns=None):
                    _require(not ast.unparse(statement.args), statement)
                    _require(_FUNCTION.fullmatch(name) is not None, statement)
                    self._body(statement.body)
                case _:
                    raise _refusal(statement)

    def _comments(self, source: bytes) -> None:
        """Refuse what Python itself may read in a comment, and what is not words."""
        for token in tokenize.tokenize(BytesIO(source).readline):
            is_comment = token.type == tokenize.COMMENT
            if is_comment and not _COMMENT.fullmatch(token.string):
                raise _refused(token.string, token.start[0])
            if token.type == tokenize.ENCODING and token.string not in ("utf-8", "utf-8-sig"):
                raise _refused(f"coding: {token.string}", 1)

    def _import(self, statement: ast.Import | ast.ImportFrom) -> None:
        line = ast.unparse(statement)
        if line == ALEMBIC_IMPORT:
            self._operations = CALLS
            return
        if line in (SA_IMPORT, OP_IMPORT, TEXTWRAP_IMPORT) or line in self._imports:
            return
        if _DIALECT_IMPORT.fullmatch(line):
            name = line.rpartition(" ")[2]
            if name in DIALECTS:
                # On another database nobody may have loaded it yet.
                importlib.import_module(f"sqlalchemy.dialects.{name}")
            self._dialects.add(name)
            return
        # Anything else is there for a type of the application's, and binds no other name.
        _require(isinstance(statement, ast.Import), statement)
        for alias in statement.names:
            _require(alias.asname is None and alias.name in sys.modules, statement)
            _require(alias.name.partition(".")[0] not in ("op", "sa", *NAMES), statement)
            self._modules.add(alias.name)

    def _body(self, body: Sequence[ast.stmt]) -> None:
        for statement in body:
            match statement:
                case ast.Pass():
                    continue
                case ast.Expr(ast.Call(ast.Attribute(ast.Name("op"), name)) as call):
                    _require(name in self._operations, statement)
                    self._arguments(call)
                case ast.With([block], inside):
                    self._block(block, inside)
                case _:
                    raise _refusal(statement)

    def _block(self, block: ast.withitem, body: Sequence[ast.stmt]) -> None:
        """A block of Alembic's: of one table, or outside of a transaction."""
        match block:
            case ast.withitem(
                ast.Call(ast.Attribute(ast.Name("op"), "batch_alter_table")) as call,
                ast.Name(name),
            ) if name == BATCH:
                self._arguments(call)
                for statement in body:
                    match statement:
                        case ast.Expr(ast.Call(ast.Attribute(ast.Name(of), method)) as inner):
                            _require(of == BATCH and method in BATCH_CALLS, statement)
                            self._arguments(inner)
                        case _:
                            raise _refusal(statement)
            case ast.withitem(call, None):
                _require(ast.unparse(call) == OUTSIDE, call)
                self._body(body)
            case _:
                raise _refusal(block)

    def _arguments(self, call: ast.Call) -> None:
        for argument in call.args:
            self._value(argument)
        for keyword in call.keywords:
            _require(keyword.arg is not None and _WORD.fullmatch(keyword.arg) is not None, call)
            self._value(keyword.value)

    def _value(self, node: ast.expr) -> None:
        """One argument: a literal, a collection of arguments, or a known call."""
        match node:
            case ast.List(items) | ast.Tuple(items):
                for item in items:
                    self._value(item)
            case ast.Dict(keys, values):
                for part in (*keys, *values):
                    _require(part is not None, node)
                    self._value(part or node)
            case ast.Call(function):
                self._called(function)
                self._arguments(node)
            case ast.Name() | ast.Attribute():
                _require(self._is_known(_path(node)), node)
            case _:
                _require(_is_plain(node), node)

    def _called(self, function: ast.expr) -> None:
        match function:
            case ast.Attribute(ast.Call() as before, method) if method in METHODS:
                self._value(before)
            case _:
                _require(self._is_known(_path(function)), function)

    def _is_known(self, path: str) -> bool:
        """Whether the dotted name may stand in a file."""
        if path in CONSTRUCTS or path in self._paths:
            return True
        root, _, rest = path.partition(".")
        if root == "sa":
            head, _, function = rest.partition(".")
            if head == "func":
                return all(map(_WORD.fullmatch, function.split(".")))
            return _is_type("sqlalchemy", rest)
        if root in self._dialects and _is_type(f"sqlalchemy.dialects.{root}", rest):
            return True
        return any(
            path.startswith(f"{module}.") and _is_type(module, path.removeprefix(f"{module}."))
            for module in self._modules
        )


def _is_dispatch(name: str, body: Sequence[ast.stmt]) -> bool:
    """Whether the function finds the one of a bind and calls it, and nothing else."""
    is_one = name in ("upgrade", "downgrade") and len(body) == 1
    return is_one and ast.dump(body[0]) == ast.dump(ast.parse(DISPATCH.format(name)).body[0])


def _is_type(module: str, path: str) -> bool:
    """Whether a loaded module has a SQLAlchemy type by that name; nothing is imported for it."""
    # Imported here: a revision that calls nothing does without it.
    from sqlalchemy.types import TypeEngine

    found: Any = sys.modules.get(module)
    for part in path.split("."):
        if part.startswith("__"):
            return False
        found = getattr(found, part, None)
    return isinstance(found, type) and issubclass(found, TypeEngine)


def _is_plain(node: ast.expr) -> bool:
    """Whether the expression is a literal, or a tuple of them."""
    match node:
        case ast.Constant(value):
            return value is None or type(value) in (bool, int, float, str)
        case ast.Tuple(items):
            return all(map(_is_plain, items))
        case ast.UnaryOp(ast.USub(), ast.Constant(value)):
            return type(value) in (int, float)
        case _:
            return False


def _path(node: ast.expr) -> str:
    """The dotted name, "" for what is none."""
    match node:
        case ast.Name(name):
            return name
        case ast.Attribute(value, attribute):
            before = _path(value)
            return f"{before}.{attribute}" if before else ""
        case _:
            return ""


def _paths(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code, mode="eval")):
        if isinstance(node, ast.Name | ast.Attribute):
            yield _path(node)


def _is_own(path: str) -> bool:
    """Whether ``render_item`` may use the name: of SQLAlchemy what makes no connection.

    Its function may put a string of the database into its text, which is why not all goes.
    """
    import sqlalchemy

    root, _, rest = path.partition(".")
    if root == "op":
        return path in _OF_HOOKS
    if root != "sa":
        return True
    found: Any = sqlalchemy
    for part in rest.split("."):
        if part.startswith("_"):
            return False
        found = getattr(found, part, None)
    module = getattr(found, "__module__", "") or ""
    return module.startswith(("sqlalchemy.sql.", "sqlalchemy.dialects."))


def _require(holds: bool, node: ast.AST) -> None:
    if not holds:
        raise _refusal(node)


def _refusal(node: ast.AST) -> InvalidRevisionFileError:
    return _refused(ast.unparse(node), getattr(node, "lineno", None))


def _refused(text: str, line: int | None) -> InvalidRevisionFileError:
    return InvalidRevisionFileError(
        f"what was generated is not written: it holds {text[:80]!a}",
        path="",
        line=line,
        hint="this is a fault of flaskmig; please report it with the model that it came from",
    )

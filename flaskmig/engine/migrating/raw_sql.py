"""What SQL that a revision file wrote itself may do to the schema."""

from __future__ import annotations

import re

_ROWS_ONLY = frozenset(
    {"INSERT", "UPDATE", "DELETE", "SELECT", "VALUES", "MERGE", "COPY", "LOCK", "PRAGMA"}
    | {"SET", "RESET", "SHOW", "ANALYZE", "VACUUM", "REINDEX", "GRANT", "REVOKE", "EXPLAIN"}
    | {"SAVEPOINT", "RELEASE", "NOTIFY", "LISTEN", "CLUSTER", "REFRESH", "TRUNCATE", "REPLACE"}
)
_SCHEMA = frozenset({"CREATE", "ALTER", "DROP", "COMMENT"})
_READS_ONLY = re.compile(
    r"(SELECT|VALUES|EXPLAIN|PRAGMA|SAVEPOINT|RELEASE|ROLLBACK)\b", re.IGNORECASE
)
_SAVEPOINT = re.compile(r"(SAVEPOINT|RELEASE|ROLLBACK\s+TO)\b", re.IGNORECASE)
_MAY_CONTROL = re.compile(r"\b(COMMIT|END|ROLLBACK|BEGIN|START|ABORT|PREPARE)\b", re.IGNORECASE)
_CONTROL = re.compile(
    r"(COMMIT|END|BEGIN|ABORT|START\s+TRANSACTION|PREPARE\s+TRANSACTION"
    r"|ROLLBACK(?!(\s+(WORK|TRANSACTION))?\s+TO\b))\b",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"(COMMIT|END|ROLLBACK|ABORT|(?:BEGIN|START\s+TRANSACTION)"
    r"(?:\s+(?:DEFERRED|IMMEDIATE|EXCLUSIVE|READ\s+WRITE))?)"
    r"(?:\s+(?:WORK|TRANSACTION))?(?:\s|;|--[^\n]*(?:\n|$))*\Z",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"((CREATE|DROP)\s+(UNIQUE\s+)?INDEX\s+CONCURRENTLY|REINDEX\b.*\bCONCURRENTLY"
    r"|ALTER\s+TYPE\b.*\bADD\s+VALUE|VACUUM|ALTER\s+SYSTEM|(CREATE|DROP)\s+(DATABASE|TABLESPACE))\b",
    re.IGNORECASE | re.DOTALL,
)
_CONTROL_WORDS = {
    "BEGIN": "BEGIN",
    "START": "BEGIN",
    "COMMIT": "COMMIT",
    "END": "COMMIT",
    "ROLLBACK": "ROLLBACK",
    "ABORT": "ROLLBACK",
}
# What holds for a session and not for the database. SET LOCAL and the like end with a transaction.
_SESSION = re.compile(
    r"(SET\b(?!\s+(LOCAL|TRANSACTION|CONSTRAINTS)\b)|PREPARE\b(?!\s+TRANSACTION\b)"
    r"|(RESET|LISTEN|UNLISTEN|LOAD|DEALLOCATE|DISCARD|PRAGMA|ATTACH|DETACH)\b)",
    re.IGNORECASE,
)
_SET_CONFIG = re.compile(r"\bset_config\s*\(.*,\s*false\s*\)", re.IGNORECASE | re.DOTALL)
# PostgreSQL documentation: the statements that say "cannot be executed inside a transaction
# block", and those that may have a COMMIT in what they run (CALL, DO), are not among these.
_FITS = re.compile(
    r"(INSERT|UPDATE|DELETE|MERGE|WITH|VALUES|TRUNCATE|COMMENT|GRANT|REVOKE|LOCK|COPY"
    r"|(CREATE|ALTER|DROP)\s+(OR\s+REPLACE\s+)?((GLOBAL|LOCAL|TEMP|TEMPORARY|UNLOGGED|UNIQUE)\s+)*"
    r"(TABLE|INDEX|VIEW|MATERIALIZED\s+VIEW|FUNCTION|PROCEDURE|TRIGGER|SCHEMA|SEQUENCE|DOMAIN"
    r"|EXTENSION|POLICY|RULE|AGGREGATE|CAST|COLLATION|OPERATOR|STATISTICS|ROLE|USER))\b",
    re.IGNORECASE,
)
_CONCURRENTLY = re.compile(r"\bCONCURRENTLY\b", re.IGNORECASE)
_SAYS = re.compile(
    r"(SELECT|VALUES|EXPLAIN|PRAGMA|SAVEPOINT|RELEASE|ROLLBACK|SHOW|SET|RESET|LOCK|LISTEN"
    r"|UNLISTEN|DECLARE|FETCH|MOVE|CLOSE|PREPARE|DEALLOCATE|DISCARD|ANALYZE)\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(r"\b(INSERT|UPDATE|DELETE|MERGE|REPLACE)\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+")
_ENUM = re.compile(
    r"""\bCREATE\s+TYPE\s+(?:(?P<schema>"[^"]+"|[\w$]+)\s*\.\s*)?(?P<name>"[^"]+"|[\w$]+)\s+AS"""
    r"""\s+ENUM\s*\((?P<values>(?:[^')]|'(?:[^']|'')*')*)\)""",
    re.IGNORECASE,
)
_DROPPED_TYPE = re.compile(
    r"""\bDROP\s+TYPE\s+(?:IF\s+EXISTS\s+)?(?:(?P<schema>"[^"]+"|[\w$]+)\s*\.\s*)?"""
    r"""(?P<name>"[^"]+"|[\w$]+)""",
    re.IGNORECASE,
)
_SEQUENCE = re.compile(
    r"""\bCREATE\s+SEQUENCE\s+(?:IF\s+NOT\s+EXISTS\s+)?"""
    r"""(?:(?P<schema>"[^"]+"|[\w$]+)\s*\.\s*)?(?P<name>"[^"]+"|[\w$]+)""",
    re.IGNORECASE,
)
_VALUE = re.compile(r"'((?:[^']|'')*)'")
_NAME = re.compile(r'"(?:[^"]|"")+"|`[^`]+`|\[[^\]]+\]|[^\W\d][\w$]*')


def tables_touched(sql: str, dialect: str) -> frozenset[str] | None:
    """Every name in the statements that may change the schema; None where any may be changed.

    Rows are no part of the schema: a statement that only reads and writes them touches nothing.
    """
    found = set[str]()
    for statement in statements_of(sql, dialect):
        word = _WORD.match(statement.lstrip("( \t\r\n"))
        first = word.group().upper() if word else ""
        if first in _ROWS_ONLY or (first == "WITH" and not _says_into(statement)):
            continue
        if first not in _SCHEMA:
            return None
        found |= {_bare(name) for name in _NAME.findall(statement)}
    return frozenset(found)


def enums_made(sql: str) -> list[tuple[str | None, str, tuple[str, ...]]]:
    """The enum types that the text makes: schema, name, values; also inside of a DO block."""
    return [
        (
            _bare(found["schema"]) if found["schema"] else None,
            _bare(found["name"]),
            tuple(each.replace("''", "'") for each in _VALUE.findall(found["values"])),
        )
        for found in _ENUM.finditer(sql)
    ]


def sequences_made(sql: str) -> list[tuple[str | None, str]]:
    """The sequences that the text makes: schema and name."""
    return [
        (_bare(found["schema"]) if found["schema"] else None, _bare(found["name"]))
        for found in _SEQUENCE.finditer(sql)
    ]


def types_dropped(sql: str) -> list[tuple[str | None, str]]:
    """The types that the text drops: schema and name."""
    return [
        (_bare(found["schema"]) if found["schema"] else None, _bare(found["name"]))
        for found in _DROPPED_TYPE.finditer(sql)
    ]


def transaction_control(sql: str, dialect: str) -> str | None:
    """The first statement in the text that begins or ends a transaction; None for none.

    Savepoints and going back to one leave the transaction open.
    """
    if not _MAY_CONTROL.search(sql):
        return None
    return next(filter(controls_transaction, statements_of(sql, dialect)), None)


def control_word(sql: str) -> str:
    """BEGIN, COMMIT or ROLLBACK where the text is that and nothing else; "" for any other."""
    found = _ALONE.match(_without_comment(sql))
    return _CONTROL_WORDS[found[1].upper().split()[0]] if found else ""


def needs_no_transaction(sql: str) -> bool:
    """Whether PostgreSQL refuses the text in a transaction, or what it does is not seen in it.

    The latter are new values of an enum (PostgreSQL documentation, "ALTER TYPE").
    """
    return bool(_OUTSIDE.match(_without_comment(sql)))


def controls_transaction(statement: str) -> bool:
    """Whether the one statement begins or ends a transaction."""
    return bool(_CONTROL.match(statement))


def is_savepoint(sql: str) -> bool:
    """Whether the text makes a savepoint, lets one go or goes back to one."""
    return bool(_SAVEPOINT.match(_without_comment(sql)))


def is_of_session(sql: str) -> bool:
    """Whether the text does nothing but set what is gone with the session."""
    text = _without_comment(sql)
    is_one = ";" not in text.rstrip("; \t\r\n")
    return is_one and bool(_SESSION.match(text) or _SET_CONFIG.search(text))


def fits_transaction(sql: str, dialect: str) -> bool:
    """Whether the one statement of the text surely can be in a transaction; of PostgreSQL."""
    found = statements_of(sql, dialect)
    return len(found) == 1 and bool(_FITS.match(found[0])) and not _CONCURRENTLY.search(found[0])


def changes_rows(sql: str) -> bool:
    """Whether the text is one that changes rows or the schema, as far as its words tell."""
    text = _without_comment(sql)
    if _SAYS.match(text):
        return False
    return text[:4].upper() != "WITH" or bool(_CHANGES.search(text))


def may_write(sql: str) -> bool:
    """Whether the text may change rows or the schema; what cannot be told may."""
    return not _READS_ONLY.match(_without_comment(sql)) or ";" in sql.rstrip("; \t\r\n")


def statements_of(sql: str, dialect: str) -> list[str]:
    """The statements of a text, each without the comments that it begins with."""
    if ";" not in sql.strip().rstrip(";") and "--" not in sql and "/*" not in sql:
        return [sql.strip()] if sql.strip() else []
    from flaskmig.sql import split

    return [_without_comment(statement) for statement in split(sql, dialect)]


def _without_comment(statement: str) -> str:
    """The statement without the comments that it begins with."""
    return re.sub(r"^(\s+|--[^\n]*(\n|$)|/\*.*?\*/)*", "", statement, flags=re.DOTALL)


def _says_into(statement: str) -> bool:
    return re.search(r"\bINTO\s+(TEMP|TABLE|UNLOGGED)\b", statement, re.IGNORECASE) is not None


def _bare(name: str) -> str:
    if name[0] in '"`[':
        return name[1:-1].replace('""', '"')
    return name.lower()

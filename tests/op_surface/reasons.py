"""Why statements, or what they leave, are not Alembic's: by form and database."""

from __future__ import annotations

from collections.abc import Mapping

_LOOKS = "where flaskmig can look whether it is there, it looks, and sends no statement for nothing"
_ORDER = "flaskmig writes keys, then checks, then foreign keys, each on a line of its own"
_ACTIONS = "flaskmig writes ON UPDATE before ON DELETE, as PostgreSQL's catalogue does"
_ONE = "flaskmig sends the changes of one column, or table, as one ALTER TABLE"
_CALLS_COLUMN = "flaskmig writes the word COLUMN, which PostgreSQL allows to leave out"
_SAME_TYPE = "the type does not change, so flaskmig does not set it again"
_PARENTHESES = "flaskmig always puts an expression in parentheses"
_NOT_NULL = "an identity column is NOT NULL in any case, and flaskmig says so"
_MERGED = "PostgreSQL makes one index of a primary key and a UNIQUE on its columns; flaskmig knows"
_CONCURRENTLY = "Alembic here runs it without CONCURRENTLY, as its block needs a run of its own"
_APART = "flaskmig adds the column and then the constraint, as it does for all of them"
_NO_STATEMENT = "SQLite has no ALTER TABLE for this, and flaskmig rebuilds the table"
_LOST_CHECK = "Alembic passes over the CHECK of a type on SQLite; flaskmig makes it"
_NEITHER = "SQLite takes neither Alembic's statement nor its rebuild"
_NO_IF = "Alembic's batch blocks have no such condition"
_NO_COMMENTS = "SQLite has no comments: Alembic sends one, which fails, and flaskmig sends none"

SQLITE, POSTGRESQL = "sqlite", "postgresql"

WRITES_OTHERWISE: Mapping[tuple[str, str], str] = {
    ("columns/add_column identity", POSTGRESQL): _NOT_NULL,
    ("columns/add_column if_not_exists", POSTGRESQL): _LOOKS,
    ("columns/add_column if_not_exists that is there", POSTGRESQL): _LOOKS,
    ("columns/add_column inline_primary_key", POSTGRESQL): _APART,
    ("columns/add_column inline_references", POSTGRESQL): _APART,
    ("columns/add_column primary_key", SQLITE): "a NOT NULL column without a default needs a "
    "table without rows, which SQLite takes for no reason; flaskmig rebuilds it",
    ("columns/add_column with a check", POSTGRESQL): _APART,
    ("columns/add_column with a check", SQLITE): _APART,
    ("columns/add_column enum with a check", SQLITE): _LOST_CHECK,
    ("columns/add_column boolean with a check", SQLITE): _LOST_CHECK,
    ("columns/alter_column everything", POSTGRESQL): _ONE,
    ("columns/alter_column new_column_name", POSTGRESQL): _CALLS_COLUMN,
    ("columns/alter_column schema", POSTGRESQL): _ONE,
    ("columns/alter_column type_ with its check", POSTGRESQL): _SAME_TYPE,
    ("columns/drop_column if_exists", POSTGRESQL): _LOOKS,
    ("columns/drop_column if_exists that is not there", POSTGRESQL): _LOOKS,
    ("constraints/create_foreign_key by keyword", POSTGRESQL): _ACTIONS,
    ("constraints/drop_constraint if_exists", POSTGRESQL): _LOOKS,
    ("constraints/drop_constraint if_exists that is not there", POSTGRESQL): _LOOKS,
    ("conventions/alter_column type_ with a check", POSTGRESQL): _SAME_TYPE,
    ("conventions/create_table names what has no name", POSTGRESQL): _ORDER,
    ("conventions/create_table names what has no name", SQLITE): _ORDER,
    ("conventions/create_table op.f", POSTGRESQL): _MERGED,
    ("conventions/create_table op.f", SQLITE): _ORDER,
    ("conventions/create_table tokens", POSTGRESQL): _MERGED,
    ("indexes/create_index expressions", POSTGRESQL): _PARENTHESES,
    ("indexes/create_index if_not_exists", POSTGRESQL): _LOOKS,
    ("indexes/create_index if_not_exists", SQLITE): _LOOKS,
    ("indexes/create_index postgresql_concurrently", POSTGRESQL): _CONCURRENTLY,
    ("indexes/create_index postgresql_using and ops", POSTGRESQL): _PARENTHESES,
    ("indexes/create_index text of a column", POSTGRESQL): _PARENTHESES,
    ("indexes/drop_index if_exists", POSTGRESQL): _LOOKS,
    ("indexes/drop_index if_exists", SQLITE): _LOOKS,
    ("indexes/drop_index postgresql_concurrently", POSTGRESQL): _CONCURRENTLY,
    ("rows/bulk_insert with Python defaults", POSTGRESQL): "Alembic's script writes NULL where "
    "its online run sends the default",
    ("rows/bulk_insert with Python defaults", SQLITE): "Alembic's script writes NULL where its "
    "online run sends the default",
    ("spellings/alter_column name", POSTGRESQL): _CALLS_COLUMN,
    ("spellings/create_foreign_key by position", POSTGRESQL): _ACTIONS,
    ("tables/create_table from another table", POSTGRESQL): _ORDER,
    ("tables/create_table from another table", SQLITE): _ORDER,
    ("tables/create_table identity and computed", POSTGRESQL): _NOT_NULL,
    ("tables/create_table if_not_exists", POSTGRESQL): _LOOKS,
    ("tables/create_table if_not_exists", SQLITE): _LOOKS,
    ("tables/create_table sqlite_strict sqlite_with_rowid", SQLITE): "the order of two words",
    ("tables/create_table with constraints", POSTGRESQL): _ORDER,
    ("tables/create_table with constraints", SQLITE): _ORDER,
    ("tables/create_table with columns' own words", POSTGRESQL): _ORDER,
    ("tables/create_table with columns' own words", SQLITE): _ORDER,
    ("tables/drop_table if_exists", POSTGRESQL): _LOOKS,
    ("tables/drop_table if_exists", SQLITE): _LOOKS,
}

ENDS_OTHERWISE: Mapping[tuple[str, str], str] = {
    ("columns/add_column boolean with a check", SQLITE): _LOST_CHECK,
    ("columns/add_column enum with a check", SQLITE): _LOST_CHECK,
    ("columns/add_column if_not_exists that is there", SQLITE): _NO_IF,
    ("columns/add_column inline_primary_key", SQLITE): _NEITHER,
    ("columns/add_column with unique and index", SQLITE): "Alembic's batch blocks cannot make a "
    "constraint without a name",
    ("columns/alter_column server_default expression", SQLITE): "Alembic's rebuild writes an "
    "expression without the parentheses that SQLite wants",
    ("columns/alter_column server_default identity", POSTGRESQL): "Alembic cannot make an "
    "identity of a SERIAL column: PostgreSQL wants its default gone first",
    ("columns/drop_column if_exists that is not there", SQLITE): _NO_IF,
    ("constraints/create_unique_constraint postgresql_include nulls_not_distinct", POSTGRESQL): (
        "Alembic looks for the INCLUDE columns where they are not, and fails"
    ),
    ("conventions/add_column", SQLITE): "Alembic's rebuild makes an index twice, once named "
    "after its temporary table",
    ("conventions/constraints by tokens", SQLITE): "Alembic's rebuild loses an index on an "
    "expression",
    ("tables/create_table_comment", SQLITE): _NO_COMMENTS,
    ("tables/create_table_comment by keyword", SQLITE): _NO_COMMENTS,
}

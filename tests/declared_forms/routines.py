"""Functions, procedures and triggers."""

from __future__ import annotations

from tests.declared_forms.form import POSTGRESQL, SQLITE, text

FUNCTIONS = (
    text(
        "f_plain",
        "CREATE FUNCTION f_plain(a int, b integer) RETURNS int LANGUAGE sql AS 'SELECT a + b'",
        "+",
        "-",
        on=POSTGRESQL,
    ),
    text(
        "f_defaults",
        "create or replace function f_defaults(a integer, b text = 'it''s', c int "
        "default 1+1) returns text as $$ select b || c $$ language SQL immutable "
        "strict",
        "||",
        "< ",
        on=POSTGRESQL,
    ),
    text(
        "f_tagged",
        "CREATE FUNCTION f_tagged() RETURNS text LANGUAGE plpgsql AS $body$\nBEGIN\n "
        " -- it's a comment; with $$ dollars\n  RETURN $x$quoted ' one$x$;\nEND\n"
        "$body$;",
        "one",
        "two",
        on=POSTGRESQL,
    ),
    text(
        "f_options",
        "CREATE FUNCTION f_options(x numeric(10,2)) RETURNS numeric LANGUAGE sql "
        "STABLE SECURITY DEFINER PARALLEL SAFE COST 5 SET search_path TO public AS "
        "$$ SELECT x $$",
        "COST 5",
        "COST 6",
        on=POSTGRESQL,
    ),
    text(
        "f_table",
        "CREATE FUNCTION f_table(n int) RETURNS TABLE (id int, title varchar(10)) "
        "LANGUAGE sql ROWS 10 AS $$ SELECT 1, 'a' WHERE n > 3 $$",
        "> 3",
        "> 4",
        on=POSTGRESQL,
    ),
    text(
        "f_setof",
        "CREATE FUNCTION f_setof() RETURNS SETOF people LANGUAGE sql AS $$ SELECT * "
        "FROM people LIMIT 5 $$",
        "LIMIT 5",
        "LIMIT 6",
        on=POSTGRESQL,
    ),
    text(
        "f_out",
        "CREATE FUNCTION f_out(IN a int, OUT b int, INOUT c varchar) LANGUAGE "
        "plpgsql AS 'BEGIN b := a; END'",
        ":= a",
        ":= 1",
        on=POSTGRESQL,
    ),
    text(
        "f_variadic",
        "CREATE FUNCTION f_variadic(VARIADIC all_of int[]) RETURNS bigint LANGUAGE "
        "sql AS 'SELECT count(*) FROM unnest(all_of)'",
        "count(*)",
        "sum(1)",
        on=POSTGRESQL,
    ),
    text(
        "f_enum",
        "CREATE FUNCTION f_enum(s state) RETURNS state LANGUAGE sql AS $$ SELECT 'gone'::state $$",
        "'gone'",
        "'draft'",
        on=POSTGRESQL,
    ),
    text(
        "f_body",
        "CREATE FUNCTION f_body(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a + 2; END",
        "+ 2",
        "+ 3",
        on=POSTGRESQL,
    ),
    text(
        "f_return",
        "CREATE FUNCTION f_return(a int) RETURNS int RETURN a * 2",
        "* 2",
        "* 3",
        on=POSTGRESQL,
    ),
    text(
        "f_body_reads",
        "CREATE FUNCTION f_body_reads() RETURNS bigint LANGUAGE sql BEGIN ATOMIC "
        "SELECT count(*) FROM people WHERE age > 2; END",
        "> 2",
        "> 3",
        on=POSTGRESQL,
    ),
    text(
        "f_over",
        "CREATE FUNCTION f_over(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "SELECT 1",
        "SELECT 9",
        on=POSTGRESQL,
    ),
    text(
        "f_over_text",
        "CREATE FUNCTION f_over(a text) RETURNS int LANGUAGE sql AS 'SELECT 2'",
        "SELECT 2",
        "SELECT 8",
        on=POSTGRESQL,
    ),
    text(
        "f_types",
        "CREATE FUNCTION f_types(a double precision, b timestamp with time zone, c "
        "character varying, d bool) RETURNS bool LANGUAGE sql AS 'SELECT d'",
        "SELECT d",
        "SELECT NOT d",
        on=POSTGRESQL,
    ),
    text(
        "f_quoted",
        'CREATE FUNCTION "F Quoted"("An arg" int) RETURNS int LANGUAGE sql AS '
        "'SELECT \"An arg\" + 1'",
        "+ 1",
        "+ 2",
        on=POSTGRESQL,
    ),
    text(
        "f_side",
        "CREATE FUNCTION side.f_side() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "SELECT 1",
        "SELECT 2",
        on=POSTGRESQL,
    ),
    text(
        "f_procedure",
        "CREATE PROCEDURE f_procedure(a int) LANGUAGE plpgsql AS $$ BEGIN DELETE "
        "FROM people WHERE id = a; END $$",
        "id = a",
        "age = a",
        on=POSTGRESQL,
    ),
    text(
        "f_trigger",
        "CREATE FUNCTION f_trigger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "NEW.name := 'x'; RETURN NEW; END $$",
        "'x'",
        "'y'",
        on=POSTGRESQL,
    ),
    text(
        "f_none",
        "CREATE FUNCTION f_none() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
        "NULL",
        "OLD ",
        on=POSTGRESQL,
    ),
)

TRIGGERS = (
    text(
        "t_before",
        "CREATE TRIGGER t_before BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION f_trigger()",
        "INSERT",
        "UPDATE",
        on=POSTGRESQL,
    ),
    text(
        "t_procedure",
        "create trigger t_procedure after insert or update or delete on people for "
        "each row execute procedure f_none('a', 1)",
        "'a'",
        "'b'",
        on=POSTGRESQL,
    ),
    text(
        "t_when",
        "CREATE TRIGGER t_when BEFORE UPDATE ON people FOR EACH ROW WHEN (OLD.age IS "
        "DISTINCT FROM NEW.age AND new.name in ('a', 'b')) EXECUTE FUNCTION "
        "f_trigger()",
        "'b'",
        "'c'",
        on=POSTGRESQL,
    ),
    text(
        "t_of",
        'CREATE TRIGGER t_of BEFORE UPDATE OF name, "Mixed Case" ON public.people '
        "FOR EACH ROW EXECUTE FUNCTION public.f_trigger()",
        "OF name",
        "OF mail",
        on=POSTGRESQL,
    ),
    text(
        "t_statement",
        "CREATE TRIGGER t_statement AFTER DELETE ON posts REFERENCING OLD TABLE AS "
        "gone FOR EACH STATEMENT EXECUTE FUNCTION f_none()",
        "AS gone",
        "AS past",
        on=POSTGRESQL,
    ),
    text(
        "t_no_level",
        "CREATE TRIGGER t_no_level AFTER TRUNCATE ON posts EXECUTE FUNCTION f_none()",
        "AFTER",
        "BEFORE",
        on=POSTGRESQL,
    ),
    text(
        "t_constraint",
        "CREATE CONSTRAINT TRIGGER t_constraint AFTER INSERT ON posts DEFERRABLE "
        "INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION f_none()",
        "INITIALLY DEFERRED",
        "INITIALLY IMMEDIATE",
        on=POSTGRESQL,
    ),
    text(
        "t_instead",
        "CREATE TRIGGER t_instead INSTEAD OF INSERT ON v_plain FOR EACH ROW EXECUTE "
        "FUNCTION f_none()",
        "INSERT",
        "DELETE",
        on=POSTGRESQL,
    ),
    text(
        "T Quoted",
        'CREATE TRIGGER "T Quoted" BEFORE INSERT ON people FOR EACH ROW WHEN '
        '(NEW."order" > 3) EXECUTE FUNCTION f_trigger()',
        "> 3",
        "> 4",
        on=POSTGRESQL,
    ),
    text(
        "t_enum",
        "CREATE TRIGGER t_enum BEFORE INSERT ON posts FOR EACH ROW WHEN (NEW.state = "
        "'gone') EXECUTE FUNCTION f_none()",
        "'gone'",
        "'draft'",
        on=POSTGRESQL,
    ),
    text(
        "t_side",
        "CREATE TRIGGER t_side BEFORE INSERT ON side.notes FOR EACH ROW WHEN (NEW.id "
        "> 1) EXECUTE FUNCTION side.f_side_trigger()",
        "> 1",
        "> 2",
        on=POSTGRESQL,
    ),
    text(
        "t_after",
        "CREATE TRIGGER t_after AFTER INSERT ON people BEGIN UPDATE people SET age = "
        "1 WHERE id = NEW.id; END",
        "= 1",
        "= 2",
        on=SQLITE,
    ),
    text(
        "t_lite_when",
        "create trigger t_lite_when before update on people for each row when "
        "new.age <> old.age and new.name like 'a%' begin select raise(abort, 'it''s; "
        "end'); end;",
        "'a%'",
        "'b%'",
        on=SQLITE,
    ),
    text(
        "t_lite_of",
        'CREATE TRIGGER IF NOT EXISTS t_lite_of AFTER UPDATE OF name, "order" ON '
        "people BEGIN\n  -- a comment; END\n  INSERT INTO posts (title) VALUES "
        "('x'); DELETE FROM posts WHERE CASE WHEN id > 3 THEN 1 ELSE 0 END;\nEND",
        "> 3",
        "> 4",
        on=SQLITE,
    ),
    text(
        "t_lite_instead",
        "CREATE TRIGGER t_lite_instead INSTEAD OF DELETE ON v_plain BEGIN DELETE "
        "FROM people WHERE id = OLD.id; END",
        "OLD.id",
        "OLD.id + 1",
        on=SQLITE,
    ),
    text(
        "t_lite_case",
        "CREATE TRIGGER `t_lite_case` /* not on posts */ AFTER UPDATE OF AGE ON "
        "PEOPLE BEGIN SELECT 7; END",
        "7",
        "8",
        on=SQLITE,
    ),
    text(
        "t_comment",
        "CREATE TRIGGER t_comment -- says what on posts does\n AFTER INSERT\n ON /* "
        "the */ people FOR EACH ROW WHEN (NEW.id > 1) EXECUTE FUNCTION f_none()",
        "> 1",
        "> 2",
        on=POSTGRESQL,
    ),
    text(
        "T Lite",
        'CREATE TRIGGER "T Lite" AFTER DELETE ON [posts] BEGIN SELECT 1; END',
        "SELECT 1",
        "SELECT 2",
        on=SQLITE,
    ),
)

SIDE_TRIGGER = (
    "CREATE FUNCTION side.f_side_trigger() RETURNS trigger LANGUAGE plpgsql "
    "AS 'BEGIN RETURN NEW; END'"
)

"""Views that are written as text."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tests.declared_forms.form import POSTGRESQL, SQLITE, view


def _materialized() -> dict[str, Any]:
    return {
        "materialized": True,
        "storage": {"fillfactor": 70},
        "indexes": [
            sa.Index("v_materialized_id", "id", unique=True),
            sa.Index("v_materialized_lower", sa.text("lower(name)")),
            sa.Index("v_materialized_some", "name", postgresql_where=sa.text("name <> 'x'")),
        ],
    }


VIEWS = (
    view(
        "plain",
        "SELECT id, name FROM people",
        "SELECT id, mail AS name FROM people",
    ),
    view(
        "star",
        "SELECT * FROM people",
        "SELECT * FROM people WHERE age > 1",
    ),
    view(
        "layout",
        "select id,\n\n  name  from people -- all\n where age>1",
        "select id,\n\n  name  from people -- all\n where age>2",
    ),
    view(
        "semicolon",
        "SELECT id FROM people WHERE name <> ';' ;",
        "SELECT id FROM people WHERE name <> ',' ;",
    ),
    view(
        "comment_first",
        "/* who */ SELECT id FROM people",
        "/* who */ SELECT boss_id AS id FROM people",
    ),
    view(
        "aliases",
        "SELECT p.id AS one, p.name two FROM people AS p",
        "SELECT p.id AS one, p.mail two FROM people AS p",
    ),
    view(
        "inner_join",
        "SELECT p.id, q.title FROM people p JOIN posts q ON q.person_id = p.id",
        "SELECT p.id, q.title FROM people p LEFT JOIN posts q ON q.person_id = p.id",
    ),
    view(
        "left_join",
        "SELECT p.id, q.title FROM people p LEFT OUTER JOIN posts q ON q.person_id = "
        "p.id AND q.stars > 2",
        "SELECT p.id, q.title FROM people p LEFT OUTER JOIN posts q ON q.person_id = "
        "p.id AND q.stars > 3",
    ),
    view(
        "join_using",
        "SELECT id, title, name FROM people JOIN posts USING (id)",
        "SELECT id, title, mail AS name FROM people JOIN posts USING (id)",
    ),
    view(
        "natural_join",
        "SELECT name, title FROM people NATURAL JOIN posts",
        "SELECT mail AS name, title FROM people NATURAL JOIN posts",
    ),
    view(
        "cross_join",
        "SELECT p.id, q.id AS other FROM people p, posts q",
        "SELECT p.id, q.stars AS other FROM people p, posts q",
    ),
    view(
        "self_join",
        "SELECT a.id, b.name FROM people a JOIN people b ON a.boss_id = b.id",
        "SELECT a.id, b.name FROM people a JOIN people b ON b.boss_id = a.id",
    ),
    view(
        "subquery",
        "SELECT id FROM (SELECT id, age FROM people WHERE age > 1) AS grown",
        "SELECT id FROM (SELECT id, age FROM people WHERE age > 2) AS grown",
    ),
    view(
        "in_subquery",
        "SELECT id FROM people WHERE id IN (SELECT person_id FROM posts)",
        "SELECT id FROM people WHERE id NOT IN (SELECT person_id FROM posts)",
    ),
    view(
        "exists",
        "SELECT id FROM people p WHERE EXISTS (SELECT 1 FROM posts q WHERE q.person_id = p.id)",
        "SELECT id FROM people p WHERE NOT EXISTS (SELECT 1 FROM posts q WHERE q.person_id = p.id)",
    ),
    view(
        "scalar",
        "SELECT id, (SELECT count(*) FROM posts q WHERE q.person_id = p.id) AS n FROM people p",
        "SELECT id, (SELECT max(stars) FROM posts q WHERE q.person_id = p.id) AS n FROM people p",
    ),
    view(
        "cte",
        "WITH old AS (SELECT id FROM people WHERE age > 60) SELECT id FROM old",
        "WITH old AS (SELECT id FROM people WHERE age > 61) SELECT id FROM old",
    ),
    view(
        "recursive",
        "WITH RECURSIVE up(id, boss_id) AS (SELECT id, boss_id FROM people WHERE "
        "boss_id IS NULL UNION ALL SELECT p.id, p.boss_id FROM people p JOIN up ON "
        "p.boss_id = up.id) SELECT id, boss_id FROM up",
        "WITH RECURSIVE up(id, boss_id) AS (SELECT id, boss_id FROM people WHERE "
        "boss_id IS NULL UNION SELECT p.id, p.boss_id FROM people p JOIN up ON "
        "p.boss_id = up.id) SELECT id, boss_id FROM up",
    ),
    view(
        "union",
        "SELECT id, name FROM people UNION SELECT id, title FROM posts",
        "SELECT id, name FROM people UNION ALL SELECT id, title FROM posts",
    ),
    view(
        "except",
        "SELECT id FROM people EXCEPT SELECT person_id FROM posts",
        "SELECT id FROM people INTERSECT SELECT person_id FROM posts",
    ),
    view(
        "window",
        "SELECT id, row_number() OVER (PARTITION BY boss_id ORDER BY age DESC) AS "
        "place FROM people",
        "SELECT id, row_number() OVER (PARTITION BY boss_id ORDER BY age) AS place FROM people",
    ),
    view(
        "named_window",
        "SELECT id, sum(age) OVER w AS total FROM people WINDOW w AS (ORDER BY id "
        "ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)",
        "SELECT id, sum(age) OVER w AS total FROM people WINDOW w AS (ORDER BY id "
        "ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)",
    ),
    view(
        "case",
        "SELECT id, CASE WHEN age > 17 THEN 'adult' ELSE 'child' END AS kind FROM people",
        "SELECT id, CASE WHEN age > 18 THEN 'adult' ELSE 'child' END AS kind FROM people",
    ),
    view(
        "case_of",
        "SELECT id, CASE age WHEN 1 THEN 'one' WHEN 2 THEN 'two' END AS kind FROM people",
        "SELECT id, CASE age WHEN 1 THEN 'one' WHEN 3 THEN 'two' END AS kind FROM people",
    ),
    view(
        "cast",
        "SELECT id, CAST(age AS varchar(10)) AS age FROM people",
        "SELECT id, CAST(age AS varchar(11)) AS age FROM people",
    ),
    view(
        "coalesce",
        "SELECT id, coalesce(name, mail, '-') AS shown FROM people",
        "SELECT id, coalesce(mail, name, '-') AS shown FROM people",
    ),
    view(
        "grouped",
        "SELECT boss_id, count(*) AS n, avg(age) AS age FROM people GROUP BY boss_id "
        "HAVING count(*) > 1",
        "SELECT boss_id, count(*) AS n, avg(age) AS age FROM people GROUP BY boss_id "
        "HAVING count(*) > 2",
    ),
    view(
        "grouped_by_key",
        "SELECT p.id, p.name, count(q.id) AS n FROM people p JOIN posts q ON "
        "q.person_id = p.id GROUP BY p.id",
        "SELECT p.id, p.mail AS name, count(q.id) AS n FROM people p JOIN posts q ON "
        "q.person_id = p.id GROUP BY p.id",
    ),
    view(
        "filter",
        "SELECT count(*) FILTER (WHERE age > 17) AS adults FROM people",
        "SELECT count(*) FILTER (WHERE age > 18) AS adults FROM people",
    ),
    view(
        "distinct",
        "SELECT DISTINCT name FROM people",
        "SELECT name FROM people",
    ),
    view(
        "count_distinct",
        "SELECT count(DISTINCT name) AS n FROM people",
        "SELECT count(name) AS n FROM people",
    ),
    view(
        "ordered",
        "SELECT id FROM people ORDER BY name DESC, 1 LIMIT 10 OFFSET 5",
        "SELECT id FROM people ORDER BY name DESC, 1 LIMIT 10 OFFSET 6",
    ),
    view(
        "nulls",
        "SELECT id FROM people ORDER BY name NULLS FIRST",
        "SELECT id FROM people ORDER BY name NULLS LAST",
    ),
    view(
        "operators",
        "SELECT id FROM people WHERE age BETWEEN 1 AND 9 AND name LIKE 'a%' AND mail "
        "IS NOT NULL AND id NOT IN (1, 2)",
        "SELECT id FROM people WHERE age BETWEEN 1 AND 9 AND name LIKE 'b%' AND mail "
        "IS NOT NULL AND id NOT IN (1, 2)",
    ),
    view(
        "not_equal",
        "SELECT id FROM people WHERE age != 4",
        "SELECT id FROM people WHERE age = 4",
    ),
    view(
        "strings",
        "SELECT 'it''s' AS a, name || ' -- ' || mail AS b FROM people",
        "SELECT 'its' AS a, name || ' -- ' || mail AS b FROM people",
    ),
    view(
        "percent",
        "SELECT id % 2 AS odd, '100%' AS whole, ':name' AS bound FROM people",
        "SELECT id % 3 AS odd, '100%' AS whole, ':name' AS bound FROM people",
    ),
    view(
        "values",
        "SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v",
        "SELECT * FROM (VALUES (1, 'a'), (2, 'c')) AS v",
    ),
    view(
        "quoted",
        'SELECT "Mixed Case", "order" AS "a ""quoted"" one" FROM people',
        'SELECT "Mixed Case", "order" AS "a ""quoted"" two" FROM people',
    ),
    view(
        "Quoted View",
        'SELECT "order" AS "größe" FROM people',
        'SELECT "id" AS "größe" FROM people',
    ),
    view(
        "no_table",
        "SELECT 1 AS one, NULL AS empty",
        "SELECT 2 AS one, NULL AS empty",
    ),
    view(
        "unnamed",
        "SELECT count(*), max(age) FROM people",
        "SELECT count(*), min(age) FROM people",
    ),
    view(
        "columns",
        "SELECT id, age FROM people",
        "SELECT id, boss_id FROM people",
        options=lambda: {"columns": ("a", "B c")},
    ),
    view(
        "on_view",
        "SELECT one FROM v_aliases WHERE one > 3",
        "SELECT one FROM v_aliases WHERE one > 4",
    ),
    view(
        "on_on_view",
        "SELECT o.one, p.name FROM v_on_view o JOIN v_plain p ON p.id = o.one",
        "SELECT o.one, p.name FROM v_on_view o LEFT JOIN v_plain p ON p.id = o.one",
    ),
    view(
        "now",
        "SELECT id, CURRENT_TIMESTAMP AS seen FROM people",
        "SELECT id, CURRENT_DATE AS seen FROM people",
    ),
    view(
        "glob",
        "SELECT id FROM people WHERE name GLOB 'a*' COLLATE nocase",
        "SELECT id FROM people WHERE name GLOB 'b*' COLLATE nocase",
        SQLITE,
    ),
    view(
        "sqlite_quotes",
        "SELECT [order], `Mixed Case` FROM [people]",
        "SELECT [id], `Mixed Case` FROM [people]",
        SQLITE,
    ),
    view(
        "rowid",
        "SELECT rowid AS r FROM people",
        "SELECT rowid + 1 AS r FROM people",
        SQLITE,
    ),
    view(
        "distinct_on",
        "SELECT DISTINCT ON (boss_id) boss_id, id FROM people ORDER BY boss_id, age",
        "SELECT DISTINCT ON (boss_id) boss_id, id FROM people ORDER BY boss_id, name",
        POSTGRESQL,
    ),
    view(
        "lateral",
        "SELECT p.id, t.title FROM people p, LATERAL (SELECT title FROM posts q "
        "WHERE q.person_id = p.id LIMIT 3) t",
        "SELECT p.id, t.title FROM people p, LATERAL (SELECT title FROM posts q "
        "WHERE q.person_id = p.id LIMIT 4) t",
        POSTGRESQL,
    ),
    view(
        "bare_values",
        "VALUES (1, 'a'), (2, 'b')",
        "VALUES (1, 'a'), (2, 'c')",
        POSTGRESQL,
    ),
    view(
        "table",
        "TABLE posts",
        "TABLE people",
        POSTGRESQL,
    ),
    view(
        "any",
        "SELECT id FROM people WHERE age = ANY (ARRAY[1, 2]) AND name IN ('a', 'b')",
        "SELECT id FROM people WHERE age = ANY (ARRAY[1, 3]) AND name IN ('a', 'b')",
        POSTGRESQL,
    ),
    view(
        "casts",
        "SELECT id::text, '2020-01-01'::date AS day, joined::timestamp(0), score::int8 FROM people",
        "SELECT id::text, '2020-01-02'::date AS day, joined::timestamp(0), score::int8 FROM people",
        POSTGRESQL,
    ),
    view(
        "json",
        "SELECT doc->>'a' AS a, doc#>>'{b,c}' AS b, doc @> '{\"x\": 1}' AS c FROM people",
        "SELECT doc->>'b' AS a, doc#>>'{b,c}' AS b, doc @> '{\"x\": 1}' AS c FROM people",
        POSTGRESQL,
    ),
    view(
        "arrays",
        "SELECT tags[1] AS first, array_agg(id ORDER BY id DESC) AS ids FROM people GROUP BY 1",
        "SELECT tags[2] AS first, array_agg(id ORDER BY id DESC) AS ids FROM people GROUP BY 1",
        POSTGRESQL,
    ),
    view(
        "unnest",
        "SELECT p.id, u.tag, u.n FROM people p CROSS JOIN LATERAL unnest(p.tags) "
        "WITH ORDINALITY AS u(tag, n)",
        "SELECT p.id, u.tag, u.n FROM people p CROSS JOIN LATERAL unnest(p.tags || "
        "p.tags) WITH ORDINALITY AS u(tag, n)",
        POSTGRESQL,
    ),
    view(
        "series",
        "SELECT n FROM generate_series(1, 10) AS n",
        "SELECT n FROM generate_series(1, 11) AS n",
        POSTGRESQL,
    ),
    view(
        "enum",
        "SELECT id, state FROM posts WHERE state = 'draft' OR state IN ('gone', 'published')",
        "SELECT id, state FROM posts WHERE state = 'gone' OR state IN ('gone', 'published')",
        POSTGRESQL,
    ),
    view(
        "enum_cast",
        "SELECT id, title::state AS s, 'draft'::state AS d FROM posts",
        "SELECT id, title::state AS s, 'gone'::state AS d FROM posts",
        POSTGRESQL,
    ),
    view(
        "in_schema",
        "SELECT a.id, b.id AS other FROM public.people a JOIN side.notes b ON a.id = b.id",
        "SELECT a.id, b.id AS other FROM public.people a JOIN side.notes b ON a.id = b.other",
        POSTGRESQL,
    ),
    view(
        "bare_schema",
        "SELECT side.notes.id, people.name FROM side.notes, people WHERE "
        "side.notes.id = public.people.id",
        "SELECT side.notes.id, people.mail AS name FROM side.notes, people WHERE "
        "side.notes.id = public.people.id",
        POSTGRESQL,
    ),
    view(
        "whole_row",
        "SELECT p FROM people p",
        "SELECT p FROM posts p",
        POSTGRESQL,
    ),
    view(
        "at_zone",
        "SELECT extract(year FROM joined) AS y, joined AT TIME ZONE 'UTC' AS z, "
        "joined + interval '1 day' AS t FROM people",
        "SELECT extract(month FROM joined) AS y, joined AT TIME ZONE 'UTC' AS z, "
        "joined + interval '1 day' AS t FROM people",
        POSTGRESQL,
    ),
    view(
        "sets",
        "SELECT boss_id, name, sum(age) AS s FROM people GROUP BY GROUPING SETS "
        "((boss_id), (name), ())",
        "SELECT boss_id, name, sum(age) AS s FROM people GROUP BY ROLLUP (boss_id, name)",
        POSTGRESQL,
    ),
    view(
        "escapes",
        "SELECT E'a\\nb' AS a, $$it's$$ AS b, U&'\\0041' AS c, 'x' COLLATE \"C\" AS d",
        "SELECT E'a\\tb' AS a, $$it's$$ AS b, U&'\\0041' AS c, 'x' COLLATE \"C\" AS d",
        POSTGRESQL,
    ),
    view(
        "within",
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY age) AS m, "
        "string_agg(name, ', ' ORDER BY name) AS s FROM people",
        "SELECT percentile_cont(0.6) WITHIN GROUP (ORDER BY age) AS m, "
        "string_agg(name, ', ' ORDER BY name) AS s FROM people",
        POSTGRESQL,
    ),
    view(
        "calls",
        "SELECT f_defaults(id) AS a, f_plain(id, age) AS b FROM people",
        "SELECT f_defaults(age) AS a, f_plain(id, age) AS b FROM people",
        POSTGRESQL,
    ),
    view(
        "invoker",
        "SELECT id FROM people",
        "SELECT age AS id FROM people",
        POSTGRESQL,
        lambda: {"security_invoker": True, "security_barrier": True, "comment": "it's one"},
    ),
    view(
        "check_option",
        "SELECT id, age FROM people WHERE age > 1",
        "SELECT id, age FROM people WHERE age > 2",
        POSTGRESQL,
        lambda: {"check_option": "cascaded"},
    ),
    view(
        "materialized",
        "SELECT id, name FROM people WHERE age > 3",
        "SELECT id, name FROM people WHERE age > 4",
        POSTGRESQL,
        _materialized,
    ),
    view(
        "on_materialized",
        "SELECT m.* FROM v_materialized m",
        "SELECT m.* FROM v_materialized m LIMIT 1",
        POSTGRESQL,
    ),
    view(
        "materialized_cte",
        "WITH a AS MATERIALIZED (SELECT id FROM people) SELECT id FROM a",
        "WITH a AS NOT MATERIALIZED (SELECT id FROM people) SELECT id FROM a",
        POSTGRESQL,
    ),
)

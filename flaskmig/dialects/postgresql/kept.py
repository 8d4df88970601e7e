"""What a view or function carries beside its definition, put back when it is made anew.

Its owner and grants, and what people hung on a view's columns. They are read when the script
runs, because roles are not the same in every database, and wait in a setting that ends with the
transaction: no table is made for them, and where the transaction fails nothing was dropped.
"""

from __future__ import annotations

from hashlib import md5

from flaskmig.dialects.postgresql.clauses import qualified
from flaskmig.dialects.postgresql.script import Script
from flaskmig.schema import Function, QualifiedName, View
from flaskmig.sql import quote_literal

_ROLE = (
    "CASE WHEN {grant}.grantee = 0 THEN 'PUBLIC' "
    "ELSE quote_ident(pg_get_userbyid({grant}.grantee)) END"
)
_OPTION = "CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END"

# Each row of "statements" has the column without which there is nothing to put back. What new
# objects get by ALTER DEFAULT PRIVILEGES is taken away before what there was is given.
_KEEP = """SELECT set_config({setting}, (
  WITH k AS (
    {objects}
  ), p AS (
    SELECT k.name, x.grantee FROM k, pg_default_acl d, aclexplode(d.defaclacl) x
     WHERE d.defaclrole = quote_ident(current_user)::regrole AND d.defaclobjtype = '{kind}'
       AND d.defaclnamespace IN (0, k.namespace)
    UNION
    SELECT k.name, x.grantee FROM k, aclexplode(acldefault('{kind}', k.owner)) x
     WHERE k.acl IS NOT NULL
  ), statements AS (
    SELECT 0 AS place, k.name, NULL::name AS column,
           format('ALTER %s %s OWNER TO %I', k.word, k.name, pg_get_userbyid(k.owner)) AS sql
      FROM k WHERE k.owner <> quote_ident(current_user)::regrole
    UNION ALL
    SELECT 1, p.name, NULL, format('REVOKE ALL ON {on}%s FROM %s', p.name,
           {revoked})
      FROM p
    UNION ALL
    SELECT 2, k.name, NULL, format('GRANT %s ON {on}%s TO %s%s', g.privilege_type, k.name,
           {granted},
           {option})
      FROM k, aclexplode(coalesce(k.acl, acldefault('{kind}', k.owner))) g
     WHERE EXISTS (SELECT FROM p WHERE p.name = k.name){others}
  )
  SELECT (coalesce(nullif(current_setting({setting}, true), ''), '[]')::jsonb
          || coalesce(jsonb_agg(jsonb_build_array(s.name, s.column, s.sql)
                                ORDER BY s.place, s.sql), '[]'))::text
    FROM statements s), true)"""

_VIEW = """SELECT c.oid, c.relowner AS owner, c.relacl AS acl, c.relnamespace AS namespace,
           {name} AS name, '{word}' AS word
      FROM pg_class c WHERE c.oid = to_regclass({name})"""

_FUNCTIONS = """SELECT f.oid, f.proowner AS owner, f.proacl AS acl, f.pronamespace AS namespace,
           f.oid::regprocedure::text AS name, 'ROUTINE' AS word
      FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace
     WHERE n.nspname = {schema} AND f.proname = {name}"""

_ON_COLUMNS = """
    UNION ALL
    SELECT 3, k.name, a.attname, format('GRANT %s (%I) ON %s TO %s%s', g.privilege_type,
           a.attname, k.name,
           {granted},
           {option})
      FROM k JOIN pg_attribute a ON a.attrelid = k.oid AND a.attnum > 0, aclexplode(a.attacl) g
    UNION ALL
    SELECT 4, k.name, a.attname,
           format('COMMENT ON COLUMN %s.%I IS %L', k.name, a.attname, d.description)
      FROM k JOIN pg_attribute a ON a.attrelid = k.oid AND a.attnum > 0
      JOIN pg_description d ON d.objoid = k.oid AND d.objsubid = a.attnum
       AND d.classoid = 'pg_class'::regclass
    UNION ALL
    SELECT 5, k.name, a.attname, format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT %s', k.name,
           a.attname, pg_get_expr(e.adbin, e.adrelid))
      FROM k JOIN pg_attrdef e ON e.adrelid = k.oid
      JOIN pg_attribute a ON a.attrelid = k.oid AND a.attnum = e.adnum
    UNION ALL
    SELECT 6, k.name, NULL, pg_get_ruledef(r.oid)
      FROM k JOIN pg_rewrite r ON r.ev_class = k.oid AND r.rulename <> '_RETURN'
    UNION ALL
    SELECT 7, k.name, NULL, pg_get_statisticsobjdef(s.oid)
      FROM k JOIN pg_statistic_ext s ON s.stxrelid = k.oid"""

# Functions share a setting with others of their name, which may not be there yet.
_PUT_BACK = """DO $flaskmig$
DECLARE
  kept jsonb := coalesce(nullif(current_setting({setting}, true), ''), '[]')::jsonb;
  later jsonb := '[]';
  each jsonb;
BEGIN
  FOR each IN SELECT jsonb_array_elements(kept) LOOP
    IF {lookup}(each->>0) IS NULL THEN
      later := later || jsonb_build_array(each);
    ELSIF each->>1 IS NULL OR EXISTS (
        SELECT FROM pg_attribute a WHERE a.attrelid = to_regclass(each->>0)
           AND a.attname = each->>1 AND NOT a.attisdropped) THEN
      EXECUTE each->>2;
    END IF;
  END LOOP;
  PERFORM set_config({setting}, later::text, true);
END $flaskmig$"""


def keep_of_view(script: Script, view: View) -> None:
    """Note what the view carries, before it is dropped."""
    objects = _VIEW.format(
        name=quote_literal(qualified(view.name)),
        word="MATERIALIZED VIEW" if view.materialized else "VIEW",
    )
    others = _ON_COLUMNS.format(granted=_ROLE.format(grant="g"), option=_OPTION)
    sql = _keep(view.name, objects, kind="r", on="", others=others)
    script.add(sql, comment=f"keeps what view {view.name} carries until it is made anew")


def put_back_on_view(script: Script, view: View) -> None:
    """Give the new view what the old one carried, as far as its columns are there."""
    sql = _PUT_BACK.format(setting=_setting(view.name), lookup="to_regclass")
    script.add(sql, comment=f"puts back what view {view.name} carried")


def keep_of_function(script: Script, function: Function) -> None:
    """Note what the function carries, before it is dropped."""
    schema = function.name.schema
    objects = _FUNCTIONS.format(
        schema="current_schema()" if schema is None else quote_literal(schema),
        name=quote_literal(function.name.name),
    )
    sql = _keep(function.name, objects, kind="f", on="ROUTINE ")
    what = f"function {function.signature}"
    script.add(sql, comment=f"keeps what {what} carries until it is made anew")


def put_back_on_function(script: Script, function: Function) -> None:
    """Give the new function the owner and the grants of the old one."""
    sql = _PUT_BACK.format(setting=_setting(function.name), lookup="to_regprocedure")
    script.add(sql, comment=f"puts back what function {function.signature} carried")


def _keep(name: QualifiedName, objects: str, *, kind: str, on: str, others: str = "") -> str:
    return _KEEP.format(
        setting=_setting(name),
        objects=objects,
        kind=kind,
        on=on,
        revoked=_ROLE.format(grant="p"),
        granted=_ROLE.format(grant="g"),
        option=_OPTION,
        others=others,
    )


def _setting(name: QualifiedName) -> str:
    """The setting's name as a literal; a name of people's own need not be one of a setting."""
    digest = md5(qualified(name).encode(), usedforsecurity=False).hexdigest()
    return quote_literal(f"flaskmig.kept_{digest}")

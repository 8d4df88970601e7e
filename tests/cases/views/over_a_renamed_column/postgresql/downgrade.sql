SELECT set_config('flaskmig.kept_c0169da2d78df4f74ea2ad6c91bb5344', (
  WITH k AS (
    SELECT c.oid, c.relowner AS owner, c.relacl AS acl, c.relnamespace AS namespace,
           '"winners"' AS name, 'VIEW' AS word
      FROM pg_class c WHERE c.oid = to_regclass('"winners"')
  ), p AS (
    SELECT k.name, x.grantee FROM k, pg_default_acl d, aclexplode(d.defaclacl) x
     WHERE d.defaclrole = quote_ident(current_user)::regrole AND d.defaclobjtype = 'r'
       AND d.defaclnamespace IN (0, k.namespace)
    UNION
    SELECT k.name, x.grantee FROM k, aclexplode(acldefault('r', k.owner)) x
     WHERE k.acl IS NOT NULL
  ), statements AS (
    SELECT 0 AS place, k.name, NULL::name AS column,
           format('ALTER %s %s OWNER TO %I', k.word, k.name, pg_get_userbyid(k.owner)) AS sql
      FROM k WHERE k.owner <> quote_ident(current_user)::regrole
    UNION ALL
    SELECT 1, p.name, NULL, format('REVOKE ALL ON %s FROM %s', p.name,
           CASE WHEN p.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(p.grantee)) END)
      FROM p
    UNION ALL
    SELECT 2, k.name, NULL, format('GRANT %s ON %s TO %s%s', g.privilege_type, k.name,
           CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END,
           CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
      FROM k, aclexplode(coalesce(k.acl, acldefault('r', k.owner))) g
     WHERE EXISTS (SELECT FROM p WHERE p.name = k.name)
    UNION ALL
    SELECT 3, k.name, a.attname, format('GRANT %s (%I) ON %s TO %s%s', g.privilege_type,
           a.attname, k.name,
           CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END,
           CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
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
      FROM k JOIN pg_statistic_ext s ON s.stxrelid = k.oid
  )
  SELECT (coalesce(nullif(current_setting('flaskmig.kept_c0169da2d78df4f74ea2ad6c91bb5344', true), ''), '[]')::jsonb
          || coalesce(jsonb_agg(jsonb_build_array(s.name, s.column, s.sql)
                                ORDER BY s.place, s.sql), '[]'))::text
    FROM statements s), true);
DROP VIEW "winners";
ALTER TABLE "users" RENAME COLUMN "full_name" TO "name";
CREATE VIEW "winners" AS
SELECT id,
    name
   FROM users
  WHERE (points > 10);
DO $flaskmig$
DECLARE
  kept jsonb := coalesce(nullif(current_setting('flaskmig.kept_c0169da2d78df4f74ea2ad6c91bb5344', true), ''), '[]')::jsonb;
  later jsonb := '[]';
  each jsonb;
BEGIN
  FOR each IN SELECT jsonb_array_elements(kept) LOOP
    IF to_regclass(each->>0) IS NULL THEN
      later := later || jsonb_build_array(each);
    ELSIF each->>1 IS NULL OR EXISTS (
        SELECT FROM pg_attribute a WHERE a.attrelid = to_regclass(each->>0)
           AND a.attname = each->>1 AND NOT a.attisdropped) THEN
      EXECUTE each->>2;
    END IF;
  END LOOP;
  PERFORM set_config('flaskmig.kept_c0169da2d78df4f74ea2ad6c91bb5344', later::text, true);
END $flaskmig$;

SELECT set_config('flaskmig.fires_62698b8ff9e416d9a7ac0fb3bd548b96',
    (coalesce(nullif(current_setting('flaskmig.fires_62698b8ff9e416d9a7ac0fb3bd548b96', true), ''), '{}')::jsonb
     || coalesce((SELECT jsonb_build_object(t.tgrelid::text, t.tgenabled) FROM pg_trigger t
                   WHERE t.tgrelid = to_regclass('"users"') AND t.tgname = 'touched'), '{}'))::text,
    true);
CREATE OR REPLACE TRIGGER touched BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
DO $flaskmig$
DECLARE
  kept jsonb := coalesce(nullif(current_setting('flaskmig.fires_62698b8ff9e416d9a7ac0fb3bd548b96', true), ''), '{}')::jsonb;
BEGIN
  CASE kept ->> to_regclass('"users"')::oid::text
    WHEN 'D' THEN ALTER TABLE "users" DISABLE TRIGGER "touched";
    WHEN 'R' THEN ALTER TABLE "users" ENABLE REPLICA TRIGGER "touched";
    WHEN 'A' THEN ALTER TABLE "users" ENABLE ALWAYS TRIGGER "touched";
    ELSE NULL;
  END CASE;
END $flaskmig$;

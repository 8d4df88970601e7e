DO $do$ BEGIN EXECUTE 'ALTER TABLE "moderation"."bans" SET SCHEMA ' || quote_ident(current_schema()); END $do$;

DO $do$ BEGIN EXECUTE 'ALTER EXTENSION "citext" SET SCHEMA ' || quote_ident(current_schema()); END $do$;

ALTER TABLE "users" ADD COLUMN "note" text;
CREATE OR REPLACE VIEW "everyone" AS
SELECT * FROM users;

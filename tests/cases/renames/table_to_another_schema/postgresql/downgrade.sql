ALTER TABLE "bans" SET SCHEMA "moderation";

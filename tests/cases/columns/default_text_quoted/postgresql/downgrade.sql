ALTER TABLE "items" ALTER COLUMN "name" SET DEFAULT 'it''s 100% :fine'::character varying;

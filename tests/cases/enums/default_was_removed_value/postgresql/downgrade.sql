ALTER TYPE "mood" ADD VALUE IF NOT EXISTS 'happy' AFTER 'ok';
ALTER TABLE "items" ALTER COLUMN "mood" SET DEFAULT 'happy'::mood;

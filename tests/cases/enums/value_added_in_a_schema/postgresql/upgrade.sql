ALTER TYPE "app"."mood" ADD VALUE IF NOT EXISTS 'happy' AFTER 'ok';

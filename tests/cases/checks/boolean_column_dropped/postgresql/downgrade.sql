ALTER TABLE "flags" ADD COLUMN "on" boolean;

DROP INDEX "ix";
PRAGMA foreign_key_check("things");
ALTER TABLE "things" DROP COLUMN "s";

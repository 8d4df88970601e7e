ALTER TYPE "feeling" RENAME VALUE 'blue' TO 'sad';
ALTER TYPE "feeling" RENAME TO "mood";

ALTER TYPE "mood" RENAME VALUE 'gloomy' TO 'sad';

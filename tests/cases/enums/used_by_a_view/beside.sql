CREATE VIEW moods AS SELECT mood, count(*) AS n FROM items GROUP BY mood;

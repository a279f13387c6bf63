DROP TABLE closures;
DROP TABLE pauses;

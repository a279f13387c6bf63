DROP TABLE rulebooks;

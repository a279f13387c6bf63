DROP TABLE hearings;

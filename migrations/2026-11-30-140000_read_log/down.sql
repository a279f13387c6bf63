DROP TABLE access_reasons;
DROP TABLE changes;
DROP TABLE reads_of_citizens;
DROP TABLE reads;

DROP TABLE citizen_names;

DROP TABLE employer_statements;

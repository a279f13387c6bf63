DROP TABLE statement_requests;

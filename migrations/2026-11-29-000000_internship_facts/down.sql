DROP TABLE internship_facts;

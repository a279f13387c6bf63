DROP TABLE spent_sign_ins;
DROP TABLE identities;
DROP TABLE client_keys;
DROP TABLE clients;
ALTER TABLE accounts DROP COLUMN is_client;

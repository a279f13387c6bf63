-- What a person's change changed, a row a column: what stood there and what stands there now, sealed where the column is.
CREATE TABLE changed_values (
    id TEXT NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    citizen_id TEXT,
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    column_name TEXT NOT NULL,
    is_sealed BOOLEAN NOT NULL,
    value_before TEXT,
    value_after TEXT
);
CREATE INDEX changed_values_of_citizen ON changed_values (municipality, citizen_id, id);
CREATE INDEX changed_values_by_id ON changed_values (municipality, id);
CREATE INDEX changed_values_by_time ON changed_values (municipality, made_at);

-- Tables carry the prefix netmile_ so that a shop may keep its own tables beside them.
--
-- Text is stored as the bytes of its UTF-8: PostgreSQL's own text has no NUL, and its order and its character set
-- depend on the database.

CREATE TABLE netmile_rows (
    id BYTEA NOT NULL PRIMARY KEY,
    kind BYTEA NOT NULL,
    version BIGINT NOT NULL CHECK (version >= 1),
    phase BYTEA NOT NULL,
    body BYTEA NOT NULL,
    due BIGINT,
    leased_until BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX netmile_rows_by_id ON netmile_rows (kind, id);
CREATE INDEX netmile_rows_by_phase ON netmile_rows (kind, phase, id);
CREATE INDEX netmile_rows_due ON netmile_rows (due, id) WHERE due IS NOT NULL;

CREATE TABLE netmile_names (
    name BYTEA NOT NULL PRIMARY KEY,
    row_id BYTEA NOT NULL REFERENCES netmile_rows (id)
);

CREATE TABLE netmile_seen (
    seen_key BYTEA NOT NULL PRIMARY KEY,
    row_id BYTEA NOT NULL REFERENCES netmile_rows (id),
    seen_at BIGINT NOT NULL
);

-- The events of one row are numbered in the order of its changes: a number is drawn while the row is locked. CACHE 1:
-- a session that draws numbers in advance would break that.
CREATE TABLE netmile_events (
    id BIGINT GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
    row_id BYTEA NOT NULL REFERENCES netmile_rows (id),
    kind BYTEA NOT NULL,
    body BYTEA NOT NULL,
    written_at BIGINT NOT NULL,
    leased_until BIGINT NOT NULL
);
-- An event waits for the earlier ones of its row.
CREATE INDEX netmile_events_by_row ON netmile_events (row_id, id);

CREATE TABLE netmile_evidence (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest BYTEA NOT NULL UNIQUE,
    code BYTEA NOT NULL,
    bytes BYTEA NOT NULL,
    came_at BIGINT NOT NULL
);

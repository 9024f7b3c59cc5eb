-- Tables carry the prefix netmile_ so that a shop may keep its own tables beside them.

CREATE TABLE netmile_rows (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    version BIGINT NOT NULL CHECK (version >= 1),
    phase TEXT NOT NULL,
    body TEXT NOT NULL,
    due BIGINT,
    leased_until BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX netmile_rows_by_id ON netmile_rows (kind, id);
CREATE INDEX netmile_rows_by_phase ON netmile_rows (kind, phase, id);
CREATE INDEX netmile_rows_due ON netmile_rows (due, id) WHERE due IS NOT NULL;

CREATE TABLE netmile_names (
    name TEXT NOT NULL PRIMARY KEY,
    row_id TEXT NOT NULL REFERENCES netmile_rows (id)
);

CREATE TABLE netmile_seen (
    seen_key TEXT NOT NULL PRIMARY KEY,
    row_id TEXT NOT NULL REFERENCES netmile_rows (id),
    seen_at BIGINT NOT NULL
);

-- AUTOINCREMENT: the number of an acknowledged event is never given to another one.
CREATE TABLE netmile_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    row_id TEXT NOT NULL REFERENCES netmile_rows (id),
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    leased_until BIGINT NOT NULL
);

CREATE TABLE netmile_evidence (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    digest TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL,
    bytes BLOB NOT NULL,
    came_at BIGINT NOT NULL
);

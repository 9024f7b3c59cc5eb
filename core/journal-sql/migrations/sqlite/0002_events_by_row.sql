-- An event waits for the earlier ones of its row.

CREATE INDEX netmile_events_by_row ON netmile_events (row_id, id);

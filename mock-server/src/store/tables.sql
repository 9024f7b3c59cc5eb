CREATE TABLE IF NOT EXISTS meta (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS orders (
    merchant_id TEXT NOT NULL,
    service_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, service_id, order_id)
);
CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY,
    merchant_id TEXT NOT NULL,
    service_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    request TEXT NOT NULL,
    methods TEXT NOT NULL,
    method TEXT,
    member TEXT,
    state TEXT NOT NULL,
    tracking_id TEXT,
    error_code TEXT,
    result TEXT,
    res TEXT,
    return_form TEXT,
    at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS ledger (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    member TEXT,
    order_id TEXT,
    tracking_id TEXT,
    miles INTEGER NOT NULL,
    yen INTEGER NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS ledger_member ON ledger (member);
CREATE TRIGGER IF NOT EXISTS ledger_keeps_rows BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TABLE IF NOT EXISTS payments (
    tracking_id TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    merchant_id TEXT NOT NULL,
    service_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    method TEXT NOT NULL,
    member TEXT,
    amount INTEGER NOT NULL,
    miles INTEGER NOT NULL,
    paypal_yen INTEGER NOT NULL,
    returned_miles INTEGER NOT NULL,
    status TEXT NOT NULL,
    paid_at INTEGER NOT NULL,
    refunded_at INTEGER,
    UNIQUE (merchant_id, service_id, order_id)
);
CREATE TABLE IF NOT EXISTS contracts (
    tracking_id TEXT PRIMARY KEY,
    merchant_id TEXT NOT NULL,
    service_id TEXT NOT NULL,
    cust_code TEXT NOT NULL,
    pay_type TEXT NOT NULL,
    amount TEXT NOT NULL,
    method TEXT NOT NULL,
    last_month TEXT NOT NULL,
    active INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    ended_by TEXT
);
CREATE TABLE IF NOT EXISTS periods (
    contract TEXT NOT NULL,
    month TEXT NOT NULL,
    merchant_id TEXT NOT NULL,
    service_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    method TEXT NOT NULL,
    member TEXT,
    due INTEGER NOT NULL,
    billed INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    miles INTEGER NOT NULL,
    returned_miles INTEGER NOT NULL,
    refunded_at INTEGER,
    PRIMARY KEY (contract, month)
);
CREATE INDEX IF NOT EXISTS periods_due ON periods (merchant_id, service_id, due);
CREATE INDEX IF NOT EXISTS periods_refunded ON periods (merchant_id, service_id, refunded_at)
    WHERE refunded_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS customers (
    merchant_id TEXT NOT NULL,
    service_id TEXT NOT NULL,
    cust_code TEXT NOT NULL,
    sps_cust_no TEXT NOT NULL,
    sps_payment_no TEXT NOT NULL,
    method TEXT NOT NULL,
    PRIMARY KEY (merchant_id, service_id, cust_code)
);
CREATE TABLE IF NOT EXISTS notices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    message TEXT NOT NULL,
    result TEXT NOT NULL,
    merchant_id TEXT NOT NULL,
    service_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    tracking_id TEXT NOT NULL,
    session TEXT NOT NULL,
    url TEXT NOT NULL,
    body BLOB NOT NULL,
    status INTEGER,
    answer BLOB NOT NULL,
    verdict TEXT NOT NULL,
    fault TEXT,
    failure_mail INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS notices_session ON notices (session);
CREATE TABLE IF NOT EXISTS held (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    due INTEGER NOT NULL,
    draft TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS registrations (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    member TEXT NOT NULL,
    campaign TEXT NOT NULL,
    fields TEXT NOT NULL,
    miles INTEGER NOT NULL,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL,
    next_at INTEGER,
    reason TEXT,
    at INTEGER NOT NULL,
    UNIQUE (member, campaign, id)
);
CREATE TABLE IF NOT EXISTS received (
    advertiser TEXT NOT NULL,
    registration_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    PRIMARY KEY (advertiser, registration_id)
);
CREATE TABLE IF NOT EXISTS earned (
    member TEXT NOT NULL,
    what TEXT NOT NULL,
    miles INTEGER NOT NULL,
    kind TEXT NOT NULL,
    due INTEGER NOT NULL,
    deposited INTEGER NOT NULL,
    PRIMARY KEY (member, what)
);
CREATE TABLE IF NOT EXISTS logins (
    token TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    who TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    direction TEXT NOT NULL,
    peer TEXT NOT NULL,
    message TEXT NOT NULL,
    merchant_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    fields TEXT NOT NULL,
    provenance TEXT NOT NULL,
    outcome TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS timeline (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    session TEXT NOT NULL,
    event TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS api_records (
    name TEXT PRIMARY KEY,
    record TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS office_journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    site TEXT NOT NULL,
    command TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS nonces (
    at INTEGER NOT NULL,
    key_id TEXT NOT NULL,
    nonce TEXT NOT NULL,
    PRIMARY KEY (at, key_id, nonce)
) WITHOUT ROWID;

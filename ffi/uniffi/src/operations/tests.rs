use super::*;

const CONFIG: &str = r#"{"contracts":[{"merchant_id":"99999","service_id":"001",
    "hash_key":"TESTHASHKEY0123456789abcdef0123456789abc","environment":"mock","base_url":"http://127.0.0.1:1"}]}"#;

const REQUEST: &str = r#"{"purchase_id":"CART-1","cust_code":"PERSONAL","item_id":"ITEM1","amount":300,"terminal":"pc",
    "urls":{"success":"https://shop.example/s","cancel":"https://shop.example/c","error":"https://shop.example/e",
    "notify":"https://shop.example/n"}}"#;

#[test]
fn the_manifest_names_every_operation_once() {
    assert_eq!(crate::faults(), Vec::<String>::new());
    let handle = Handle::new(CONFIG).unwrap();
    for operation in all() {
        let error = invoke(&handle, operation.name, "[]").unwrap_err();
        assert_eq!(error.code, "invalid_argument", "{}", operation.name);
    }
    let error = invoke(&handle, "checkout.steal", "{}").unwrap_err();
    assert_eq!(error.code, "unknown_operation");
}

/// The committed manifest, from which facades are made. `NETMILE_WRITE=1 cargo test -p netmile-uniffi` writes it anew.
#[test]
fn the_committed_manifest_is_what_the_sources_give() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../manifest.json");
    if std::env::var_os("NETMILE_WRITE").is_some() {
        std::fs::write(path, crate::manifest()).unwrap();
    }
    // Names of an object have no order of their own: which one is written depends on the features of a build's serde_json.
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let committed = std::fs::read_to_string(path).unwrap();
    assert!(
        read(&committed) == read(&crate::manifest()),
        "ffi/manifest.json is not what the sources give: write it anew"
    );
}

#[test]
fn json_in_json_out() {
    let handle = Handle::new(CONFIG).unwrap();
    let answer = invoke(&handle, "checkout.start", REQUEST).unwrap();
    let checkout: Checkout = serde_json::from_str(&answer).unwrap();
    assert_eq!(checkout.order_id, "CART-1-1");
    assert!(checkout.form.page.content_type.contains("Shift_JIS"));
    let error = invoke(&handle, "checkout.start", &REQUEST.replace("300", "-1")).unwrap_err();
    assert_eq!(
        (error.code, error.field.as_deref()),
        ("invalid_value", Some("amount"))
    );
    let get = r#"{"purchase_id":"CART-1"}"#;
    let purchase: Purchase =
        serde_json::from_str(&invoke(&handle, "purchase.get", get).unwrap()).unwrap();
    assert_eq!((purchase.phase.as_str(), purchase.amount), ("open", 300));
}

fn asked(handle: &Handle, operation: &str, request: &str) -> serde_json::Value {
    serde_json::from_str(&invoke(handle, operation, request).unwrap()).unwrap()
}

const DOCOMO: &str = r#"{"contracts":[{"merchant_id":"99999","service_id":"001",
    "hash_key":"TESTHASHKEY0123456789abcdef0123456789abc","environment":"mock","base_url":"http://127.0.0.1:1",
    "methods":[{"tag":"docomo","api":"docomo","cells":"all"},{"tag":"credit","api":"credit"}]}],
    "sites":[{"site_id":"8763","key_id":"K1","secret":"TESTSITESECRET0123456789abcdef0123456789",
    "base_url":"http://127.0.0.1:1"}]}"#;

#[test]
fn a_simple_contract_is_taken_over() {
    let handle = Handle::new(DOCOMO).unwrap();
    let request = r#"{"id":"C-1","method":"docomo","tracking_id":"12345678901234","cust_code":"PERSONAL",
        "item_id":"ITEM1","amount":500}"#;
    let charge = asked(&handle, "subscription.adopt_simple", request);
    assert_eq!(
        (&charge["kind"], &charge["phase"], &charge["tracking_id"]),
        (
            &"simple_contract".into(),
            &"active".into(),
            &"12345678901234".into()
        )
    );
    let error = invoke(
        &handle,
        "subscription.adopt_simple_purchase",
        r#"{"purchase_id":"CART-1","id":"C-2","method":"docomo"}"#,
    )
    .unwrap_err();
    assert_eq!(error.code, "unknown_order");
}

#[test]
fn a_raw_message_that_got_lost_waits_for_a_person() {
    let handle = Handle::new(DOCOMO).unwrap();
    let request = r#"{"id":"R-1","method":"credit","function":"MG01-00101-101",
        "fields":[{"name":"sps_transaction_id","kind":"single","value":"1","max":32}]}"#;
    let run = start(&handle, "payment.raw".to_owned(), request.to_owned());
    assert!(crate::steps::step(&run, None).unwrap().contains("\"send\""));
    let lost = crate::steps::step(&run, Some(r#"{"result":"lost"}"#)).unwrap();
    assert!(lost.contains("\"unknown\""), "{lost}");
    let review = |verdict: &str| {
        let found = format!(r#"{{"id":"R-1","verdict":"{verdict}"}}"#);
        // The journal of a handle is the same by steps and without.
        invoke(&handle, "payment.raw_review", &found).unwrap_err()
    };
    assert_eq!(review("perhaps").field.as_deref(), Some("verdict"));
    // It may be on its way for another minute.
    assert_eq!(review("missing").code, "invalid_state");
}

#[test]
fn what_a_run_of_the_resolver_looked_at_is_passed_on_whole() {
    let upload = r#"{"site":"8763","batch_id":"B1","first_row":1,"rows":2,"miles":20,"sha256":"00","phase":"accepted"}"#;
    let uploads: Vec<netmile::miles::batch::ChunkRecord> =
        vec![serde_json::from_str(upload).unwrap()];
    let resolved = netmile::client::Resolved {
        uploads: uploads.clone(),
        ..Default::default()
    };
    let recovered = netmile::client::Recovered {
        uploads,
        ..Default::default()
    };
    let of = |uploads: Vec<crate::shapes::files::Upload>| {
        let upload = uploads.into_iter().next().unwrap();
        (upload.site_id, upload.batch_id, upload.first_row)
    };
    let expected = ("8763".to_owned(), "B1".to_owned(), 1);
    assert_eq!(
        of(crate::shapes::catalogue::ResolvedAll::from(resolved).uploads),
        expected
    );
    assert_eq!(
        of(crate::shapes::catalogue::RecoveredAll::from(recovered).uploads),
        expected
    );
}

#[test]
fn open_uploads_are_listed_and_unknown_ones_refused() {
    let handle = Handle::new(DOCOMO).unwrap();
    let none = asked(&handle, "miles.unresolved_uploads", r#"{"limit":10}"#);
    assert_eq!(none["uploads"], serde_json::json!([]));
    let none = asked(&handle, "miles.unresolved_batches", r#"{"limit":10}"#);
    assert_eq!(none["batches"], serde_json::json!([]));
    let after = r#"{"after":{"site_id":"8763","batch_id":"B1","first_row":1},"limit":10}"#;
    for (operation, request, field) in [
        ("miles.unresolved_uploads", after, "after"),
        (
            "miles.resolve_upload",
            r#"{"batch_id":"B1","first_row":1}"#,
            "first_row",
        ),
    ] {
        let error = invoke(&handle, operation, request).unwrap_err();
        assert_eq!(
            (error.code, error.field.as_deref()),
            ("unknown_order", Some(field))
        );
    }
}

#[test]
fn records_do_not_print_personal_fields() {
    let request: PurchaseRequest = serde_json::from_str(REQUEST).unwrap();
    let handle = Handle::new(CONFIG).unwrap();
    let checkout = handle
        .run(|context| checkout_start(context, request.clone()))
        .unwrap();
    let got = handle
        .run(|context| {
            purchase_get(
                context,
                PurchaseId {
                    purchase_id: "CART-1".into(),
                },
            )
        })
        .unwrap();
    for text in [
        format!("{request} {request:?}"),
        format!("{checkout} {checkout:?}"),
        format!("{got} {got:?}"),
    ] {
        assert!(
            !text.contains("PERSONAL") && text.contains("CART-1"),
            "{text}"
        );
    }
}

#[test]
fn a_notice_that_is_nothing_is_answered_no() {
    let handle = Handle::new(CONFIG).unwrap();
    let answer = handle
        .run(|context| {
            notice_handle(
                context,
                Received {
                    body: b"nonsense".to_vec(),
                    content_type: None,
                },
            )
        })
        .unwrap();
    assert_eq!((answer.status, answer.accepted), (200, false));
    assert!(answer.body.starts_with(b"NG,"));
    assert_eq!(answer.problem.unwrap().code, "malformed");
}

#[test]
fn the_awaited_form_needs_no_runtime_of_its_own() {
    let handle = Handle::new(CONFIG).unwrap();
    let catalogue = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(handle.run_async(Place::Shared, |context| {
            catalogue_errors(context, Nothing {})
        }))
        .unwrap();
    assert!(catalogue.errors.iter().any(|e| e.code == "hash_mismatch"));
    assert!(catalogue.errors.iter().any(|e| e.code == "panic"));
}

#[test]
fn a_request_for_the_drop_is_bounded() {
    let handle = Handle::new(DOCOMO).unwrap();
    let request = |allow: usize, path: usize, files: usize, name: fn(usize) -> String| {
        let files: Vec<_> = (0..files)
            .map(|n| serde_json::json!({"name": name(n), "file": ""}))
            .collect();
        serde_json::json!({
            "site_id": "8763", "base_path": "/drop", "allow": vec!["127.0.0.1"; allow], "user": "netmile",
            "password": "TESTPASSWORD0123456789", "method": "GET", "path": "/".repeat(path),
            "peer_ip": "127.0.0.1", "files": files,
        })
        .to_string()
    };
    let minute = |n: usize| {
        format!(
            "NMEXC_8763_2026{:02}{:02}{:02}00.csv",
            n / 600 + 1,
            n / 24 % 25 + 1,
            n % 24
        )
    };
    let same = |_: usize| "NMEXC_8763_202601010000.csv".to_owned();
    for (asked, field) in [
        (request(101, 1, 0, minute), "allow"),
        (request(1, 2049, 0, minute), "path"),
        (request(1, 1, 1001, minute), "files"),
        (request(1, 1, 2, same), "files"),
    ] {
        let error = invoke(&handle, "exchange.drop_handle", &asked).unwrap_err();
        assert_eq!(error.field.as_deref(), Some(field));
    }
    assert_eq!(
        asked(&handle, "exchange.drop_handle", &request(1, 1, 3, minute))["status"],
        401
    );
}

/// The names that the manifest lists are those of the core.
#[test]
fn the_manifest_lists_the_names_that_the_core_has() {
    use netmile::charge::ChargePhase;
    use netmile::contract::{Billing, Connection, Terminal};
    use netmile::exchange::ExchangePhase;
    use netmile::miles::batch::ChunkPhase;
    use netmile::miles::file::UploadKind;
    let manifest: serde_json::Value = serde_json::from_str(&crate::manifest()).unwrap();
    let listed = |record: &str, field: &str| {
        let records = manifest["records"].as_array().unwrap();
        let record = records.iter().find(|one| one["name"] == record).unwrap();
        let fields = record["fields"].as_array().unwrap();
        let field = fields.iter().find(|one| one["name"] == field).unwrap();
        let values = field["values"].as_array().unwrap().iter();
        let mut values: Vec<_> = values
            .map(|value| value.as_str().unwrap().to_owned())
            .collect();
        values.sort();
        values
    };
    let sorted = |names: Vec<&str>| {
        let mut names: Vec<_> = names.into_iter().map(str::to_owned).collect();
        names.sort();
        names
    };
    let names = |of: &[(&str, &str)], core: Vec<&str>| {
        for (record, field) in of {
            assert_eq!(
                listed(record, field),
                sorted(core.clone()),
                "{record}.{field}"
            );
        }
    };
    names(
        &[("Charge", "phase")],
        ChargePhase::ALL.map(ChargePhase::name).to_vec(),
    );
    names(
        &[("Purchase", "phase")],
        netmile::purchase::Phase::ALL
            .map(netmile::purchase::Phase::name)
            .to_vec(),
    );
    names(
        &[("PurchaseRequest", "billing"), ("MethodCell", "billing")],
        Billing::ALL.iter().map(|one| one.name()).collect(),
    );
    names(
        &[
            ("PurchaseRequest", "terminal"),
            ("ChargeRequest", "terminal"),
            ("AdoptSimpleRequest", "terminal"),
        ],
        Terminal::ALL.iter().map(|one| one.name()).collect(),
    );
    names(
        &[("MethodCell", "connection")],
        Connection::ALL.iter().map(|one| one.name()).collect(),
    );
    names(
        &[("Exchange", "phase")],
        ExchangePhase::ALL.map(ExchangePhase::name).to_vec(),
    );
    names(
        &[("Upload", "phase")],
        ChunkPhase::ALL.map(ChunkPhase::name).to_vec(),
    );
    names(
        &[("FileCheckRequest", "kind"), ("BatchIssueRequest", "kind")],
        UploadKind::ALL.map(UploadKind::name).to_vec(),
    );
    names(
        &[("MileTask", "phase")],
        netmile::reference::Phase::ALL
            .map(netmile::reference::Phase::name)
            .to_vec(),
    );
    let classes = netmile::settlement::reconcile::Class::ALL;
    names(
        &[("ClassTally", "class")],
        classes.map(|one| one.name()).to_vec(),
    );
    names(
        &[("ReceivedMessage", "kind")],
        netmile::link::MessageKind::ALL
            .map(netmile::link::MessageKind::name)
            .to_vec(),
    );
    // Those without a list of their own in the core, as its sources have them.
    let source = |file: &str, start: &str| {
        let path = format!("{}/../../core/src/{file}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let (_, text) = text.split_once(start).unwrap();
        let (text, _) = text.split_once("\n}").unwrap();
        text.to_owned()
    };
    let quoted = |text: &str| {
        let names = text.split("=> \"").skip(1);
        names
            .map(|name| name.split('"').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let snake = |text: &str| {
        let variants = text
            .lines()
            .filter_map(|line| line.trim().strip_suffix(','));
        let name = |variant: &str| {
            let mut name = String::new();
            for c in variant.split('(').next().unwrap().chars() {
                if c.is_uppercase() && !name.is_empty() {
                    name.push('_');
                }
                name.extend(c.to_lowercase());
            }
            name
        };
        variants
            .filter(|variant| !variant.starts_with('/'))
            .map(name)
            .collect::<Vec<_>>()
    };
    for (record, field, mut core) in [
        (
            "Delivery",
            "kind",
            quoted(&source("purchase/event.rs", "impl FactKind {")),
        ),
        (
            "Delivery",
            "subject",
            snake(&source("purchase/event.rs", "pub enum Subject {")),
        ),
        (
            "Purchase",
            "review",
            snake(&source("purchase/model.rs", "pub enum ReviewReason {")),
        ),
        (
            "Attempt",
            "state",
            snake(&source("purchase/model.rs", "pub enum AttemptState {")),
        ),
        (
            "Charge",
            "review",
            snake(&source("charge/model.rs", "pub enum OpenReason {")),
        ),
        (
            "ChargeStep",
            "result",
            snake(&source("charge/model.rs", "pub enum EntryResult {")),
        ),
        (
            "Upload",
            "review",
            snake(&source("miles/batch/chunk.rs", "pub enum ChunkCause {")),
        ),
        (
            "ReconciliationEntry",
            "verdict",
            snake(&source(
                "settlement/reconcile/entry.rs",
                "pub enum Verdict {",
            )),
        ),
    ] {
        core.sort();
        assert_eq!(listed(record, field), core, "{record}.{field}");
    }
}

/// A call that works on a whole file must not keep the others waiting.
#[test]
fn operations_on_files_run_apart() {
    let of_files = ["path", "file", "files", "statement"];
    for operation in all() {
        let mut records = crate::shapes::descriptions();
        let request = records
            .find(|record| record.name == operation.request)
            .unwrap();
        let has_file = request
            .fields
            .iter()
            .any(|field| of_files.contains(&field.name));
        if has_file {
            assert_eq!(place(operation.name), Place::Apart, "{}", operation.name);
        }
    }
    assert_eq!(place("payment.charge"), Place::Shared);
}

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
    let committed = std::fs::read_to_string(path).unwrap();
    assert!(
        committed == crate::manifest(),
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
        .block_on(handle.run_async(|context| catalogue_errors(context, Nothing {})))
        .unwrap();
    assert!(catalogue.errors.iter().any(|e| e.code == "hash_mismatch"));
    assert!(catalogue.errors.iter().any(|e| e.code == "panic"));
}

use crate::support::{
    KEY, OTHER_KEY, Run, Says, Scratch, Shop, is_japanese, mock, mock_of_today, nobody,
};

const SELLER: [&str; 4] = ["--merchant-id", "99999", "--service-id", "001"];

fn buy<'a>(to: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["notify", "purchase", "--to", to], &SELLER[..], more].concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purchase_is_told_to_any_url_and_told_again() {
    let mock = mock().await;
    let shop = Shop::open(Says::Text(200, "OK,")).await;
    let scratch = Scratch::new();
    let run = |arguments: &[&str]| {
        Run::within(&scratch)
            .with("NETMILE_MOCK_URL", mock.url())
            .with("NETMILE_HASH_KEY", KEY)
            .netmile(arguments)
    };
    let empty = run(&["notify", "list"]);
    assert!(
        empty.exit == 0 && empty.out.contains("notify purchase"),
        "{empty:?}"
    );
    let bought = run(&buy(&shop.url, &["--order-id", "CLI-1", "--amount", "300"]));
    assert_eq!(bought.exit, 0, "{bought:?}");
    assert!(
        bought.out.contains("the shop accepted it"),
        "{}",
        bought.out
    );
    assert!(shop.bodies.lock().unwrap()[0].contains("order_id=CLI-1"));

    let list = run(&["--json", "notify", "list"]).json();
    let payment = &list["payments"][0];
    assert_eq!(
        (&payment["order_id"], &payment["amount"]),
        (&"CLI-1".into(), &300.into())
    );
    let tracking_id = payment["tracking_id"].as_str().unwrap();
    assert!(run(&["notify", "list"]).out.contains(tracking_id));

    let again = run(&["--json", "notify", "resend", tracking_id]);
    assert_eq!(again.exit, 0);
    let again = again.json();
    assert_eq!(again["verdict"], "accepted");
    assert_eq!(again["notice"]["message"], "A02-1");
    assert_eq!(again["notice"]["result"], "OK");
    assert_eq!(again["notice"]["answer"], "OK,");
    for result in ["PY", "CN", "CR", "CC", "cl"] {
        let later = run(&["--json", "notify", "later", tracking_id, result]);
        assert_eq!(later.exit, 0, "{later:?}");
        let told = later.json()["notice"]["result"]
            .as_str()
            .unwrap()
            .to_owned();
        assert_eq!(told, result.to_uppercase());
    }
    assert_eq!(shop.count(), 7);
    let japanese = run(&["notify", "--lang", "ja", "resend", tracking_id]);
    assert!(
        japanese.out.contains("ショップが受け付けました"),
        "{}",
        japanese.out
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_hits_its_notice_and_no_other() {
    let mock = mock_of_today().await;
    let shop = Shop::of_library(KEY).await;
    let scratch = Scratch::new();
    let run = |arguments: &[&str]| {
        Run::within(&scratch)
            .with("NETMILE_MOCK_URL", mock.url())
            .with("NETMILE_HASH_KEY", KEY)
            .netmile(arguments)
    };
    // The shop has an empty journal: a genuine notice is of an unknown order.
    let bought = run(&buy(&shop.url, &["--json"]));
    assert_eq!(bought.exit, 1);
    assert_eq!(bought.json()["notice"]["answer"], "NG,unknown_order");
    let list = run(&["--json", "notify", "list"]).json();
    let tracking_id = list["payments"][0]["tracking_id"].as_str().unwrap();
    for (fault, answer) in [
        ("wrong-hash", "NG,hash_mismatch"),
        ("forged", "NG,hash_mismatch"),
        ("stale", "NG,expired"),
        ("extra-field", "NG,unknown_order"),
    ] {
        let hit = run(&["--json", "notify", "resend", tracking_id, "--fault", fault]).json();
        assert_eq!(hit["notice"]["answer"], answer, "{fault}");
        let next = run(&["--json", "notify", "resend", tracking_id]).json();
        assert_eq!(
            next["notice"]["answer"], "NG,unknown_order",
            "after {fault}"
        );
    }
    let lost = run(&[
        "--json",
        "notify",
        "resend",
        tracking_id,
        "--fault",
        "lost-before",
    ]);
    assert_eq!(
        (lost.exit, &lost.json()["verdict"]),
        (1, &"not_sent".into())
    );
    assert!(mock.admin().faults().is_empty());
    let with_purchase = run(&buy(&shop.url, &["--json", "--fault", "wrong-hash"]));
    assert_eq!(with_purchase.json()["notice"]["answer"], "NG,hash_mismatch");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_that_does_not_accept_is_a_problem() {
    let mock = mock().await;
    let scratch = Scratch::new();
    let table = [
        (Says::Text(200, "NG,no"), "refused"),
        (Says::Text(500, "OK,"), "bad_status"),
    ];
    let run = |arguments: &[&str]| {
        Run::within(&scratch)
            .with("NETMILE_MOCK_URL", mock.url())
            .with("NETMILE_HASH_KEY", KEY)
            .netmile(arguments)
    };
    for (says, verdict) in table {
        let shop = Shop::open(says).await;
        let ran = run(&buy(&shop.url, &["--json"]));
        assert_eq!((ran.exit, &ran.json()["verdict"]), (1, &verdict.into()));
    }
    let gone = format!("{}/notify", nobody());
    let ran = run(&buy(&gone, &["--json"]));
    assert_eq!(
        (ran.exit, &ran.json()["verdict"]),
        (1, &"unreachable".into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_mock_refuses_is_said() {
    let mock = mock().await;
    let shop = Shop::open(Says::Text(200, "OK,")).await;
    let scratch = Scratch::new();
    scratch.file("other.key", OTHER_KEY);
    let to = shop.url.as_str();
    let table: &[(Vec<&str>, i32, &str)] = &[
        (
            vec!["notify", "resend", "99999999999999"],
            1,
            "mock_refused",
        ),
        (
            vec!["notify", "resend", "../reset"],
            2,
            "tracking_id_invalid",
        ),
        (buy(to, &["--key-file", "other.key"]), 1, "purchase_refused"),
        (buy(to, &["--member", "nobody"]), 1, "login_refused"),
        (buy(to, &["--member", "zero"]), 1, "not_paid"),
        (buy(to, &["--amount", "9"]), 2, "invalid_value"),
        (buy(to, &["--order-id", "no spaces"]), 2, "invalid_value"),
        (buy("http://shop.example/", &[]), 2, "url_invalid"),
        (
            vec!["notify", "purchase", "--to", to],
            2,
            "merchant_missing",
        ),
        (vec!["notify", "purchase"], 2, "notify_url_missing"),
    ];
    for (arguments, exit, code) in table {
        let run = |more: &[&str]| {
            Run::within(&scratch)
                .with("NETMILE_MOCK_URL", mock.url())
                .with("NETMILE_HASH_KEY", KEY)
                .netmile(&[arguments.as_slice(), more].concat())
        };
        let ran = run(&["--json"]);
        assert_eq!(ran.exit, *exit, "{arguments:?} {ran:?}");
        assert_eq!(ran.json()["error"]["code"], *code, "{arguments:?}");
        let japanese = run(&["--lang", "ja"]);
        assert!(
            is_japanese(&japanese.err) && japanese.out.is_empty(),
            "{japanese:?}"
        );
    }
    assert_eq!(shop.count(), 0);
    let wrong = Run::within(&scratch).netmile(&["notify", "later", "00000000000001", "XX"]);
    assert_eq!(wrong.exit, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_notice_of_the_link_type_is_started_and_told_again() {
    let mock = mock().await;
    let shop = Shop::open(Says::Text(200, "OK,")).await;
    let scratch = Scratch::new();
    let run = |arguments: &[&str]| {
        Run::within(&scratch)
            .with("NETMILE_MOCK_URL", mock.url())
            .with("NETMILE_HASH_KEY", KEY)
            .netmile(arguments)
    };
    let start = |what: &[&str]| {
        let ran = run(&[
            &["--json", "notify"],
            what,
            &["--to", &shop.url],
            &SELLER[..],
        ]
        .concat());
        assert_eq!(ran.exit, 0, "{what:?} {ran:?}");
        ran.json()["notice"].clone()
    };
    let last = || shop.bodies.lock().unwrap().last().unwrap().clone();
    let table: &[(&[&str], &str, &str)] = &[
        (&["purchase"], "A02-1", "order_id=CLI-"),
        (&["registration"], "B03-1", "cust_code=netmile-cli"),
        (
            &["registration", "--delete", "--cust-code", "C-2"],
            "C03-1",
            "cust_code=C-2",
        ),
        (
            &["application", "--order-id", "APP-1"],
            "D02-1",
            "order_id=APP-1",
        ),
        (
            &["application", "--method", "docomo"],
            "D02-1",
            "res_pay_method=docomo",
        ),
    ];
    for (what, message, part) in table {
        let told = start(what);
        assert_eq!(
            (&told["message"], &told["result"]),
            (&(*message).into(), &"OK".into()),
            "{what:?}"
        );
        assert!(last().contains(part), "{what:?}: {}", last());
        let id = told["tracking_id"].as_str().unwrap();
        // The fault finds the notice of this kind, and no other one comes to feel it.
        for (more, odd) in [(&["--fault", "extra-field"][..], true), (&[][..], false)] {
            let again = run(&[&["--json", "notify", "resend", id], more].concat());
            assert_eq!(again.exit, 0, "{what:?} {again:?}");
            assert_eq!(again.json()["notice"]["message"], *message, "{what:?}");
            assert_eq!(last().contains("res_future_field"), odd, "{what:?}");
            assert!(mock.admin().faults().is_empty(), "{what:?}");
        }
    }
    // Faults of the first notice, too.
    for (what, fault, part) in [
        (&["registration"][..], "unknown-result", "res_result=ZZ"),
        (&["application"][..], "ng-result", "res_result=NG"),
        (&["purchase"][..], "wrong-amount", "amount=101"),
    ] {
        start(&[what, &["--fault", fault]].concat());
        assert!(last().contains(part), "{fault}: {}", last());
    }
    let count = shop.count();
    start(&["registration", "--fault", "duplicate"]);
    assert_eq!(shop.count(), count + 2);

    // A contract is ended by a later notice, or by its customer.
    let applied = start(&["application"]);
    let id = applied["tracking_id"].as_str().unwrap();
    let ended = run(&["--json", "notify", "later", id, "CR"]).json();
    assert_eq!(
        (&ended["notice"]["message"], &ended["notice"]["result"]),
        (&"D02-1".into(), &"CR".into())
    );
    let applied = start(&["application"]);
    let id = applied["tracking_id"].as_str().unwrap();
    let active = || async {
        let contracts = mock.admin().contracts().await.unwrap();
        contracts.iter().any(|c| c.tracking_id == id && c.active)
    };
    assert!(active().await);
    start(&["application", "--end", id]);
    assert!(last().contains(&format!("tracking_id={id}")), "{}", last());
    assert!(!active().await);

    let list = run(&["--json", "notify", "list"]).json();
    let kinds: Vec<_> = list["registrations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["function"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["B01-1", "C01-1", "B01-1", "B01-1"]);
    let shown = run(&["notify", "list"]).out;
    for part in ["Payment data of customers", "B03-1", "C03-1"] {
        assert!(shown.contains(part), "{shown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_mock_does_not_register_or_apply_for_is_said() {
    let mock = mock().await;
    let shop = Shop::open(Says::Text(200, "OK,")).await;
    let scratch = Scratch::new();
    let table: &[(&[&str], i32, &str)] = &[
        (
            &["registration", "--method", "netmile"],
            1,
            "registration_refused",
        ),
        (
            &["application", "--method", "webcvs"],
            1,
            "application_refused",
        ),
        (
            &["application", "--end", "99999999999999"],
            1,
            "application_refused",
        ),
        (&["application", "--end", "9"], 2, "invalid_value"),
        (&["application", "--member", "nobody"], 1, "login_refused"),
        (&["application", "--order-id", "a b"], 2, "invalid_value"),
        (&["registration", "--method", "a b"], 2, "invalid_value"),
        (&["registration", "--cust-code", ""], 2, "missing_field"),
        // The mock says why a fault makes no sense.
        (
            &["registration", "--fault", "wrong-amount"],
            1,
            "mock_refused",
        ),
        (
            &["application", "--fault", "wrong-amount"],
            1,
            "mock_refused",
        ),
    ];
    for (what, exit, code) in table {
        let run = |more: &[&str]| {
            let to = ["--to", shop.url.as_str()];
            Run::within(&scratch)
                .with("NETMILE_MOCK_URL", mock.url())
                .with("NETMILE_HASH_KEY", KEY)
                .netmile(&[&["notify"], *what, &to, &SELLER[..], more].concat())
        };
        let ran = run(&["--json"]);
        assert_eq!(ran.exit, *exit, "{what:?} {ran:?}");
        assert_eq!(ran.json()["error"]["code"], *code, "{what:?} {ran:?}");
        let japanese = run(&["--lang", "ja"]);
        assert!(is_japanese(&japanese.err), "{japanese:?}");
    }
    assert_eq!(shop.count(), 0);
    for verb in ["registration", "application"] {
        let ran = Run::within(&scratch)
            .with("NETMILE_HASH_KEY", KEY)
            .with("NETMILE_MOCK_URL", mock.url())
            .netmile(&["notify", verb, "--json"]);
        assert_eq!(ran.json()["error"]["code"], "notify_url_missing");
    }
}

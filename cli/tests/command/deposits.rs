//! Notices of the API type, to a shop on this library.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use netmile::api::{ChargeRequest, Means, SlipRequest, Store};
use netmile::charge::ChargePhase;
use netmile::client::Client;
use netmile::contract::{Contract, Endpoints, Method};
use netmile::wire::TdesKey;
use netmile::{HashKey, Yen};
use netmile_mock::Mock;

use crate::support::{KEY, Ran, Run, Scratch, is_japanese, mock_of_today};

/// A shop that takes notices as the library does.
async fn shop(mock: &Mock) -> (Client, String) {
    let contract = Contract::netmile(
        "99999",
        "001",
        HashKey::new(KEY).unwrap(),
        Endpoints::mock(mock.url()),
    )
    .unwrap()
    .with_method(Method::web_convenience_store())
    .with_encryption(TdesKey::new("0123456789abcdef01234567", "76543210").unwrap());
    let client = Client::builder().contract(contract).build().unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/api-notify", listener.local_addr().unwrap());
    let router = Router::new()
        .route("/api-notify", post(take))
        .with_state(client.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (client, url)
}

async fn take(State(client): State<Client>, body: Bytes) -> Vec<u8> {
    let payments = client.payments();
    match payments.notice(&body).await {
        Ok(receipt) => receipt.ack.body().to_vec(),
        Err(error) => payments.refuse(&error).body().to_vec(),
    }
}

fn slip() -> ChargeRequest {
    let slip = SlipRequest {
        store: Store::Lawson,
        last_name: "山田".into(),
        first_name: "太郎".into(),
        last_name_kana: String::new(),
        first_name_kana: String::new(),
        zip: "1000001".into(),
        prefecture: "東京都".into(),
        address: "千代田区１－１".into(),
        building: String::new(),
        tel: "0312345678".into(),
        mail: "taro@example.com".into(),
        pay_by: None,
    };
    ChargeRequest::new(
        "SLIP-1",
        "webcvs",
        Yen::new(1500),
        Means::Slip(Box::new(slip)),
    )
    .customer("CUST0001")
    .item("ITEM1", "ポイント購入")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_is_paid_and_the_shop_told() {
    let mock = mock_of_today().await;
    let (client, url) = shop(&mock).await;
    mock.admin()
        .set_api_notice_url("99999", "001", &url)
        .await
        .unwrap();
    let outcome = client.payments().charge(&slip()).await.unwrap();
    assert!(
        matches!(&outcome, netmile::operation::Outcome::Done(_)),
        "{outcome:?}"
    );
    let scratch = Scratch::new();
    let run = |arguments: &[&str]| -> Ran {
        Run::within(&scratch)
            .with("NETMILE_MOCK_URL", mock.url())
            .netmile(arguments)
    };
    let list = run(&["notify", "list", "--json"]).json();
    let payment = &list["api_payments"][0];
    assert_eq!(payment["order_id"], "SLIP-1");
    let id = payment["tracking_id"].as_str().unwrap();

    let first = run(&["notify", "slip", id, "preliminary"]);
    assert_eq!(first.exit, 0, "{first:?}");
    let wrong = run(&[
        "notify",
        "slip",
        id,
        "preliminary-cancelled",
        "--fault",
        "wrong-hash",
        "--json",
    ]);
    assert_eq!(
        (wrong.exit, &wrong.json()["verdict"]),
        (1, &"refused".into())
    );
    assert!(mock.admin().faults().is_empty());
    // A notice of a deposit has no result that could be NG: nothing happens to the slip.
    let idle = run(&[
        "notify",
        "slip",
        id,
        "confirmed",
        "--fault",
        "ng-result",
        "--json",
    ]);
    assert_eq!(idle.json()["error"]["code"], "mock_refused", "{idle:?}");
    let before = client.payments().get("SLIP-1").await.unwrap();
    assert_eq!(
        before.phase,
        ChargePhase::Paid,
        "a preliminary report counts"
    );

    let list = run(&["notify", "list", "--json"]).json();
    let notices = list["api_notices"].as_array().unwrap();
    assert_eq!(notices.len(), 2);
    let number = notices[1]["id"].to_string();
    for part in [id, "NT01-00103-701", "API type"] {
        assert!(run(&["notify", "list"]).out.contains(part), "{part}");
    }
    let bad = run(&[
        "notify",
        "resend-deposit",
        &number,
        "--variant",
        "order-id,bad-hash",
    ]);
    assert_eq!(bad.exit, 1, "{bad:?}");
    let again = run(&["notify", "resend-deposit", &number]);
    assert_eq!(again.exit, 0, "{again:?}");
    let told = client.payments().get("SLIP-1").await.unwrap();
    assert!(told.doubt.is_some(), "the gateway has to agree");
    let after = client.payments().resolve("SLIP-1").await.unwrap();
    assert_eq!(after.captured, Yen::default(), "and is taken back");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_made_up_notice_is_genuine_but_fits_nothing() {
    let mock = mock_of_today().await;
    let (_client, url) = shop(&mock).await;
    let scratch = Scratch::new();
    let run = |event: &str, more: &[&str]| {
        let arguments = [
            &[
                "notify",
                "deposit",
                event,
                "--json",
                "--to",
                &url,
                "--tracking-id",
                "00000000000001",
            ],
            more,
        ]
        .concat();
        Run::within(&scratch)
            .with("NETMILE_MOCK_URL", mock.url())
            .netmile(&arguments)
    };
    let seller = ["--merchant-id", "99999", "--service-id", "001"];
    for event in ["preliminary", "confirmed-cancelled", "expired"] {
        let ran = run(event, &seller);
        assert_eq!(ran.exit, 1, "{ran:?}");
        let json = ran.json();
        assert_eq!(json["verdict"], "refused", "{json:#}");
        assert!(json["notice"]["answer"].as_str().unwrap().contains("NG"));
    }
    let table: &[(&[&str], i32, &str)] = &[
        (&[], 2, "merchant_missing"),
        (
            &["--merchant-id", "11111", "--service-id", "001"],
            1,
            "mock_refused",
        ),
        (
            &[
                "--merchant-id",
                "99999",
                "--service-id",
                "001",
                "--method",
                "x",
            ],
            1,
            "mock_refused",
        ),
    ];
    for (more, exit, code) in table {
        let ran = run("confirmed", more);
        assert_eq!(
            (ran.exit, &ran.json()["error"]["code"]),
            (*exit, &(*code).into())
        );
    }
    let path = Run::within(&scratch)
        .with("NETMILE_MOCK_URL", mock.url())
        .netmile(&["notify", "slip", "1/../..", "confirmed", "--lang", "ja"]);
    assert!(path.exit == 2 && is_japanese(&path.err), "{path:?}");
    let unknown = Run::within(&scratch)
        .with("NETMILE_MOCK_URL", mock.url())
        .netmile(&["notify", "resend-deposit", "77", "--json"]);
    assert_eq!(unknown.json()["error"]["code"], "mock_refused");
}

//! Point exchange against the mock: in real time by the reference API, and by files that its NetMile fetches.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use netmile::exchange::drop::{
    BasicCredentials, DropFile, DropName, DropRequest, ExchangeDrop, MemoryDrop, settled,
};
use netmile::exchange::{
    Applicant, ExchangePhase, ExchangeRate, ExchangeRequest, ExchangeRow, PointPrice, Points,
    UploadFile, settle, uploads,
};
use netmile::operation::Outcome;
use netmile::purchase::FactKind;
use netmile::reference::{Site, SiteSecret, User, UserId};
use netmile::time::{Clock, ManualClock, Timestamp};
use netmile::{Client, Miles};
use netmile_mock::faults::{FaultKind, FaultRule};
use netmile_mock::{ClockMode, Mock, Options};

const TARO: &str = "taro@member.example";
const PASSWORD: &str = "only-an-example";
/// 2026-11-22 12:00 in Japan.
const NOON: i64 = 1_795_316_400;

struct World {
    mock: Mock,
    client: Client,
    clock: Arc<ManualClock>,
    taro: UserId,
}

impl World {
    async fn new() -> Self {
        let options = Options {
            clock: ClockMode::Frozen(NOON),
            ..Options::default()
        };
        let mock = Mock::start(options).await.unwrap();
        let now = Timestamp::from_unix(mock.admin().clock().unix);
        let clock = Arc::new(ManualClock::new(now));
        let secret = SiteSecret::new("demo-secret-of-the-mock-not-a-secret-1").unwrap();
        let site = Site::new("8763", "demo-key-1", secret, mock.url()).unwrap();
        let client = Client::builder()
            .site(site)
            .clock(Arc::clone(&clock) as Arc<dyn Clock>)
            .build()
            .unwrap();
        let applicant = client.exchanges().applicant(TARO).await.unwrap();
        let Applicant::Registered(taro) = applicant else {
            panic!("{applicant:?}");
        };
        Self {
            mock,
            client,
            clock,
            taro,
        }
    }

    /// Miles of the member, those that are still to come counted.
    async fn miles(&self) -> u64 {
        let passbook = self.client.members().passbook(&self.taro).await.unwrap();
        passbook.balance.get() + passbook.pending_total.get()
    }

    fn fault(&self, message: &str, kind: FaultKind) {
        self.mock.admin().add_fault(FaultRule::once(message, kind));
    }

    async fn wait(&self, seconds: u32) {
        self.mock.admin().advance(seconds).await.unwrap();
        self.clock.advance(i64::from(seconds));
    }

    async fn told(&self) -> Vec<FactKind> {
        let told = self.client.events().next(100).await.unwrap();
        for delivery in &told {
            self.client.events().ack(delivery.id).await.unwrap();
        }
        told.iter().map(|delivery| delivery.fact.kind).collect()
    }

    /// Goes as far as the shop goes before NetMile is asked.
    async fn take_points(&self, tran_id: &str, user: User) {
        // A point is worth half a yen: one mile.
        let rate = ExchangeRate::equal_value(PointPrice::new(1, 2).unwrap()).unwrap();
        let conversion = rate.convert(Points::new(300)).unwrap();
        let request = ExchangeRequest::new(tran_id, user, "CUST0001", conversion);
        self.client.exchanges().begin(&request).await.unwrap();
        self.client.exchanges().debited(tran_id).await.unwrap();
    }

    fn user(&self) -> User {
        User::UserId(self.taro.clone())
    }
}

#[tokio::test]
async fn points_become_miles_at_once() {
    let world = World::new().await;
    let before = world.miles().await;
    world.take_points("EX-1", world.user()).await;
    let outcome = world.client.exchanges().issue("EX-1").await.unwrap();
    let issued = outcome.done().unwrap();
    assert_eq!(
        (issued.miles, &issued.user_id),
        (Miles::new(300), &world.taro)
    );
    assert_eq!(world.miles().await, before + 300);
    // By mail address as well.
    world.take_points("EX-2", User::mail(TARO).unwrap()).await;
    let outcome = world.client.exchanges().issue("EX-2").await.unwrap();
    assert_eq!(outcome.done().unwrap().user_id, world.taro);
    assert_eq!(world.miles().await, before + 600);
    assert_eq!(world.told().await, [FactKind::ExchangeIssued; 2]);
}

#[tokio::test]
async fn a_lost_answer_issues_once_whichever_way_it_was_lost() {
    for kind in [FaultKind::LostBefore, FaultKind::LostAfter] {
        let world = World::new().await;
        let before = world.miles().await;
        world.take_points("EX-1", world.user()).await;
        world.fault("miles-exchange", kind);
        let outcome = world.client.exchanges().issue("EX-1").await.unwrap();
        assert!(matches!(outcome, Outcome::Unknown(_)), "{kind:?}");
        // What was lost on its way can arrive for 10 minutes, and is looked for once more after that.
        for _ in 0..30 {
            world.wait(60).await;
            world.client.resolve().await.unwrap();
        }
        let is = world.client.exchanges().get("EX-1").await.unwrap();
        assert_eq!(is.phase, ExchangePhase::Issued, "{kind:?}");
        assert_eq!(world.miles().await, before + 300, "{kind:?}");
        assert_eq!(world.told().await, [FactKind::ExchangeIssued]);
    }
}

#[tokio::test]
async fn who_is_no_member_gets_the_points_back() {
    let world = World::new().await;
    let nobody = User::mail("nobody@member.example").unwrap();
    world.take_points("EX-1", nobody).await;
    let outcome = world.client.exchanges().issue("EX-1").await.unwrap();
    let Outcome::Rejected(rejection) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(rejection.code, "manual:41053");
    assert_eq!(world.told().await, [FactKind::ExchangeRefused]);
    let is = world
        .client
        .exchanges()
        .credited_back("EX-1")
        .await
        .unwrap();
    assert_eq!(is.phase, ExchangePhase::CreditedBack);
    let applicant = world
        .client
        .exchanges()
        .applicant("nobody@member.example")
        .await;
    assert_eq!(applicant.unwrap(), Applicant::NotRegistered);
}

/// The merchant's server: the handler in a framework of its choice.
#[derive(Clone)]
struct Shop {
    door: Arc<ExchangeDrop>,
    store: Arc<Mutex<MemoryDrop>>,
}

async fn answer(
    State(shop): State<Shop>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, Vec<u8>) {
    let request = DropRequest {
        method: method.as_str(),
        path: uri.path(),
        peer_ip: peer.ip(),
        authorization: headers
            .get("authorization")
            .and_then(|value| value.to_str().ok()),
        body: &body,
    };
    let response = shop.door.handle(&request, &mut *shop.store.lock().unwrap());
    (
        StatusCode::from_u16(response.status).unwrap(),
        response.body,
    )
}

impl Shop {
    /// Opens the drop and tells NetMile where it is.
    async fn open(world: &World) -> Self {
        let credentials = BasicCredentials::new("netmile", PASSWORD).unwrap();
        let door = ExchangeDrop::new("8763", "/drop", credentials).unwrap();
        let shop = Self {
            door: Arc::new(door.allow("127.0.0.0/8".parse().unwrap())),
            store: Arc::default(),
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/drop", listener.local_addr().unwrap());
        let app = Router::new().fallback(answer).with_state(shop.clone());
        let service = app.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        let drop = serde_json::json!({ "url": url, "user": "netmile", "password": PASSWORD });
        let drop = serde_json::from_value(drop).unwrap();
        world.mock.admin().set_drop("8763", Some(drop)).unwrap();
        shop
    }

    fn publish(&self, world: &World, rows: &[(User, u64)]) -> DropName {
        let rows = rows
            .iter()
            .map(|(user, miles)| ExchangeRow::new(user, "CUST0001", Miles::new(*miles)));
        let file = DropFile::write("8763", world.clock.now(), rows).unwrap();
        file.publish(&mut *self.store.lock().unwrap()).unwrap();
        file.name().clone()
    }
}

#[tokio::test]
async fn netmile_fetches_the_file_and_every_row_is_issued_or_refused() {
    let world = World::new().await;
    let shop = Shop::open(&world).await;
    let before = world.miles().await;
    let nobody = User::user_id("999999").unwrap();
    let rows = [
        (world.user(), 120),
        (nobody, 700),
        (User::mail(TARO).unwrap(), 80),
    ];
    let name = shop.publish(&world, &rows);
    // The first delivery is lost on its way back: the second one is the same.
    world.fault("miles-result", FaultKind::LostAfter);
    for _ in 0..3 {
        world.mock.admin().pull_drop("8763").await.unwrap();
    }
    let settled = settled(&*shop.store.lock().unwrap(), &name)
        .unwrap()
        .unwrap();
    assert_eq!((settled.issued.rows, settled.issued.miles.get()), (2, 200));
    assert_eq!(
        (settled.refused.rows, settled.refused.miles.get()),
        (1, 700)
    );
    let code = settled.rows[1].refused.as_ref().unwrap();
    assert_eq!(code.code, "manual:41053");
    assert_eq!(world.miles().await, before + 200);
}

#[tokio::test]
async fn netmile_comes_at_the_agreed_hour() {
    let world = World::new().await;
    let shop = Shop::open(&world).await;
    let name = shop.publish(&world, &[(world.user(), 50)]);
    let before = world.miles().await;
    world.wait(60).await;
    assert_eq!(settled(&*shop.store.lock().unwrap(), &name).unwrap(), None);
    world.wait(86_400).await;
    let settled = settled(&*shop.store.lock().unwrap(), &name)
        .unwrap()
        .unwrap();
    assert_eq!(settled.issued, settled.sent);
    assert_eq!(world.miles().await, before + 50);
}

#[tokio::test]
async fn a_stranger_fetches_nothing() {
    let world = World::new().await;
    let shop = Shop::open(&world).await;
    shop.publish(&world, &[(world.user(), 50)]);
    let credentials = BasicCredentials::new("netmile", "another-password").unwrap();
    let door = ExchangeDrop::new("8763", "/drop", credentials).unwrap();
    let closed = Shop {
        door: Arc::new(door.allow("127.0.0.1".parse().unwrap())),
        ..shop
    };
    let peer = ConnectInfo("127.0.0.1:9".parse::<SocketAddr>().unwrap());
    let (status, body) = answer(
        State(closed),
        peer,
        Method::GET,
        Uri::from_static("/drop/"),
        HeaderMap::new(),
        Bytes::new(),
    )
    .await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert!(!String::from_utf8(body).unwrap().contains("NMEXC"));
}

/// The management site, as a person with a browser uses it (flow ③).
struct Operator<'w> {
    world: &'w World,
    http: reqwest::Client,
    cookie: String,
}

impl<'w> Operator<'w> {
    async fn log_in(world: &'w World) -> Self {
        let plain = reqwest::redirect::Policy::none();
        let http = reqwest::Client::builder().no_proxy().redirect(plain);
        let http = http.build().unwrap();
        let response = http
            .post(format!("{}/manage/miles/login", world.mock.url()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body("site_id=8763&password=manage-demo")
            .send()
            .await
            .unwrap();
        let cookie = response.headers()["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        Self {
            world,
            http,
            cookie,
        }
    }

    fn url(&self, step: &str) -> String {
        format!("{}/manage/miles/exchange{step}", self.world.mock.url())
    }

    async fn upload(&self, name: &str, bytes: &[u8]) -> String {
        let head = format!(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: text/csv\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, b"\r\n--b--\r\n"].concat();
        let request = self.http.post(self.url(""));
        let request = request
            .header("Content-Type", "multipart/form-data; boundary=b")
            .header("Cookie", &self.cookie);
        let response = request.body(body).send().await.unwrap();
        response.text().await.unwrap()
    }

    async fn download(&self, name: &str) -> Vec<u8> {
        let request = self.http.get(self.url(&format!("/{name}")));
        let response = request.header("Cookie", &self.cookie).send().await.unwrap();
        assert_eq!(response.status(), 200, "{name}");
        response.bytes().await.unwrap().to_vec()
    }
}

#[tokio::test]
async fn files_go_up_to_the_management_site_and_their_results_come_down() {
    let world = World::new().await;
    let operator = Operator::log_in(&world).await;
    let before = world.miles().await;
    // One row more than a file holds. What fails is in both files, so that neither result is empty.
    let nobody = User::mail("nobody@member.example").unwrap();
    let rows = (1..=10_001_u64).map(|row| {
        let user = if row % 2_500 == 1 {
            nobody.clone()
        } else {
            world.user()
        };
        ExchangeRow::new(&user, format!("C{row}"), Miles::new(1 + row % 3))
    });
    let files: Vec<UploadFile> = uploads("8763", world.clock.now(), rows)
        .collect::<Result<_, _>>()
        .unwrap();
    let (mut issued, mut refused) = (0, 0);
    for file in &files {
        let name = file.name.to_string();
        let page = operator.upload(&name, &file.bytes).await;
        assert!(page.contains("発行できなかった行があります"), "{name}");
        let result = operator.download(&name).await;
        let settled = settle(&file.bytes, &result).unwrap();
        assert_eq!(
            (settled.sent.rows, settled.sent.miles),
            (file.rows, file.miles)
        );
        for row in &settled.rows {
            let code = row.refused.as_ref().map(|refused| refused.code.as_str());
            let expected = row.user.starts_with("nobody").then_some("manual:41053");
            assert_eq!(code, expected, "{}", row.row);
        }
        issued += settled.issued.miles.get();
        refused += settled.refused.rows;
    }
    assert_eq!((files.len(), refused), (2, 5));
    assert_eq!(world.miles().await, before + issued);
    // The site knows the name: the same file again issues nothing.
    let name = files[0].name.to_string();
    operator.upload(&name, &files[0].bytes).await;
    assert_eq!(world.miles().await, before + issued);
    // And it takes no other name.
    let page = operator.upload("exchange.csv", &files[1].bytes).await;
    assert!(page.contains("ファイル名は"));
    assert_eq!(world.miles().await, before + issued);
}

//! Miles by the reference API, over HTTP against the mock: both were written from the same page, and share no code.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::sync::Arc;

use netmile::client::ClientBuilder;
use netmile::miles::{
    ByHandRequest, CancelReason, CancelRefusal, CancelStanding, Deposit, HandResult, HandRow,
    HistorySearch, IssueRequest, IssueRule, IssueSettings, IssueState, RegistrationKind,
    RegistrationSearch, SampleKind,
};
use netmile::operation::Outcome;
use netmile::purchase::FactKind;
use netmile::reference::{Mail, Phase, Site, SiteSecret, User};
use netmile::schedule::YearMonth;
use netmile::time::{Clock, ManualClock, Timestamp};
use netmile::{Client, ErrorKind, Miles};
use netmile_mock::faults::{FaultKind, FaultRule};
use netmile_mock::{ClockMode, Mock, Options};

#[path = "miles_api/forms.rs"]
mod forms;

const TARO: &str = "taro@member.example";
/// Variable, 10 to 500 miles, deposited after 7 days.
const LATER: &str = "46257";
/// Fixed, 100 miles, usable at once.
const AT_ONCE: &str = "46255";

/// 2026-11-22 12:00 in Japan.
const NOON: i64 = 1_795_316_400;

struct World {
    mock: Mock,
    client: Client,
    clock: Arc<ManualClock>,
}

impl World {
    async fn new() -> Self {
        Self::of(Options {
            clock: ClockMode::Frozen(NOON),
            ..Options::default()
        })
        .await
    }

    async fn of(options: Options) -> Self {
        let mock = Mock::start(options).await.unwrap();
        let now = Timestamp::from_unix(mock.admin().clock().unix);
        let clock = Arc::new(ManualClock::new(now));
        let client = Self::client(&mock, &clock, "demo-secret-of-the-mock-not-a-secret-1");
        Self {
            mock,
            client,
            clock,
        }
    }

    fn client(mock: &Mock, clock: &Arc<ManualClock>, secret: &str) -> Client {
        Self::builder(mock, clock, secret).build().unwrap()
    }

    fn builder(mock: &Mock, clock: &Arc<ManualClock>, secret: &str) -> ClientBuilder {
        let secret = SiteSecret::new(secret).unwrap();
        let site = Site::new("8763", "demo-key-1", secret, mock.url()).unwrap();
        let clock = Arc::clone(clock) as Arc<dyn Clock>;
        Client::builder().site(site).clock(clock)
    }

    /// Another client of the same site, with a journal of its own.
    fn client_with(&self, set: impl Fn(ClientBuilder) -> ClientBuilder) -> Client {
        let builder = Self::builder(
            &self.mock,
            &self.clock,
            "demo-secret-of-the-mock-not-a-secret-1",
        );
        set(builder).build().unwrap()
    }

    async fn wait(&self, seconds: u32) {
        self.mock.admin().advance(seconds).await.unwrap();
        self.clock.advance(i64::from(seconds));
    }

    fn fault(&self, message: &str, kind: FaultKind) {
        self.mock.admin().add_fault(FaultRule::once(message, kind));
    }

    async fn issue(&self, request: &IssueRequest) -> Outcome<netmile::miles::IssuedMiles> {
        self.client.miles().issue(request).await.unwrap()
    }

    async fn told(&self) -> Vec<FactKind> {
        let told = self.client.events().next(100).await.unwrap();
        for delivery in &told {
            self.client.events().ack(delivery.id).await.unwrap();
        }
        told.iter().map(|delivery| delivery.fact.kind).collect()
    }

    /// Issues in the history of a campaign, as NetMile counts them.
    async fn counted(&self, campaign: &str) -> u64 {
        let search = HistorySearch::default();
        let history = self.client.miles().history();
        history.search(campaign, &search).await.unwrap().head.issued
    }
}

fn reward(tran_id: &str, campaign: &str, miles: u64) -> IssueRequest {
    IssueRequest::new(tran_id, campaign, User::mail(TARO).unwrap(), "CUST0001")
        .with_miles(Miles::new(miles))
}

fn code<T: std::fmt::Debug>(outcome: Outcome<T>) -> String {
    match outcome {
        Outcome::Rejected(why) => why.code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn miles_are_issued_held_deposited_and_billed() {
    let world = World::new().await;
    let miles = world.client.miles();
    let campaign = miles.campaign(LATER).await.unwrap();
    let (min, max) = (Miles::new(10), Miles::new(500));
    assert_eq!(campaign.rule, IssueRule::Variable { min, max });

    let issued = world
        .issue(&reward("T-1", LATER, 120))
        .await
        .done()
        .unwrap();
    assert_eq!(
        (issued.miles, issued.state),
        (Miles::new(120), IssueState::Held)
    );
    // The same again is answered from the journal; a client that lost its journal is answered by the mock.
    let again = World::client(
        &world.mock,
        &world.clock,
        "demo-secret-of-the-mock-not-a-secret-1",
    );
    let repeated = again
        .miles()
        .issue(&reward("T-1", LATER, 120))
        .await
        .unwrap();
    assert_eq!(repeated, Outcome::Done(issued.clone()));
    let other = again.miles().issue(&reward("T-1", LATER, 121)).await;
    assert_eq!(other.unwrap_err().kind(), ErrorKind::Conflict);

    let members = world.client.members();
    let user = members.verify_mail(TARO).await.unwrap().user_id.unwrap();
    let passbook = members.passbook(&user).await.unwrap();
    assert_eq!(
        (passbook.balance.get(), passbook.pending_total.get()),
        (400, 120)
    );
    assert_eq!(members.info(&user).await.unwrap().user_id, user);
    world.wait(8 * 86_400).await;
    let passbook = members.passbook(&user).await.unwrap();
    assert_eq!(
        (passbook.balance.get(), passbook.pending_total.get()),
        (520, 0)
    );

    let found = miles
        .history()
        .search(LATER, &HistorySearch::default())
        .await
        .unwrap();
    assert_eq!(found.rows.items[0].issuance_id, issued.issuance_id);
    assert_eq!(found.rows.items[0].designated_key, "CUST0001");
    assert_eq!(found.rows.items[0].state, IssueState::Valid);
    let month = YearMonth::of_instant(issued.issued_at);
    let bill = miles.bill(month).await.unwrap();
    assert_eq!((bill.total.issued.get(), bill.total.yen), (120, 120));
    let mail = miles
        .sample_mail(LATER, SampleKind::Deposit, Some("またのご来店を"))
        .await
        .unwrap();
    assert!(mail.body.contains("またのご来店を"));
    assert!(world.told().await.is_empty());
}

#[tokio::test]
async fn every_lost_answer_is_found_out_and_nothing_is_issued_twice() {
    let world = World::new().await;
    let miles = world.client.miles();
    for (number, kind) in [
        FaultKind::LostBefore,
        FaultKind::LostAfter,
        FaultKind::Truncated,
        FaultKind::Reset,
        FaultKind::ServerError,
        FaultKind::Html,
    ]
    .into_iter()
    .enumerate()
    {
        world.fault("miles-issue", kind);
        let id = format!("T-{number}");
        let outcome = world.issue(&reward(&id, LATER, 50)).await;
        assert!(outcome.is_unknown(), "{kind:?}: {outcome:?}");
        // The inquiry may be lost as well.
        world.fault("miles-ask-issue", FaultKind::LostAfter);
        // Longer than a lost request could still arrive.
        world.wait(700).await;
        world.client.resolve().await.unwrap();
        let issue = miles.issues().resolve(&id).await.unwrap();
        assert_eq!(issue.phase, Phase::Done, "{kind:?}");
        assert_eq!(world.told().await, [FactKind::MilesIssued], "{kind:?}");
    }
    world.wait(86_400).await;
    assert_eq!(world.counted(LATER).await, 6);
    assert!(miles.issues().unresolved(10).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_rules_of_the_guides_answer_with_their_codes() {
    let world = World::new().await;
    let to = |user: &str| User::mail(user).unwrap();
    let as_user = |id: &str, user| IssueRequest::new(id, AT_ONCE, user, "CUST0001");
    for (request, expected) in [
        (reward("R-1", "46259", 100), "manual:42030"),
        (reward("R-2", "46264", 100), "manual:44019"),
        (reward("R-3", LATER, 501), "manual:12006"),
        (as_user("R-4", to("nobody@member.example")), "manual:41053"),
        (as_user("R-5", to("kari@member.example")), "manual:41023"),
        (
            as_user("R-6", User::user_id("NM10000003").unwrap()),
            "manual:41023",
        ),
    ] {
        let outcome = world.issue(&request).await;
        assert_eq!(code(outcome), expected, "{request:?}");
        let repeated = world.issue(&request).await;
        assert_eq!(code(repeated), expected);
    }
    // A user id counts once this site has authenticated it.
    let hanako = netmile::reference::UserId::new("NM10000003").unwrap();
    assert!(
        world
            .client
            .members()
            .verify_user_id(&hanako)
            .await
            .unwrap()
            .active
    );
    let request = as_user("R-7", User::UserId(hanako));
    assert!(world.issue(&request).await.is_done());
    // Once a day.
    let daily = |id: &str| reward(id, "46263", 10);
    assert!(world.issue(&daily("D-1")).await.is_done());
    assert_eq!(code(world.issue(&daily("D-2")).await), "manual:44039");
    // Somebody else's campaign, and a wrong secret, are refused at the door.
    assert_eq!(
        code(world.issue(&reward("R-8", "46262", 300)).await),
        "api:not_yours"
    );
    let wrong = World::client(
        &world.mock,
        &world.clock,
        "another-secret-of-the-mock-0000000000",
    );
    let outcome = wrong
        .miles()
        .issue(&reward("R-9", LATER, 50))
        .await
        .unwrap();
    assert_eq!(code(outcome), "api:bad_signature");
    let error = wrong.members().verify_mail(TARO).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
}

#[tokio::test]
async fn rows_by_hand_are_told_one_by_one_even_after_a_lost_answer() {
    let world = World::new().await;
    let miles = world.client.miles();
    let row =
        |mail: &str| HandRow::new(Mail::new(mail).unwrap(), "CUST0001").with_miles(Miles::new(30));
    let rows = vec![
        row(TARO),
        row("nobody@member.example"),
        row("hanako@member.example"),
    ];
    let settings = IssueSettings::default()
        .with_deposit(Deposit::AfterDays(3))
        .with_inserted_text("またのご来店を");
    let request = ByHandRequest::new("H-1", LATER, rows).with_settings(settings.clone());
    world.fault("miles-hand", FaultKind::LostAfter);
    assert!(miles.issue_by_hand(&request).await.unwrap().is_unknown());
    world.wait(60).await;
    let by_hand = miles.by_hand().resolve("H-1").await.unwrap();
    let answer = by_hand.answer.unwrap();
    assert_eq!(answer.refused(), 1);
    assert!(matches!(&answer.rows[1], HandResult::Refused(why) if why.code == "manual:41053"));

    let registrations = miles.registrations();
    let one = registrations.get(&answer.registration_id).await.unwrap();
    assert_eq!(
        (one.kind, one.records, one.errors),
        (RegistrationKind::ByHand, 3, 1)
    );
    assert_eq!((one.miles_issued.get(), one.miles_refused.get()), (60, 30));
    assert_eq!(one.settings, settings.with_deposit_mail(true));
    let search = RegistrationSearch {
        kind: Some(RegistrationKind::ByHand),
        ..RegistrationSearch::default()
    };
    let page = registrations.search(&search).await.unwrap();
    assert_eq!(page.items[0].registration_id, answer.registration_id);
    // A file may have the same tran_id, so it is files alone that are found by one.
    assert_eq!(registrations.find("H-1").await.unwrap(), None);
    // Error lists are of files only.
    let error = registrations
        .errors(&answer.registration_id)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnknownOrder);
}

#[tokio::test]
async fn held_miles_are_cancelled_at_once_and_deposited_ones_by_application() {
    let world = World::new().await;
    let miles = world.client.miles();
    let issue = async |id: &str, campaign: &str, miles: u64| {
        let outcome = world.issue(&reward(id, campaign, miles)).await;
        outcome.done().unwrap().issuance_id
    };
    let deposited = issue("C-1", LATER, 40).await;
    let at_once = issue("C-2", AT_ONCE, 100).await;
    world.wait(8 * 86_400).await;
    let held = issue("C-3", LATER, 60).await;
    let ids = [deposited, at_once, held, "I99999999".to_owned()];
    world.fault("miles-cancel", FaultKind::LostAfter);
    let reason = CancelReason::ReturnedGoods;
    assert!(
        miles
            .cancel("X-1", &ids, reason)
            .await
            .unwrap()
            .is_unknown()
    );
    world.wait(60).await;
    let wish = miles
        .cancels()
        .resolve("X-1")
        .await
        .unwrap()
        .answer
        .unwrap();
    let standing = |id: &String| {
        let found = wish.results.iter().find(|result| result.issuance_id == *id);
        found.unwrap().standing.clone()
    };
    assert_eq!(standing(&ids[0]), CancelStanding::Applied);
    let refused = |why| CancelStanding::Refused(why);
    assert_eq!(standing(&ids[1]), refused(CancelRefusal::UsableAtOnce));
    assert_eq!(standing(&ids[2]), CancelStanding::Cancelled);
    assert_eq!(standing(&ids[3]), refused(CancelRefusal::UnknownIssuance));
    let now = miles.cancellation(&wish.cancellation_id).await.unwrap();
    assert!(now.is_pending());
    assert_eq!(world.told().await, [FactKind::MilesCancelAnswered]);

    // Nobody asks: the shop is told when a person has decided.
    let admin = world.mock.admin();
    let decided = admin.decide_application(&wish.cancellation_id, &ids[0], true);
    assert!(decided.await.unwrap());
    world.wait(3_600).await;
    let looked = world.client.resolve().await.unwrap().cancels;
    assert_eq!(looked[0].tran_id(), "X-1");
    assert_eq!(world.told().await, [FactKind::MilesCancelDecided]);
    let kept = miles.cancels().get("X-1").await.unwrap().answer.unwrap();
    assert_eq!(kept.results[0].standing, CancelStanding::Approved);
    world.wait(86_400).await;
    assert!(world.client.resolve().await.unwrap().cancels.is_empty());
}

#[tokio::test]
async fn a_site_may_have_reasons_of_its_own() {
    let mut options = Options {
        clock: ClockMode::Frozen(NOON),
        ..Options::default()
    };
    let own = [(
        "campaign_withdrawn".to_owned(),
        "キャンペーンの中止".to_owned(),
    )];
    options.scenario.office.cancel_reasons = own.into();
    let world = World::of(options).await;
    let miles = world.client.miles();
    let issued = world.issue(&reward("T-1", LATER, 50)).await.done().unwrap();
    let ids = [issued.issuance_id];
    let unlisted = miles.cancel("X-1", &ids, CancelReason::Duplicate).await;
    assert_eq!(code(unlisted.unwrap()), "api:bad_request");
    let reason = CancelReason::named("campaign_withdrawn").unwrap();
    let wish = miles.cancel("X-2", &ids, reason.clone()).await.unwrap();
    let wish = wish.done().unwrap();
    assert_eq!((&wish.reason, wish.cancelled()), (&reason, 1));
    let told = miles.cancellation(&wish.cancellation_id).await.unwrap();
    assert_eq!(told.reason, reason);
}

#[tokio::test]
async fn the_test_user_runs_through_everything_and_moves_nothing() {
    let world = World::new().await;
    let settings = IssueSettings::default().with_deposit(Deposit::AfterDays(3));
    let request = IssueRequest::new("T-1", LATER, User::test(), "CUST0001")
        .with_miles(Miles::new(100))
        .with_settings(settings);
    let issued = world.issue(&request).await.done().unwrap();
    world.wait(5 * 86_400).await;
    assert_eq!(world.counted(LATER).await, 0);
    let bill = world
        .client
        .miles()
        .bill(YearMonth::of_instant(issued.issued_at))
        .await
        .unwrap();
    assert_eq!(bill.total.yen, 0);
}

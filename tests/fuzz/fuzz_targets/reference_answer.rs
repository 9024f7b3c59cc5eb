//! Answers of the reference API: no bytes panic, what is not signed by status, words and form is no answer, and nothing
//! of an answer shows in an error.

#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use netmile::members::{GetMember, GetPassbook, Verify};
use netmile::miles::{
    CancelReason, CancelRequest, GetBill, GetCampaign, GetCancellation, GetList, GetRegistration,
    HistorySearch, IssueRequest, ListKind, RegistrationSearch, SearchHistory, SearchRegistrations,
};
use netmile::operation::{HttpResponse, Operation, Verdict};
use netmile::reference::{
    Found, Function, Mail, Nonces, Object, Signed, Site, SiteSecret, Task, User, UserId,
};
use netmile::schedule::YearMonth;

static SITE: LazyLock<Arc<Site>> = LazyLock::new(|| {
    let secret = SiteSecret::new("TESTSITESECRET0123456789abcdef0123456789").unwrap();
    Arc::new(Site::new("8763", "K1", secret, "https://miles.example").unwrap())
});

const STATUSES: [u16; 12] = [200, 200, 200, 200, 400, 401, 403, 404, 409, 410, 413, 422];

fuzz_target!(|input: &[u8]| {
    let [which, status, body @ ..] = input else {
        return;
    };
    let answer = HttpResponse {
        status: STATUSES[usize::from(*status) % STATUSES.len()],
        content_type: None,
        body: body.to_vec(),
    };
    let user = || UserId::new("U1").unwrap();
    let id = || "R1".to_owned();
    match which % 13 {
        0 => function(Verify::mail(Mail::test()), &answer),
        1 => function(GetMember(user()), &answer),
        2 => function(GetPassbook(user()), &answer),
        3 => function(GetCampaign(id()), &answer),
        4 => function(GetRegistration(id()), &answer),
        5 => function(SearchRegistrations(RegistrationSearch::default()), &answer),
        6 => {
            let search = HistorySearch::default();
            let campaign_id = id();
            function(
                SearchHistory {
                    campaign_id,
                    search,
                },
                &answer,
            );
        }
        7 => function(GetBill(YearMonth::parse("202611").unwrap()), &answer),
        8 => function(GetCancellation(id()), &answer),
        9 => {
            let (registration_id, kind) = (id(), ListKind::Errors);
            function(
                GetList {
                    registration_id,
                    kind,
                },
                &answer,
            );
        }
        10 => task(
            &CancelRequest::new("T-1", ["I1", "I2"], CancelReason::Other),
            body,
        ),
        _ => task(&IssueRequest::new("T-1", "1", User::test(), "K"), body),
    }
});

fn function<F: Function>(function: F, answer: &HttpResponse) {
    let signed = Signed::new(Arc::clone(&SITE), function, Nonces::new(1));
    match signed.decode(answer) {
        Ok(Verdict::Done(_)) => assert_eq!(answer.status, 200),
        Ok(Verdict::Rejected(why)) => {
            assert_ne!(answer.status, 200);
            let table = why.table().unwrap();
            assert_eq!(answer.status == 422, table != "api");
            assert!(why.code.is_ascii() && why.code.len() < 80);
        }
        Ok(Verdict::Unknown(_)) => assert_eq!(answer.status, 401),
        Err(error) => assert!(error.to_string().len() < 2000),
    }
}

fn task<T: Task>(task: &T, body: &[u8]) {
    let Ok(object) = Object::parse(body) else {
        return;
    };
    // What is believed about a task can be kept and read again.
    if let Ok(answer) = task.read(&object) {
        let kept = serde_json::to_string(&answer).unwrap();
        assert!(serde_json::from_str::<T::Answer>(&kept).unwrap() == answer);
    }
    if let Ok(Found::Refused(why)) = task.found(&object) {
        assert_ne!(why.table(), Some("api"));
    }
}

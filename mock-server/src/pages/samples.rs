// Every page with sample data, shared by the tests and by the gallery example: whoever includes
// this file brings the pages into its parent module.

use super::*;

/// Turns a sample text into the text that goes into a view model.
pub(crate) type Fill<'a> = &'a dyn Fn(&str) -> String;

/// A page with sample data.
pub(crate) struct Sample {
    pub(crate) name: &'static str,
    pub(crate) html: String,
    pub(crate) shift_jis: bool,
}

/// Picks the text of the page's language, as a caller with names in both does.
fn both(lang: Lang, ja: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Ja => ja,
        Lang::En => en,
    }
}

fn checkout(lang: Lang, x: Fill<'_>) -> Checkout {
    Checkout {
        session: x("k3v9x2m7"),
        shop: x(both(lang, "みどり文具店", "Midori Stationery")),
        item: x(both(lang, "万年筆用インク 表・ソ", "Fountain pen ink")),
        order_id: x("ORDER-20260102-000000000000000000001"),
        amount_yen: 300,
        rows: vec![
            DetailRow {
                name: x(both(lang, "インク(青)", "Ink, blue")),
                count: x("1"),
                amount_yen: Some(200),
            },
            DetailRow {
                name: x(both(lang, "吸取紙", "Blotting paper")),
                count: x("2"),
                amount_yen: Some(100),
            },
        ],
        test_buttons: true,
    }
}

fn demo(x: Fill<'_>) -> Vec<Credentials> {
    ["zero", "taro", "hanako"]
        .into_iter()
        .map(|login| Credentials {
            login: x(login),
            password: x("demo-password"),
        })
        .collect()
}

fn head(lang: Lang, x: Fill<'_>, number: usize) -> CampaignHead {
    let (id, advertiser, name, kind, miles) = match number {
        0 => (
            "aozora",
            both(lang, "あおぞら旅行", "Aozora Travel"),
            both(lang, "無料会員登録", "Join for free"),
            CampaignKind::MemberRegistration,
            200,
        ),
        1 => (
            "hikari",
            both(lang, "ひかり学習塾", "Hikari School"),
            both(lang, "入会案内の資料請求", "Order the brochure"),
            CampaignKind::DocumentRequest,
            200,
        ),
        _ => (
            "minato",
            both(lang, "みなと保険", "Minato Insurance"),
            both(lang, "保険プランの資料請求", "Order the plan documents"),
            CampaignKind::DocumentRequest,
            300,
        ),
    };
    CampaignHead {
        id: x(id),
        advertiser: x(advertiser),
        name: x(name),
        kind,
        miles,
    }
}

fn offers(lang: Lang, x: Fill<'_>) -> Vec<CampaignOffer> {
    let states = [OfferState::Open, OfferState::Confirming, OfferState::Done];
    states
        .into_iter()
        .enumerate()
        .map(|(number, state)| CampaignOffer {
            head: head(lang, x, number),
            state,
        })
        .collect()
}

fn field(x: Fill<'_>, kind: FieldKind) -> Field {
    let value = match kind {
        FieldKind::Name => "山田太郎",
        FieldKind::Address => "東京都千代田区千代田1-1",
        FieldKind::BirthDate => "1990-01-31",
        FieldKind::Sex => "male",
        FieldKind::Phone => "03-1234-5678",
        FieldKind::Email => "taro@example.jp",
        FieldKind::LoginId => "taro-y",
        FieldKind::Password => "hidden-password",
        FieldKind::NameKana => "ヤマダ タロウ",
        FieldKind::PostalCode => "100-0001",
        FieldKind::Terms => FieldKind::TERMS_VALUE,
    };
    Field {
        kind,
        value: x(value),
        problem: None,
    }
}

fn registration(lang: Lang, x: Fill<'_>, kinds: &[FieldKind]) -> RegistrationPage {
    RegistrationPage {
        session: x("k3v9x2m7"),
        campaign: head(lang, x, 0),
        fields: kinds.iter().map(|kind| field(x, *kind)).collect(),
    }
}

fn return_form(x: Fill<'_>) -> ReturnForm {
    ReturnForm {
        action: format!("https://shop.example/{}", x("return")),
        fields: [
            ("pay_method", "netmile"),
            ("item_name", "万年筆用インク 表・ソ"),
            ("res_result", "OK"),
            ("sps_hashcode", "a0db8980558c5efb04c2a5cad4c1d534f098fbf4"),
        ]
        .into_iter()
        .map(|(name, value)| (x(name), x(value)))
        .collect(),
    }
}

fn attempts(x: Fill<'_>) -> Vec<NoticeAttempt> {
    let verdicts = [
        (NoticeVerdict::Refused, Some(200), "NG,unknown order"),
        (NoticeVerdict::BadStatus, Some(500), ""),
        (NoticeVerdict::TimedOut, None, ""),
        (NoticeVerdict::Unreachable, None, ""),
        (NoticeVerdict::NotSent, None, ""),
        (NoticeVerdict::Accepted, Some(200), "OK,"),
    ];
    verdicts
        .into_iter()
        .map(|(verdict, http_status, answer)| NoticeAttempt {
            sent_at: x("2026-01-02 03:05:01"),
            kind: x("A02-1"),
            result: x("OK"),
            url: x("http://127.0.0.1:40123/netmile/notice"),
            http_status,
            answer: if answer.is_empty() {
                String::new()
            } else {
                x(answer)
            },
            verdict,
        })
        .collect()
}

/// Every page in one language.
pub(crate) fn pages(lang: Lang, x: Fill<'_>) -> Vec<Sample> {
    let mut out = Vec::new();
    journey(lang, x, &mut out);
    campaigns(lang, x, &mut out);
    endings(lang, x, &mut out);
    other_methods(lang, x, &mut out);
    developer(lang, x, &mut out);
    members(lang, x, &mut out);
    management(lang, x, &mut out);
    out
}

fn add(out: &mut Vec<Sample>, name: &'static str, html: String) {
    out.push(Sample {
        name,
        html,
        shift_jis: false,
    });
}

fn add_shift_jis(out: &mut Vec<Sample>, name: &'static str, page: &ShiftJisPage) {
    out.push(Sample {
        name,
        html: page.html().to_owned(),
        shift_jis: true,
    });
}

fn frame(lang: Lang, x: Fill<'_>) -> Frame {
    Frame::new(lang, format!("/pay/{}", x("k3v9x2m7")))
}

fn journey(lang: Lang, x: Fill<'_>, out: &mut Vec<Sample>) {
    let frame = frame(lang, x);
    let methods = ["netmile", "credit", "webcvs", "docomo", "new-method"];
    for (name, nothing_chosen) in [("method", false), ("method-missing", true)] {
        let page = MethodPage {
            checkout: checkout(lang, x),
            methods: methods.into_iter().map(x).collect(),
            nothing_chosen,
        };
        add(out, name, method_selection(&frame, &page));
    }
    let problems = [
        ("login", None),
        ("login-wrong", Some(LoginProblem::Wrong)),
        ("login-empty", Some(LoginProblem::Empty)),
        ("login-expired", Some(LoginProblem::Expired)),
    ];
    for (name, problem) in problems {
        let page = LoginPage {
            checkout: checkout(lang, x),
            login: x("taro"),
            problem,
            demo: demo(x),
        };
        add(out, name, login(&frame, &page));
    }
    let added = PaymentNotice::MilesAdded { miles: 200 };
    let states = [
        ("payment-short", 400, None),
        ("payment-zero", 0, Some(PaymentNotice::StillShort)),
        ("payment-confirming", 401, Some(PaymentNotice::Confirming)),
        ("payment-declined", 400, Some(PaymentNotice::PayPalDeclined)),
        ("payment-enough", 600, Some(added)),
        ("payment-rich", 1_000_000, Some(PaymentNotice::Changed)),
    ];
    for (name, balance_miles, notice) in states {
        let page = PaymentPage {
            checkout: checkout(lang, x),
            revision: x("r1"),
            member: x(both(lang, "太郎", "Taro")),
            balance_miles,
            campaigns: offers(lang, x),
            paypal: true,
            notice,
        };
        add(out, name, payment(&frame, &page));
    }
    let page = PaymentPage {
        checkout: Checkout {
            rows: Vec::new(),
            test_buttons: false,
            amount_yen: 9_999_999_999,
            ..checkout(lang, x)
        },
        member: x(both(lang, "太郎", "Taro")),
        ..PaymentPage::default()
    };
    add(out, "payment-nothing-on-offer", payment(&frame, &page));
}

fn campaigns(lang: Lang, x: Fill<'_>, out: &mut Vec<Sample>) {
    let frame = frame(lang, x);
    let mut fresh = registration(lang, x, &FieldKind::DEFAULT);
    for field in &mut fresh.fields {
        field.value.clear();
    }
    add(out, "campaign-form", registration_form(&frame, &fresh));
    let full = registration(lang, x, &FieldKind::ALL);
    add(out, "campaign-form-all", registration_form(&frame, &full));
    let mut wrong = full.clone();
    let problems = [
        FieldProblem::TooShort(4),
        FieldProblem::Malformed,
        FieldProblem::TooLong(40),
        FieldProblem::InFuture,
        FieldProblem::Missing,
    ];
    for (field, problem) in wrong.fields.iter_mut().zip(problems.into_iter().cycle()) {
        field.problem = Some(problem);
    }
    for field in &mut wrong.fields {
        if matches!(field.kind, FieldKind::Sex | FieldKind::Terms) {
            field.value.clear();
            field.problem = Some(FieldProblem::Missing);
        }
    }
    add(
        out,
        "campaign-form-wrong",
        registration_form(&frame, &wrong),
    );
    let six = registration(lang, x, &FieldKind::DEFAULT);
    add(out, "campaign-confirm", registration_confirm(&frame, &six));
    add(
        out,
        "campaign-confirm-all",
        registration_confirm(&frame, &full),
    );
    let results = [
        (
            "campaign-done",
            RegistrationResult::Done { balance_miles: 600 },
        ),
        ("campaign-confirming", RegistrationResult::Confirming),
        (
            "campaign-rejected",
            RegistrationResult::Rejected {
                reason: Some(x(both(lang, "すでに会員です", "already a member"))),
            },
        ),
        (
            "campaign-rejected-silently",
            RegistrationResult::Rejected { reason: None },
        ),
    ];
    for (name, result) in results {
        let page = RegistrationResultPage {
            session: x("k3v9x2m7"),
            campaign: head(lang, x, 0),
            registration_id: x("R0000000001"),
            result,
        };
        add(out, name, registration_result(&frame, &page));
    }
}

fn endings(lang: Lang, x: Fill<'_>, out: &mut Vec<Sample>) {
    let frame = frame(lang, x);
    let outcomes = [
        (
            "completion",
            Outcome::Paid {
                miles: 600,
                paypal_yen: 0,
                returned_miles: 6,
                balance_miles: Some(6),
            },
        ),
        (
            "completion-paypal",
            Outcome::Paid {
                miles: 400,
                paypal_yen: 100,
                returned_miles: 4,
                balance_miles: Some(4),
            },
        ),
        ("completion-applied", Outcome::Applied),
        ("completion-ended", Outcome::ContractEnded),
        ("completion-stored", Outcome::DataStored),
        ("completion-deleted", Outcome::DataDeleted),
    ];
    for (name, outcome) in outcomes {
        let page = CompletionPage {
            checkout: checkout(lang, x),
            method: x("netmile"),
            tracking_id: Some(x("00000000000042")),
            outcome,
            form: Some(return_form(x)),
        };
        add_shift_jis(out, name, &completion(&frame, &page));
    }
    let lost = CompletionPage {
        checkout: checkout(lang, x),
        method: x("credit"),
        tracking_id: None,
        outcome: Outcome::Paid {
            miles: 0,
            paypal_yen: 0,
            returned_miles: 0,
            balance_miles: None,
        },
        form: None,
    };
    add_shift_jis(out, "completion-no-return", &completion(&frame, &lost));
    let page = CancelPage {
        checkout: checkout(lang, x),
        form: return_form(x),
    };
    add_shift_jis(out, "cancelled", &cancelled(&frame, &page));
    let page = ErrorPage {
        checkout: checkout(lang, x),
        code: x("4301"),
        form: return_form(x),
    };
    add_shift_jis(out, "failed", &failed(&frame, &page));
    let page = PurchaseNgPage {
        checkout: checkout(lang, x),
        code: x("1301"),
        tracking_id: x("00000000000042"),
        attempts: attempts(x),
    };
    add(out, "purchase-ng", purchase_ng(&frame, &page));
}

fn other_methods(lang: Lang, x: Fill<'_>, out: &mut Vec<Sample>) {
    let frame = frame(lang, x);
    let kinds = [
        (
            "recurring-simple",
            RecurringKind::Simple,
            Some(1_000),
            false,
        ),
        ("recurring-short", RecurringKind::Simple, Some(401), false),
        (
            "recurring-metered",
            RecurringKind::FixedOrMetered,
            None,
            true,
        ),
    ];
    for (name, kind, balance_miles, apply_only) in kinds {
        let page = RecurringPage {
            checkout: checkout(lang, x),
            method: x("netmile"),
            revision: x("r1"),
            kind,
            last_month: Some(x("2026-12")),
            balance_miles,
            apply_only,
            campaigns: offers(lang, x),
        };
        add(out, name, recurring_application(&frame, &page));
    }
    let page = ContractCancelPage {
        checkout: checkout(lang, x),
        method: x("netmile"),
        revision: x("r1"),
        kind: RecurringKind::FixedOrMetered,
        tracking_id: x("00000000000042"),
        since: Some(x("2026-01-02")),
    };
    add(out, "recurring-cancel", contract_cancel(&frame, &page));
    let page = StandInPage {
        checkout: checkout(lang, x),
        method: x("credit"),
        revision: x("r1"),
    };
    add(out, "stand-in", stand_in(&frame, &page));
    let page = PayPalPage {
        checkout: checkout(lang, x),
        netmile_miles: 400,
        paypal_yen: 100,
        revision: x("r1"),
    };
    add(out, "paypal", paypal(&frame, &page));
    for (name, task) in [
        ("data-register", CustomerDataTask::Register),
        ("data-delete", CustomerDataTask::Delete),
    ] {
        let page = CustomerDataPage {
            session: x("k3v9x2m7"),
            shop: x(both(lang, "みどり文具店", "Midori Stationery")),
            customer: x("CUST****"),
            method: x("credit"),
            revision: x("r1"),
            task,
            test_buttons: true,
        };
        add(out, name, customer_data(&frame, &page));
    }
}

fn developer(lang: Lang, x: Fill<'_>, out: &mut Vec<Sample>) {
    let frame = Frame::new(lang, "/");
    let page = RefusedPage {
        code: x("5101"),
        function: x("A01-1"),
        reason: x(both(
            lang,
            "ハッシュが一致しません",
            "the hash does not match",
        )),
        field: Some(x("sps_hashcode")),
        rule: Some(x(both(
            lang,
            "UTF-8の値を定義順につなぎ、最後にハッシュキーを加える",
            "values in UTF-8 in definition order, the key at the end",
        ))),
        diagnosis: Some(x(both(
            lang,
            "Shift_JISで計算されています",
            "it was computed over Shift_JIS",
        ))),
    };
    add(out, "refused", refused(&frame, &page));
    let page = RefusedPage {
        code: x("5101"),
        function: x("A01-1"),
        reason: x(both(lang, "金額が小さすぎます", "the amount is too small")),
        ..RefusedPage::default()
    };
    add(out, "refused-short", refused(&frame, &page));
    for (name, good) in [("checker", true), ("checker-wrong", false)] {
        let problem = |text: &str| (!good).then(|| x(text));
        let checked = |name: &str, value: &str, problem| CheckedField {
            name: x(name),
            value: x(value),
            problem,
        };
        let page = CheckerPage {
            function: x("A01-1"),
            fields: vec![
                checked("pay_method", "netmile", None),
                checked(
                    "merchant_id",
                    "99999",
                    problem(both(lang, "数字5桁", "5 digits")),
                ),
                checked("item_name", "万年筆用インク 表・ソ", None),
                checked("success_url", "https://shop.example/netmile/success", None),
            ],
            hash: HashReport {
                matches: good,
                received: x("92984fec2eccb0fb2c17713a7e9beb10c7fa0712"),
                diagnosis: problem(both(
                    lang,
                    "項目の順序が違います",
                    "the order of the fields is wrong",
                )),
            },
            problems: problem(both(lang, "期限を過ぎています", "the request is too old"))
                .into_iter()
                .collect(),
            notice: attempts(x).into_iter().next(),
            success: Some(return_form(x)),
            cancel: Some(return_form(x)),
            error: Some(ReturnForm {
                action: format!("javascript:{}", x("alert(1)")),
                fields: Vec::new(),
            }),
        };
        add_shift_jis(out, name, &checker_report(&frame, &page));
    }
    for kind in Problem::ALL {
        let page = ProblemPage {
            problem: kind,
            detail: Some(x(both(
                lang,
                "項目 amount: 数字のみ",
                "field amount: digits only",
            ))),
        };
        let name = match kind {
            Problem::NotFound => "problem-not-found",
            Problem::BadRequest => "problem-bad-request",
            Problem::MethodNotAllowed => "problem-method",
            Problem::Conflict => "problem-conflict",
            Problem::Expired => "problem-expired",
            Problem::TooLarge => "problem-too-large",
            Problem::Internal => "problem-internal",
        };
        add(out, name, problem(&frame, &page));
    }
}

fn members(lang: Lang, x: Fill<'_>, out: &mut Vec<Sample>) {
    let frame = Frame::new(lang, "/member");
    for (name, problem) in [
        ("member-login", None),
        ("member-login-wrong", Some(LoginProblem::Wrong)),
    ] {
        let page = MemberLoginPage {
            login: x("taro"),
            problem,
            demo: demo(x),
        };
        add(out, name, member_login(&frame, &page));
    }
    let kinds = [
        PassbookKind::Adjustment,
        PassbookKind::Cancelled,
        PassbookKind::Recurring,
        PassbookKind::ReturnTakenBack,
        PassbookKind::Refund,
        PassbookKind::Return,
        PassbookKind::Payment,
        PassbookKind::Campaign,
        PassbookKind::MailClick,
        PassbookKind::Questionnaire,
        PassbookKind::Opening,
    ];
    let passbook = kinds
        .into_iter()
        .map(|kind| PassbookRow {
            at: x("2026-01-02 03:05"),
            kind,
            detail: x(both(lang, "みどり文具店", "Midori Stationery")),
            miles: if kind == PassbookKind::Payment {
                -600
            } else {
                1_200
            },
            balance_miles: (kind != PassbookKind::MailClick).then_some(1_234_567),
            due: (kind == PassbookKind::MailClick).then(|| x("2026-02-01")),
        })
        .collect();
    let earn = |id: &str, ja, en, done| EarnOffer {
        id: x(id),
        title: x(both(lang, ja, en)),
        miles: 50,
        done,
    };
    let page = MemberPage {
        name: x(both(lang, "太郎", "Taro")),
        balance_miles: 1_234_567,
        pending_miles: 1_200,
        passbook,
        questionnaires: vec![
            earn(
                "q1",
                "お買い物についてのアンケート",
                "About your shopping",
                false,
            ),
            earn("q2", "旅行についてのアンケート", "About your travels", true),
        ],
        mails: vec![earn(
            "m1",
            "あおぞら旅行のお知らせ",
            "News from Aozora Travel",
            false,
        )],
        notice: Some(MemberNotice::Earned { miles: 50 }),
    };
    add(out, "member", member(&frame, &page));
    let page = MemberPage {
        name: x(both(lang, "太郎", "Taro")),
        notice: Some(MemberNotice::AlreadyEarned),
        ..MemberPage::default()
    };
    add(out, "member-empty", member(&frame, &page));
    for (name, unanswered) in [("questionnaire", false), ("questionnaire-wrong", true)] {
        let page = QuestionnairePage {
            id: x("q1"),
            title: x(both(
                lang,
                "お買い物についてのアンケート",
                "About your shopping",
            )),
            miles: 50,
            questions: vec![Question {
                key: x("often"),
                text: x(both(
                    lang,
                    "インターネットで買い物をする頻度は?",
                    "How often do you shop online?",
                )),
                choices: vec![
                    (x("weekly"), x(both(lang, "毎週", "Every week"))),
                    (x("monthly"), x(both(lang, "毎月", "Every month"))),
                ],
                chosen: (!unanswered).then(|| x("monthly")),
                unanswered,
            }],
        };
        add(out, name, questionnaire(&frame, &page));
    }
}

fn manager(lang: Lang, x: Fill<'_>) -> Manager {
    Manager {
        name: x(both(lang, "みどり文具店", "Midori Stationery")),
        merchant_id: x("99999"),
        service_id: x("001"),
    }
}

fn management(lang: Lang, x: Fill<'_>, out: &mut Vec<Sample>) {
    let frame = Frame::new(lang, "/manage/payments?page=3");
    for (name, wrong) in [("manage-login", false), ("manage-login-wrong", true)] {
        let page = ManageLoginPage {
            merchant_id: x("99999"),
            service_id: x("001"),
            wrong,
        };
        add(out, name, manage_login(&frame, &page));
    }
    let rows = PaymentStatus::ALL
        .into_iter()
        .map(|status| PaymentRow {
            at: x("2026-01-02 03:05"),
            tracking_id: (status != PaymentStatus::Open).then(|| x("00000000000042")),
            order_id: x("ORDER-20260102-000000000000000000001"),
            method: x("netmile"),
            amount_yen: 1_234_567,
            status,
        })
        .collect();
    let page = PaymentsPage {
        manager: manager(lang, x),
        filter: PaymentFilter {
            status: Some(PaymentStatus::Paid),
            order_id: x("ORDER-1"),
        },
        page: 6,
        pages: 12,
        total: 1_150,
        rows,
    };
    add(out, "manage-list", payments(&frame, &page));
    let page = PaymentsPage {
        manager: manager(lang, x),
        page: 1,
        pages: 1,
        ..PaymentsPage::default()
    };
    add(out, "manage-list-empty", payments(&frame, &page));
    details(lang, x, out);
    let page = RefundDonePage {
        manager: manager(lang, x),
        tracking_id: x("00000000000042"),
        order_id: x("ORDER-0001"),
        amount_yen: 300,
        miles: 400,
        paypal_yen: 100,
        taken_back_miles: 4,
        at: x("2026-01-03 10:00"),
    };
    add(out, "manage-refunded", refund_done(&frame, &page));
}

fn details(lang: Lang, x: Fill<'_>, out: &mut Vec<Sample>) {
    let frame = Frame::new(lang, "/manage/payments/00000000000042");
    let until = x(both(lang, "2026年4月30日", "2026-04-30"));
    let states = [
        (
            "manage-detail",
            RefundState::Possible {
                until: until.clone(),
            },
            None,
        ),
        (
            "manage-detail-late",
            RefundState::TooLate { until },
            Some(ManageNotice::RefundRefused),
        ),
        (
            "manage-detail-refunded",
            RefundState::Done {
                at: x("2026-01-03 10:00"),
            },
            Some(ManageNotice::NoticeAccepted),
        ),
        (
            "manage-detail-open",
            RefundState::NotApplicable,
            Some(ManageNotice::NoticeFailed),
        ),
        (
            "manage-detail-ended",
            RefundState::NotApplicable,
            Some(ManageNotice::ContractEnded),
        ),
    ];
    for (name, refund, notice) in states {
        let contract = match name {
            "manage-detail-open" | "manage-detail-ended" => Some(ContractView {
                kind: RecurringKind::Simple,
                active: name == "manage-detail-open",
                last_month: Some(x("2026-12")),
            }),
            _ => None,
        };
        let page = PaymentDetailPage {
            manager: manager(lang, x),
            tracking_id: x("00000000000042"),
            order_id: x("ORDER-20260102-000000000000000000001"),
            item: x(both(lang, "万年筆用インク 表・ソ", "Fountain pen ink")),
            customer: x("CUST****"),
            member: x("ta**"),
            method: x("netmile"),
            amount_yen: 300,
            miles: 400,
            paypal_yen: 100,
            returned_miles: 4,
            status: PaymentStatus::Paid,
            paid_at: Some(x("2026-01-02 03:05:00")),
            refund,
            contract,
            notices: if name == "manage-detail-late" {
                Vec::new()
            } else {
                attempts(x)
            },
            timeline: timeline(x),
            notice,
        };
        add(out, name, payment_detail(&frame, &page));
    }
    start_page(lang, x, out);
}

fn timeline(x: Fill<'_>) -> Vec<TimelineEntry> {
    [
        TimelineEvent::Accepted,
        TimelineEvent::MethodChosen,
        TimelineEvent::LoggedIn,
        TimelineEvent::CampaignJoined,
        TimelineEvent::MilesCredited,
        TimelineEvent::Paid,
        TimelineEvent::NoticeSent,
        TimelineEvent::NoticeFailed,
        TimelineEvent::NoticeAccepted,
        TimelineEvent::ReturnShown,
        TimelineEvent::Cancelled,
        TimelineEvent::Failed,
        TimelineEvent::Refunded,
        TimelineEvent::ContractStarted,
        TimelineEvent::ContractBilled,
        TimelineEvent::ContractEnded,
    ]
    .into_iter()
    .map(|event| TimelineEntry {
        at: x("2026-01-02 03:05:00"),
        event,
        detail: x("600 mile"),
    })
    .collect()
}

fn start_page(lang: Lang, x: Fill<'_>, out: &mut Vec<Sample>) {
    let merchant = |name: &str, id: &str, methods: &[&str]| StartMerchant {
        name: x(name),
        merchant_id: x(id),
        service_id: x("001"),
        hash_key: Some(x("invented-key-of-the-demo-scenario-000001")),
        management_password: Some(x("demo-password")),
        methods: methods.iter().map(|tag| x(tag)).collect(),
    };
    let member = |ja, en, login: &str, balance_miles| StartMember {
        name: x(both(lang, ja, en)),
        login: x(login),
        password: x("demo-password"),
        balance_miles,
    };
    let page = StartPage {
        version: x("0.1.0"),
        now: x("2026-01-02 03:04:05"),
        url: x("http://127.0.0.1:40122"),
        merchants: vec![
            merchant(
                both(lang, "みどり文具店", "Midori Stationery"),
                "99999",
                &["netmile", "credit", "webcvs", "docomo", "paypay"],
            ),
            merchant(
                both(lang, "あかね書房", "Akane Books"),
                "99998",
                &["netmile"],
            ),
        ],
        members: vec![
            member("零", "Zero", "zero", 0),
            member("太郎", "Taro", "taro", 400),
            member("花子", "Hanako", "hanako", 1_000_000),
        ],
        shop_url: Some(format!("http://127.0.0.1:40121/{}", x(""))),
    };
    add(out, "start", start(&Frame::new(lang, "/"), &page));
}

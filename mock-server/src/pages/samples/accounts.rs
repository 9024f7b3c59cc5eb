use super::*;

pub(super) fn members(lang: Lang, x: Fill<'_>, out: &mut Vec<Sample>) {
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
        PassbookKind::Reward,
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
            miles: if matches!(kind, PassbookKind::Payment | PassbookKind::Reward) {
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
    let page = MemberPage {
        name: x(both(lang, "太郎", "Taro")),
        notice: Some(MemberNotice::Exchanged { miles: 1_000 }),
        ..MemberPage::default()
    };
    add(out, "member-exchanged", member(&frame, &page));
    exchanging(lang, x, out);
    earning(lang, x, out);
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

fn exchanging(lang: Lang, x: Fill<'_>, out: &mut Vec<Sample>) {
    let kind = |ja, en, rewards: &[(&str, &'static str, &'static str)]| RewardKind {
        name: x(both(lang, ja, en)),
        rewards: rewards
            .iter()
            .map(|(id, ja, en)| (x(id), x(both(lang, ja, en))))
            .collect(),
    };
    let page = RewardsPage {
        balance_miles: 12_400,
        least_miles: 500,
        kinds: vec![
            kind(
                "航空会社のマイル",
                "Airline miles",
                &[("air", "あおぞら航空", "Aozora Airlines")],
            ),
            kind(
                "現金",
                "Cash",
                &[
                    ("bank", "ひかり銀行", "Hikari Bank"),
                    ("broker", "みなと証券", "Minato Securities"),
                ],
            ),
        ],
    };
    let frame = Frame::new(lang, "/member/rewards");
    add(out, "rewards", rewards(&frame, &page));
    for (name, wrong, choices) in [
        ("reward", false, vec![500, 1_000, 10_000]),
        ("reward-wrong", true, vec![500]),
        ("reward-short", false, Vec::new()),
    ] {
        let page = RewardPage {
            id: x("air"),
            name: x(both(lang, "あおぞら航空", "Aozora Airlines")),
            kind: x(both(lang, "航空会社のマイル", "Airline miles")),
            balance_miles: 12_400,
            least_miles: 500,
            choices,
            token: x("k3v9x2m7"),
            wrong,
        };
        add(out, name, reward(&frame, &page));
    }
}

/// The pages behind the mile-get tag.
fn earning(lang: Lang, x: Fill<'_>, out: &mut Vec<Sample>) {
    let frame = Frame::new(lang, "/ctrl/user/uMilePublishInput.do?param1=8763");
    let site = both(lang, "みどり文具店", "Midori Stationery");
    let campaign = both(lang, "ご購入キャンペーン", "For your purchase");
    for (name, problem) in [
        ("mile-get", None),
        (
            "mile-get-unknown",
            Some((
                x("11022"),
                x(both(
                    lang,
                    "メールアドレスが登録されていません。",
                    "The mail address is not registered.",
                )),
            )),
        ),
    ] {
        let page = MileGetPage {
            site: x(site),
            campaign: x(campaign),
            miles: 1_200,
            action: x("/ctrl/user/uMilePublishInput.do"),
            hidden: vec![(x("q"), x("param1=8763&param2=46255"))],
            mail: x("taro@example.jp"),
            problem,
        };
        add(out, name, mile_get(&frame, &page));
    }
    let page = MileGotPage {
        site: x(site),
        campaign: x(campaign),
        miles: 1_200,
    };
    add(out, "mile-got", mile_got(&frame, &page));
    let page = MileRefusedPage {
        code: x("13005"),
        text: x(both(
            lang,
            "暗号化パラメーターに誤りがあります。",
            "The check value is not right.",
        )),
    };
    add(out, "mile-refused", mile_refused(&frame, &page));
}

fn manager(lang: Lang, x: Fill<'_>) -> Manager {
    Manager {
        name: x(both(lang, "みどり文具店", "Midori Stationery")),
        merchant_id: x("99999"),
        service_id: x("001"),
    }
}

pub(super) fn management(lang: Lang, x: Fill<'_>, out: &mut Vec<Sample>) {
    let frame = Frame::new(lang, "/manage/payments?page=3");
    for (name, wrong) in [("manage-login", false), ("manage-login-wrong", true)] {
        let page = ManageLoginPage {
            merchant_id: x("99999"),
            service_id: x("001"),
            payment: x("00000000000001"),
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
    let page = TermsPage {
        manager: Some(manager(lang, x)),
        netmile_permille: 50,
        paypal_permille: 36,
        paypal_fixed_yen: 40,
        example_fee_yen: 85,
        carry_below_yen: 10_000,
        quarterly: true,
    };
    add(
        out,
        "manage-terms",
        terms(&Frame::new(lang, "/manage/terms"), &page),
    );
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

use super::*;

pub(super) fn endings(lang: Lang, x: Fill<'_>, out: &mut Vec<Sample>) {
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

pub(super) fn other_methods(lang: Lang, x: Fill<'_>, out: &mut Vec<Sample>) {
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

pub(super) fn developer(lang: Lang, x: Fill<'_>, out: &mut Vec<Sample>) {
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

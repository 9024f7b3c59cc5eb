use super::*;

pub(super) fn journey(lang: Lang, x: Fill<'_>, out: &mut Vec<Sample>) {
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

pub(super) fn campaigns(lang: Lang, x: Fill<'_>, out: &mut Vec<Sample>) {
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

//! The calls of the reference API: one table for the router and for the OpenAPI document.
//!
//! Source: docs/reference-api.md.

/// A call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Op {
    Verify,
    Member,
    Passbook,
    Campaign,
    Sample,
    Issue,
    FindIssue,
    ByHand,
    File,
    Registration,
    Registrations,
    Completed,
    Errors,
    DeleteLists,
    History,
    Cancel,
    FindCancellation,
    Cancellation,
    Bill,
    Exchange,
    FindExchange,
}

/// Where a call is found, and what faults and the log call it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spec {
    pub(crate) op: Op,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) name: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) query: &'static [&'static str],
}

macro_rules! calls {
    ($($op:ident $method:literal $path:literal $name:literal $summary:literal [$($query:literal)*])*) => {
        /// Every signed call.
        pub(crate) const CALLS: &[Spec] = &[$(Spec {
            op: Op::$op,
            method: $method,
            path: $path,
            name: $name,
            summary: $summary,
            query: &[$($query),*],
        }),*];
    };
}

calls! {
    Verify "POST" "/v1/members/verify" "miles-verify" "Authenticates a member" []
    Member "GET" "/v1/members/{user_id}" "miles-ask-member" "Member information" []
    Passbook "GET" "/v1/members/{user_id}/passbook" "miles-ask-passbook" "Balance and pending deposits" []
    Campaign "GET" "/v1/campaigns/{campaign_id}" "miles-ask-campaign" "A campaign" []
    Sample "GET" "/v1/campaigns/{campaign_id}/samples/{sample}" "miles-ask-sample" "A sample mail" ["inserted_text"]
    Issue "POST" "/v1/issuances" "miles-issue" "One issue" []
    FindIssue "GET" "/v1/issuances" "miles-ask-issue" "What became of an issue" ["tran_id"]
    ByHand "POST" "/v1/registrations/by-hand" "miles-hand" "Up to ten rows by hand" []
    File "POST" "/v1/registrations/files" "miles-file" "A file" []
    Registration "GET" "/v1/registrations/{registration_id}" "miles-ask-registration" "A registration" []
    Registrations "GET" "/v1/registrations" "miles-ask-registrations" "Registrations by tran_id, or a search"
        ["tran_id" "campaign_id" "registration_id" "kind" "from" "to" "page"]
    Completed "GET" "/v1/registrations/{registration_id}/completed" "miles-ask-completed" "The completed list" []
    Errors "GET" "/v1/registrations/{registration_id}/errors" "miles-ask-errors" "The error list" []
    DeleteLists "DELETE" "/v1/registrations/{registration_id}/lists" "miles-lists" "Deletes both lists for good" []
    History "GET" "/v1/campaigns/{campaign_id}/history" "miles-ask-history" "The history of a campaign"
        ["key" "from" "to" "miles_from" "miles_to" "state" "sort" "page"]
    Cancel "POST" "/v1/cancellations" "miles-cancel" "Cancels issues" []
    FindCancellation "GET" "/v1/cancellations" "miles-ask-cancel" "What became of a cancellation" ["tran_id"]
    Cancellation "GET" "/v1/cancellations/{cancellation_id}" "miles-ask-cancellation" "A cancellation" []
    Bill "GET" "/v1/bills/{month}" "miles-ask-bill" "What a month costs" []
    Exchange "POST" "/v1/exchanges" "miles-exchange" "Exchanges points into miles" []
    FindExchange "GET" "/v1/exchanges" "miles-ask-exchange" "What became of an exchange" ["tran_id"]
}

/// The call of a method and path, with the parameters in the path as they were sent; fixed
/// segments come before parameters.
pub(crate) fn find<'a>(method: &str, path: &'a str) -> Option<(&'static Spec, Vec<&'a str>)> {
    let sent: Vec<&str> = path.split('/').collect();
    let fit = |spec: &'static Spec| {
        let template: Vec<&str> = spec.path.split('/').collect();
        if spec.method != method || template.len() != sent.len() {
            return None;
        }
        let mut parameters = Vec::new();
        for (want, is) in template.iter().zip(&sent) {
            if want.starts_with('{') && !is.is_empty() {
                parameters.push(*is);
            } else if want != is {
                return None;
            }
        }
        Some((spec, parameters))
    };
    let mut found: Vec<_> = CALLS.iter().filter_map(fit).collect();
    found.sort_by_key(|(_, parameters)| parameters.len());
    found.into_iter().next()
}

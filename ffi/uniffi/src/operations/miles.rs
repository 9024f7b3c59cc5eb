//! Miles.

use netmile::client::Transactions;
use netmile::miles::SampleKind;
use netmile::miles::tag::{MileTag, SignedTag};
use netmile::reference::Site;
use netmile::time::{Clock as _, SystemClock};
use netmile_ffi_runtime::config::one_of;
use netmile_ffi_runtime::{Context, FfiError};

use crate::convert::{invalid, limit, month, timestamp};
use crate::records::Limit;
use crate::seen::Seen;
use crate::shapes::mile_campaigns::{
    CampaignId, CampaignInfo, DeletionOutcome, FoundRegistration, HistoryPage, HistoryQuery,
    ListFile, MileBill, MileRegistration, MonthRef, RegistrationPage, RegistrationQuery,
    RegistrationRef, SampleMailText, SampleQuery, TranRef,
};
use crate::shapes::mile_tags::{TagCheck, TagContents, TagRequest, TagText};
use crate::shapes::miles::{
    CancellationId, HandIssueOutcome, HandIssueRequest, IssueOutcome, IssueRequest,
    MileCancelOutcome, MileCancelRequest, MileCancellation, MileKind, MileTask, MileTasks, TaskId,
    TaskQuery, TaskReview, cancel_reason,
};

type Answer<T> = Result<T, FfiError>;

pub(super) async fn issue(context: &Context, request: IssueRequest) -> Answer<IssueOutcome> {
    let request = request.to_core()?.seen();
    Ok(context.client.miles().issue(&request).await?.seen().into())
}

pub(super) async fn by_hand(
    context: &Context,
    request: HandIssueRequest,
) -> Answer<HandIssueOutcome> {
    let request = request.to_core()?.seen();
    Ok(context
        .client
        .miles()
        .issue_by_hand(&request)
        .await?
        .seen()
        .into())
}

pub(super) async fn cancel(
    context: &Context,
    asked: MileCancelRequest,
) -> Answer<MileCancelOutcome> {
    let reason = cancel_reason(&asked.reason)?;
    let miles = context.client.miles();
    let cancelled = miles.cancel(&asked.tran_id, &asked.issuance_ids, reason);
    Ok(cancelled.await?.seen().into())
}

pub(super) async fn cancellation(
    context: &Context,
    asked: CancellationId,
) -> Answer<MileCancellation> {
    let miles = context.client.miles();
    Ok(miles
        .cancellation(&asked.cancellation_id)
        .await?
        .seen()
        .into())
}

/// Does the same for the kind of task that is named.
macro_rules! of_kind {
    ($context:ident, $kind:expr, |$tasks:ident| $do:expr) => {
        match $kind.as_str() {
            "issue" => {
                let $tasks = $context.client.miles().issues();
                $do
            }
            "by_hand" => {
                let $tasks = $context.client.miles().by_hand();
                $do
            }
            "cancel" => {
                let $tasks = $context.client.miles().cancels();
                $do
            }
            _ => return Err(invalid("kind", "must be issue, by_hand or cancel").into()),
        }
    };
}

pub(super) async fn task(context: &Context, asked: TaskId) -> Answer<MileTask> {
    Ok(of_kind!(context, asked.kind, |tasks| tasks
        .get(&asked.tran_id)
        .await?
        .seen()
        .into()))
}

async fn listed<T: MileKind>(
    tasks: Transactions<'_, T>,
    query: &TaskQuery,
) -> Answer<Vec<MileTask>> {
    let after = match &query.after {
        Some(tran_id) => Some(tasks.get(tran_id).await?.seen()),
        None => None,
    };
    let found = tasks
        .list(&query.phases()?, after.as_ref(), limit(query.limit)?)
        .await?
        .seen();
    Ok(found.into_iter().map(Into::into).collect())
}

pub(super) async fn tasks(context: &Context, query: TaskQuery) -> Answer<MileTasks> {
    let tasks = of_kind!(context, query.kind, |tasks| listed(tasks, &query)
        .await?
        .seen());
    Ok(MileTasks { tasks })
}

pub(super) async fn unresolved(context: &Context, asked: Limit) -> Answer<MileTasks> {
    let (miles, most) = (context.client.miles(), limit(asked.limit)?);
    let mut tasks: Vec<MileTask> = Vec::new();
    tasks.extend(
        miles
            .issues()
            .unresolved(most)
            .await?
            .seen()
            .into_iter()
            .map(Into::into),
    );
    tasks.extend(
        miles
            .by_hand()
            .unresolved(most)
            .await?
            .seen()
            .into_iter()
            .map(Into::into),
    );
    tasks.extend(
        miles
            .cancels()
            .unresolved(most)
            .await?
            .seen()
            .into_iter()
            .map(Into::into),
    );
    tasks.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    Ok(MileTasks { tasks })
}

pub(super) async fn resolve(context: &Context, asked: TaskId) -> Answer<MileTask> {
    Ok(of_kind!(context, asked.kind, |tasks| tasks
        .resolve(&asked.tran_id)
        .await?
        .seen()
        .into()))
}

async fn reviewed<T: MileKind>(
    tasks: Transactions<'_, T>,
    review: &TaskReview,
) -> Answer<MileTask> {
    let verdict = review.to_core::<T>()?;
    Ok(tasks.review(&review.tran_id, verdict).await?.seen().into())
}

pub(super) async fn review(context: &Context, found: TaskReview) -> Answer<MileTask> {
    Ok(of_kind!(context, found.kind, |tasks| reviewed(
        tasks, &found
    )
    .await?
    .seen()))
}

pub(super) async fn campaign(context: &Context, asked: CampaignId) -> Answer<CampaignInfo> {
    let miles = context.client.miles();
    Ok(miles.campaign(&asked.campaign_id).await?.seen().into())
}

pub(super) async fn sample_mail(context: &Context, asked: SampleQuery) -> Answer<SampleMailText> {
    const KINDS: [(SampleKind, &str); 2] = [
        (SampleKind::Deposit, "deposit"),
        (SampleKind::MemberRegistration, "member_registration"),
    ];
    let (kind, _) = one_of("kind", &KINDS, |(_, name)| name, &asked.kind)?;
    let miles = context.client.miles();
    let sample = miles
        .sample_mail(&asked.campaign_id, kind, asked.inserted_text.as_deref())
        .await?
        .seen();
    Ok(SampleMailText {
        subject: sample.subject,
        body: sample.body,
    })
}

pub(super) async fn registration(
    context: &Context,
    asked: RegistrationRef,
) -> Answer<MileRegistration> {
    let registrations = context.client.miles().registrations();
    Ok(registrations
        .get(&asked.registration_id)
        .await?
        .seen()
        .into())
}

pub(super) async fn find_registration(
    context: &Context,
    asked: TranRef,
) -> Answer<FoundRegistration> {
    let registrations = context.client.miles().registrations();
    let found = registrations.find(&asked.tran_id).await?.seen();
    Ok(FoundRegistration {
        registration: found.map(Into::into),
    })
}

pub(super) async fn registrations(
    context: &Context,
    query: RegistrationQuery,
) -> Answer<RegistrationPage> {
    let search = query.to_core()?.seen();
    let page = context
        .client
        .miles()
        .registrations()
        .search(&search)
        .await?
        .seen();
    Ok(RegistrationPage {
        total: crate::convert::signed(page.total),
        page: crate::convert::signed(page.page),
        pages: crate::convert::signed(page.pages),
        items: page.items.into_iter().map(Into::into).collect(),
    })
}

pub(super) async fn completed_list(context: &Context, asked: RegistrationRef) -> Answer<ListFile> {
    let registrations = context.client.miles().registrations();
    let file = registrations.completed(&asked.registration_id).await?;
    Ok(ListFile { file })
}

pub(super) async fn error_list(context: &Context, asked: RegistrationRef) -> Answer<ListFile> {
    let registrations = context.client.miles().registrations();
    let file = registrations.errors(&asked.registration_id).await?;
    Ok(ListFile { file })
}

pub(super) async fn delete_lists(
    context: &Context,
    asked: RegistrationRef,
) -> Answer<DeletionOutcome> {
    let registrations = context.client.miles().registrations();
    let deleted = registrations.delete_lists(&asked.registration_id);
    Ok(deleted.await?.seen().into())
}

pub(super) async fn history(context: &Context, query: HistoryQuery) -> Answer<HistoryPage> {
    let search = query.to_core()?.seen();
    let history = context.client.miles().history();
    Ok(history
        .search(&query.campaign_id, &search)
        .await?
        .seen()
        .into())
}

pub(super) async fn bill(context: &Context, asked: MonthRef) -> Answer<MileBill> {
    let month = month("month", &asked.month)?;
    Ok(context.client.miles().bill(month).await?.seen().into())
}

pub(super) async fn tag(context: &Context, asked: TagRequest) -> Answer<TagText> {
    let (tag, origin) = (asked.tag()?, asked.origin()?);
    match (&asked.tran_id, asked.expires_at_ms) {
        (None, None) => Ok(TagText {
            signed: false,
            url: tag.url(&origin),
            html: tag.html(&origin),
        }),
        (Some(tran_id), Some(expires_at)) => {
            let site = own_site(context, &asked.site_id)?;
            let signed = SignedTag::new(tag, tran_id, timestamp(expires_at))?;
            let (key, secret) = (site.key_id(), site.secret().expose().as_bytes());
            Ok(TagText {
                signed: true,
                url: signed.url(&origin, key, secret)?,
                html: signed.html(&origin, key, secret)?,
            })
        }
        _ => Err(invalid("expires_at_ms", "must be given with tran_id, and only then").into()),
    }
}

fn own_site<'a>(context: &'a Context, site_id: &str) -> netmile::Result<&'a Site> {
    let site = context.client.site()?;
    if site.id() == site_id {
        Ok(site)
    } else {
        Err(invalid("site_id", "must be the site of the client"))
    }
}

pub(super) async fn read_tag(context: &Context, asked: TagCheck) -> Answer<TagContents> {
    if !asked.signed {
        return Ok(TagContents::new(&MileTag::parse(&asked.tag)?, None));
    }
    let site = context.client.site()?;
    let now = asked.at_ms.map_or_else(|| SystemClock.now(), timestamp);
    let secret_of = |of: &str, key: &str| {
        let ours = of == site.id() && key == site.key_id();
        ours.then(|| site.secret().expose().as_bytes())
    };
    let signed = SignedTag::verify(&asked.tag, secret_of, now)?;
    let as_said = Some((signed.tran_id(), signed.expires_at()));
    Ok(TagContents::new(signed.tag(), as_said))
}

//! Statements against the journal.

use netmile::settlement::reconcile::RepairStep;
use netmile_ffi_runtime::{Context, FfiError};

use crate::convert::invalid;
use crate::shapes::settlement::{
    ReconciliationReport, RepairReport, RepairRequest, RepairResult, StatementRequest,
    StatementSummary,
};

type Answer<T> = Result<T, FfiError>;

pub(super) async fn read(_: &Context, request: StatementRequest) -> Answer<StatementSummary> {
    Ok((&request.read()?).into())
}

async fn compare(
    context: &Context,
    request: &StatementRequest,
) -> Answer<(ReconciliationReport, Vec<RepairStep>)> {
    let (statement, terms) = (request.read()?, request.agreed()?);
    let is_whole = statement.end.is_proven_whole;
    let found = context.client.reconcile(statement, &terms).await?;
    let plan = found.repair_plan();
    let report = ReconciliationReport::new(&found, is_whole, &plan, context.config().lang);
    Ok((report, plan))
}

pub(super) async fn reconcile(
    context: &Context,
    request: StatementRequest,
) -> Answer<ReconciliationReport> {
    Ok(compare(context, &request).await?.0)
}

pub(super) async fn repair(context: &Context, request: RepairRequest) -> Answer<RepairReport> {
    let (report, plan) = compare(context, &request.statement).await?;
    let chosen: Vec<usize> = match &request.steps {
        None => (0..plan.len()).collect(),
        Some(steps) => steps
            .iter()
            .map(|step| {
                usize::try_from(*step)
                    .ok()
                    .filter(|step| *step < plan.len())
                    .ok_or_else(|| invalid("steps", "must be numbers of steps of the plan"))
            })
            .collect::<netmile::Result<_>>()?,
    };
    let steps: Vec<_> = chosen
        .iter()
        .filter_map(|step| plan.get(*step).cloned())
        .collect();
    let repaired = context.client.repair(&steps).await?;
    Ok(RepairReport {
        report,
        repaired: chosen
            .into_iter()
            .zip(repaired)
            .map(|(step, repaired)| RepairResult::new(step, repaired))
            .collect(),
    })
}

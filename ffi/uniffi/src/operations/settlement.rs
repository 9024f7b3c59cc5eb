//! Statements against the journal.

use std::collections::{BTreeMap, BTreeSet};

use netmile::settlement::reconcile::RepairStep;
use netmile_ffi_runtime::{Context, FfiError};

use crate::convert::invalid;
use crate::seen::Seen;
use crate::shapes::settlement::{
    ReconciliationReport, RepairReport, RepairRequest, RepairResult, StatementRequest,
    StatementSummary,
};

type Answer<T> = Result<T, FfiError>;

pub(super) async fn read(_: &Context, request: StatementRequest) -> Answer<StatementSummary> {
    Ok((&request.read()?).into())
}

/// Each step with its id. Steps that do the very same get a number behind it.
type Plan = Vec<(String, RepairStep)>;

fn named(plan: Vec<RepairStep>) -> Plan {
    let mut seen = BTreeMap::<String, usize>::new();
    let mut name = |step: RepairStep| {
        let id = step.id();
        let times = seen.entry(id.clone()).or_default();
        *times += 1;
        match *times {
            1 => (id, step),
            times => (format!("{id}-{times}"), step),
        }
    };
    plan.into_iter().map(&mut name).collect()
}

async fn compare(
    context: &Context,
    request: &StatementRequest,
) -> Answer<(ReconciliationReport, Plan)> {
    let (statement, terms) = (request.read()?, request.agreed()?);
    let is_whole = statement.end.is_proven_whole;
    let found = context.client.reconcile(statement, &terms).await?.seen();
    let plan = named(found.repair_plan());
    let report = ReconciliationReport::new(&found, is_whole, &plan, context.config().lang);
    Ok((report, plan))
}

pub(super) async fn reconcile(
    context: &Context,
    request: StatementRequest,
) -> Answer<ReconciliationReport> {
    Ok(compare(context, &request).await?.seen().0)
}

/// The steps of these ids, in the order of the plan.
fn chosen(plan: Plan, wanted: Option<&[String]>) -> netmile::Result<Plan> {
    let Some(wanted) = wanted else {
        return Ok(plan);
    };
    let wanted: BTreeSet<&str> = wanted.iter().map(String::as_str).collect();
    let known: BTreeSet<&str> = plan.iter().map(|(id, _)| id.as_str()).collect();
    if !wanted.is_subset(&known) {
        return Err(invalid(
            "steps",
            "must be ids of steps of the plan as it is now: compare again",
        ));
    }
    let wanted: BTreeSet<String> = wanted.into_iter().map(str::to_owned).collect();
    let taken = plan.into_iter().filter(|(id, _)| wanted.contains(id));
    Ok(taken.collect())
}

pub(super) async fn repair(context: &Context, request: RepairRequest) -> Answer<RepairReport> {
    let (report, plan) = compare(context, &request.statement).await?.seen();
    let (ids, steps): (Vec<_>, Vec<_>) =
        chosen(plan, request.steps.as_deref())?.into_iter().unzip();
    let repaired = context.client.repair(&steps).await?.seen();
    Ok(RepairReport {
        report,
        repaired: ids
            .into_iter()
            .zip(repaired)
            .map(|(id, repaired)| RepairResult::new(id, repaired))
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use netmile::Yen;
    use netmile::settlement::reconcile::{Cause, Repair};

    fn step(order_id: &str, line: u64) -> RepairStep {
        RepairStep {
            repair: Repair::ConfirmPaid {
                order_id: order_id.to_owned(),
                tracking_id: None,
                amount: Yen::new(100),
            },
            cause: Cause::FoundInFile,
            record: None,
            line: Some(line),
            at: None,
        }
    }

    #[test]
    fn a_step_is_chosen_by_what_it_does_not_by_its_place() {
        let first = named(vec![step("A-1", 2), step("A-2", 3), step("A-2", 3)]);
        let wanted = vec![first[1].0.clone()];
        // Another process has settled the first one meanwhile.
        let later = named(vec![step("A-2", 3), step("A-2", 3)]);
        let taken = chosen(later, Some(&wanted)).unwrap();
        assert_eq!(taken.len(), 1);
        assert_eq!(taken[0].1, step("A-2", 3));
        assert_ne!(first[1].0, first[2].0);
        let gone = vec![first[0].0.clone()];
        let later = named(vec![step("A-2", 3)]);
        let error = chosen(later.clone(), Some(&gone)).unwrap_err();
        assert_eq!(error.field_name(), Some("steps"));
        assert_eq!(chosen(later, None).unwrap().len(), 1);
    }
}

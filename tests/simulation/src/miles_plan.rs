//! What a flow about miles is, drawn from its seed: issues, issues by hand, cancels, exchanges of points.

use crate::dice::Dice;
use crate::drop_flow;
use crate::plan::{Act, DAY, HOUR, Plan, Way, pause};

/// Miles of a point in every exchange.
pub const MILES_PER_POINT: u64 = 2;

/// One reward, or one exchange: what a customer is to get once, under however many names.
#[derive(Clone, Debug)]
pub struct Reward {
    /// Miles; for an exchange twice the points.
    pub miles: u64,
    /// The customer is a member of NetMile's.
    pub is_member: bool,
}

/// What is special to a flow about miles.
#[derive(Clone, Debug, Default)]
pub struct MilesPlan {
    /// What customers are to get.
    pub rewards: Vec<Reward>,
    /// Days until the campaign opens; before it everything is refused.
    pub opens_in: u8,
    /// Days until issued miles are deposited; 0: at once.
    pub usable_after: u16,
    /// What was usable at once can be cancelled all the same.
    pub at_once_cancellable: bool,
    /// Every issue has so many miles, and the shop leaves them out.
    pub fixed: Option<u64>,
    /// The shop names customers by the user id that it asked for.
    pub by_user_id: bool,
}

/// Whether the flow of a seed is about miles, and what it is then.
pub(crate) fn draw(seed: u64) -> Option<(Way, Dice)> {
    let mut dice = Dice::new(seed, 3);
    let about_miles = dice.chance(200);
    let way = match dice.below(100) {
        0..40 => Way::Issue,
        40..55 => Way::ByHand,
        _ => Way::Exchange,
    };
    about_miles.then_some((way, dice))
}

/// Whether the flow of a seed is an exchange by the hosted drop.
pub(crate) fn is_by_drop(seed: u64) -> bool {
    draw(seed).is_some_and(|(way, _)| way == Way::Exchange) && drop_flow::is_drop(seed)
}

/// Whether the flow of a seed is about miles.
#[must_use]
pub fn is_about_miles(seed: u64) -> bool {
    draw(seed).is_some()
}

/// Fills a plan.
pub(crate) fn fill(plan: &mut Plan, dice: &mut Dice) {
    let count = match plan.way {
        Way::ByHand => dice.between(1, 5),
        _ => dice.between(1, 3),
    };
    let by_user_id = plan.way != Way::ByHand && dice.chance(300);
    let fixed = (plan.way != Way::Exchange && dice.chance(250)).then(|| dice.between(1, 500));
    let rewards = (0..count).map(|_| Reward {
        miles: fixed.unwrap_or_else(|| dice.between(1, 5000) * MILES_PER_POINT),
        is_member: by_user_id || dice.chance(900),
    });
    plan.miles_plan = MilesPlan {
        rewards: rewards.collect(),
        opens_in: if dice.chance(200) { 1 } else { 0 },
        usable_after: match dice.below(4) {
            0 | 1 => 0,
            2 => 1,
            _ => u16::try_from(dice.between(2, 60)).unwrap_or(2),
        },
        at_once_cancellable: dice.chance(500),
        fixed,
        by_user_id,
    };
    plan.script = script(plan, dice);
}

fn script(plan: &Plan, dice: &mut Dice) -> Vec<Act> {
    let mut script = Vec::new();
    let rewards = plan.miles_plan.rewards.len();
    if plan.way == Way::ByHand {
        script.push(Act::Hand);
    }
    for number in 0..rewards {
        match plan.way {
            Way::Exchange => script.push(Act::Exchange(number)),
            Way::Issue => script.push(Act::Reward(number)),
            _ => {}
        }
        pause(dice, &mut script);
    }
    if plan.way == Way::Exchange {
        return script;
    }
    for number in 0..rewards {
        if dice.chance(350) {
            if dice.chance(400) {
                script.push(Act::Wait(dice.between(1, 3) * DAY));
            }
            script.push(Act::CancelReward(number));
            if dice.chance(200) {
                script.push(Act::CancelReward(number));
            }
            script.push(Act::Wait(dice.between(1, 100) * HOUR));
            script.push(Act::AskCancel(number));
        }
    }
    script
}

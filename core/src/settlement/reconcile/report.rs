//! The reconciliation as a text.

use std::fmt::Write as _;

use super::entry::{Class, Verdict};
use super::repair::RepairStep;
use super::{Reconciliation, Tally};
use crate::lang::Lang;

/// Most lines of each list; further ones are counted.
const MAX_LINES: usize = 50;

impl Reconciliation {
    /// The result as a text of some lines: counts and yen of each class, verdicts, commission and payout, and what to
    /// do. Names orders, no customers.
    #[must_use]
    pub fn summary(&self, lang: Lang) -> String {
        let mut out = String::new();
        let period = self.period;
        line(
            &mut out,
            &match lang {
                Lang::En => format!("Reconciliation of {period}"),
                Lang::Ja => format!("突合結果（{period}）"),
            },
        );
        if !self.is_proven_whole {
            line(
                &mut out,
                lang.pick(
                    "The file has no sums that prove it whole: what it lacks proves nothing.",
                    "ファイルに合計行がないため、記載がないことは不成立の証明になりません。",
                ),
            );
        }
        line(&mut out, "");
        for class in Class::ALL {
            let tally = self.tally(class);
            if tally != Tally::default() || class == Class::Match {
                line(&mut out, &counts(class.text(lang), tally, lang));
            }
        }
        line(
            &mut out,
            &counts(lang.pick("total", "合計"), self.total, lang),
        );
        self.verdicts(&mut out, lang);
        self.money(&mut out, lang);
        self.plan(&mut out, lang);
        out
    }

    fn verdicts(&self, out: &mut String, lang: Lang) {
        let count = |verdict| {
            self.entries
                .iter()
                .filter(|e| e.verdict == Some(verdict))
                .count()
        };
        let shares: Vec<_> = [
            (Verdict::Paid, "paid", "支払い成立"),
            (Verdict::NotPaid, "not paid", "支払い不成立"),
            (Verdict::Refunded, "refunded", "返金成立"),
            (Verdict::NotRefunded, "not refunded", "返金不成立"),
            (Verdict::Undecided, "still unknown", "不明のまま"),
        ]
        .into_iter()
        .map(|(verdict, en, ja)| (count(verdict), lang.pick(en, ja)))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| match lang {
            Lang::En => format!("{count} {name}"),
            Lang::Ja => format!("{name} {count} 件"),
        })
        .collect();
        if !shares.is_empty() {
            line(out, "");
            line(
                out,
                &match lang {
                    Lang::En => format!("Outcomes that were not known: {}", shares.join(", ")),
                    Lang::Ja => format!("結果不明だった処理：{}", shares.join("、")),
                },
            );
        }
    }

    fn money(&self, out: &mut String, lang: Lang) {
        line(out, "");
        let (checked, differences) = (self.fees_checked, self.fee_differences.len());
        line(
            out,
            &match lang {
                Lang::En => format!("Commission: {checked} checked, {differences} differ"),
                Lang::Ja => format!("手数料：確認 {checked} 件、相違 {differences} 件"),
            },
        );
        list(out, lang, self.fee_differences.iter().map(|d| d.text(lang)));
        let differences = self.payout_differences.len();
        line(
            out,
            &match lang {
                Lang::En => format!("Payout: {differences} differences"),
                Lang::Ja => format!("入金：相違 {differences} 件"),
            },
        );
        list(
            out,
            lang,
            self.payout_differences.iter().map(|d| d.text(lang)),
        );
    }

    fn plan(&self, out: &mut String, lang: Lang) {
        let plan = self.repair_plan();
        line(out, "");
        if plan.is_empty() {
            line(out, lang.pick("Nothing to do.", "対応は不要です。"));
            return;
        }
        line(
            out,
            &match lang {
                Lang::En => format!("To do ({}):", plan.len()),
                Lang::Ja => format!("対応事項（{} 件）：", plan.len()),
            },
        );
        list(out, lang, plan.iter().map(|step| todo(step, lang)));
    }
}

fn counts(name: &str, tally: Tally, lang: Lang) -> String {
    let Tally {
        file_count,
        file_yen,
        journal_count,
        journal_yen,
    } = tally;
    match lang {
        Lang::En => format!(
            "{name}: file {file_count} ({file_yen} yen), journal {journal_count} ({journal_yen} yen)"
        ),
        Lang::Ja => format!(
            "{name}：ファイル {file_count} 件（{file_yen} 円）、記録 {journal_count} 件（{journal_yen} 円）"
        ),
    }
}

fn todo(step: &RepairStep, lang: Lang) -> String {
    let mut text = step.repair.text(lang).to_owned();
    let order = step.repair.order_id();
    if !order.is_empty() {
        text += &match lang {
            Lang::En => format!(", order {order}"),
            Lang::Ja => format!("・注文 {order}"),
        };
    }
    if let Some(tracking) = step.repair.tracking_id() {
        text += &match lang {
            Lang::En => format!(", tracking id {tracking}"),
            Lang::Ja => format!("・トラッキングID {tracking}"),
        };
    }
    if let Some(at) = step.line {
        text += &match lang {
            Lang::En => format!(", line {at}"),
            Lang::Ja => format!("・{at} 行目"),
        };
    }
    text + lang.pick(": ", "：") + step.reason(lang)
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn list(out: &mut String, lang: Lang, items: impl ExactSizeIterator<Item = String>) {
    let more = items.len().saturating_sub(MAX_LINES);
    for item in items.take(MAX_LINES) {
        line(out, &format!("  - {item}"));
    }
    if more > 0 {
        let _ = match lang {
            Lang::En => writeln!(out, "  … and {more} more"),
            Lang::Ja => writeln!(out, "  … ほか {more} 件"),
        };
    }
}

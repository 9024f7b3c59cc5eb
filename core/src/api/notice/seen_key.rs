//! The key by which a notice is applied only once.

use super::model::{ApiNotice, NoticeKind};

impl ApiNotice {
    /// Names what the notice reports, so that a repeat of it is recognised, whenever it was signed.
    ///
    /// Made of merchant, service, function and `tracking_id`; of a deposit also `rec_type`, the cumulative amount
    /// (where there is none, the amount) and `rec_datetime`. Each part is written with its length, so no two different
    /// lists of parts give the same key. It holds nothing personal.
    #[must_use]
    pub fn seen_key(&self) -> String {
        let id = self.contract_id();
        let mut parts = vec![
            "api".to_owned(),
            id.merchant_id.clone(),
            id.service_id.clone(),
            self.function().to_string(),
            self.tracking_id().to_owned(),
        ];
        match self.kind() {
            NoticeKind::Deposit(deposit) => {
                parts.push(deposit.kind.code().to_string());
                match deposit.total {
                    Some(total) => parts.extend(["total".to_owned(), total.to_string()]),
                    None => parts.extend(["single".to_owned(), deposit.amount.to_string()]),
                }
                // The same sum may be deposited, taken back, and deposited again.
                parts.push(self.received().unwrap_or_default().to_owned());
            }
            NoticeKind::Expired => {}
            // What cannot be read is told apart by when it was said.
            NoticeKind::Other => parts.push(self.request_date().to_jst()),
        }
        parts
            .iter()
            .map(|part| format!("{}:{part}", part.len()))
            .collect::<Vec<_>>()
            .join("|")
    }
}

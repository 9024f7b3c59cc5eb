//! The mails that were sent: made up when somebody looks.

use serde::{Deserialize, Serialize};

use super::{
    record::SentMail,
    state::{ISSUANCE, Office, REGISTRATION, id},
};
use crate::clock;

/// A mail that was sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct MailView {
    /// Number, from 1.
    pub id: u64,
    /// Instant.
    pub at: String,
    /// `deposit` to a member, `finished` to an operator.
    pub kind: String,
    /// Address.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Body.
    pub body: String,
    /// Issue or registration that it is about.
    pub about: String,
}

impl Office {
    /// The mails after number `after`, oldest first, at most `limit`.
    #[must_use]
    pub fn mails(&self, after: u64, limit: usize) -> Vec<MailView> {
        let skip = usize::try_from(after).unwrap_or(usize::MAX);
        let mails = self.mails.iter().enumerate().skip(skip).take(limit);
        mails
            .filter_map(|(at, mail)| self.mail_view(at, *mail))
            .collect()
    }

    fn mail_view(&self, place: usize, mail: SentMail) -> Option<MailView> {
        let number = u64::try_from(place).ok()? + 1;
        match mail {
            SentMail::Deposited { at, issuance } => {
                let of = self.issuance(issuance)?;
                let settings = self.registration(of.registration).map(|r| &r.settings);
                let inserted = settings.map_or("", |s| s.inserted_text.as_str());
                let miles = Some(u64::from(of.miles));
                let text = self.deposit_mail(of.campaign, miles, inserted);
                Some(MailView {
                    id: number,
                    at: clock::rfc3339(at),
                    kind: "deposit".to_owned(),
                    to: self.terms.people.mail(of.person).into_owned(),
                    subject: text.subject,
                    body: text.body,
                    about: id(ISSUANCE, issuance),
                })
            }
            SentMail::Finished { at, registration } => {
                let of = self.registration(registration)?;
                let file = of.file.as_ref()?;
                let about = id(REGISTRATION, registration);
                Some(MailView {
                    id: number,
                    at: clock::rfc3339(at),
                    kind: "finished".to_owned(),
                    to: file.notify.clone()?,
                    subject: format!("マイル発行処理が完了しました({about})"),
                    body: format!(
                        "発行登録ID: {about}\n登録ファイル: {}\n処理レコード数: {}\nエラーレコード数: {}\n",
                        file.name, of.records, of.errors,
                    ),
                    about,
                })
            }
        }
    }
}

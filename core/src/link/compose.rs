//! From the values of a request to its signed form: the one place that trims, encodes, checks and hashes.

use std::borrow::Cow;

use crate::contract::Contract;
use crate::error::{Error, ErrorKind, Result};
use crate::link::detail::{DetailRow, MAX_ROWS};
use crate::link::fields;
use crate::link::limit::LimitSeconds;
use crate::link::order::{Order, ROW};
use crate::link::return_urls::ReturnUrls;
use crate::link::signed_form::SignedForm;
use crate::time::Timestamp;
use crate::wire::hash::{LinkHasher, hex_lower};
use crate::wire::text::{TextPolicy, encode};

/// What every request has in common.
pub(crate) struct Composer<'a> {
    pub(crate) contract: &'a Contract,
    pub(crate) order: &'static Order,
    pub(crate) urls: &'a ReturnUrls,
    pub(crate) at: Timestamp,
    pub(crate) limit: LimitSeconds,
    pub(crate) policy: &'a TextPolicy,
}

impl<'a> Composer<'a> {
    /// Composes and signs. `value` gives the fields that are the request's own; blank for those it does not use.
    pub(crate) fn sign<'v>(
        &self,
        action: &str,
        rows: &[DetailRow],
        value: impl Fn(&'static str) -> Cow<'v, str>,
    ) -> Result<SignedForm> {
        self.urls.check()?;
        if rows.len() > MAX_ROWS {
            return Err(Error::field(
                ErrorKind::TooLarge,
                "dtl_rowno",
                "must be at most 999 rows",
            ));
        }
        let id = self.contract.id();
        let resolve = |name: &'static str| -> Cow<'_, str> {
            match name {
                "merchant_id" => Cow::Borrowed(&id.merchant_id),
                "service_id" => Cow::Borrowed(&id.service_id),
                "request_date" => self.at.to_jst().into(),
                "limit_second" => self.limit.get().to_string().into(),
                _ => match self.urls.value(name) {
                    Some(url) => Cow::Borrowed(url),
                    None => value(name),
                },
            }
        };
        let names = self.order.head.len() + rows.len() * ROW.len() + self.order.tail.len() + 1;
        let mut signing = Signing {
            fields: Vec::with_capacity(names),
            hasher: LinkHasher::new(self.contract.hash_key()),
            policy: self.policy,
        };
        for name in self.order.head {
            signing.push(name, &resolve(name))?;
        }
        for (index, row) in rows.iter().enumerate() {
            row.check()?;
            for (name, value) in ROW.iter().zip(row.values(index + 1)) {
                signing.push(name, &value)?;
            }
        }
        for name in self.order.tail {
            signing.push(name, &resolve(name))?;
        }
        let mut fields = signing.fields;
        fields.push(("sps_hashcode", hex_lower(&signing.hasher.finish())));
        Ok(SignedForm::new(action.to_owned(), fields))
    }
}

struct Signing<'a> {
    fields: Vec<(&'static str, String)>,
    hasher: LinkHasher<'a>,
    policy: &'a TextPolicy,
}

impl Signing<'_> {
    fn push(&mut self, name: &'static str, value: &str) -> Result<()> {
        let value = value.trim_matches(' ');
        if value.is_empty() {
            self.fields.push((name, String::new()));
            return Ok(());
        }
        let rule = fields::find(name)
            .ok_or_else(|| fields::invalid(name, "is not a field of the link type"))?;
        let text = if value.bytes().all(|b| matches!(b, b' '..=b'~')) {
            // Printable ASCII is its own Shift_JIS under every policy.
            rule.check(value, value.len())?;
            value.to_owned()
        } else {
            let text = encode(name, value, self.policy)?;
            rule.check(text.as_str(), text.sjis().len())?;
            text.as_str().to_owned()
        };
        self.hasher.update(text.as_bytes());
        self.fields.push((name, text));
        Ok(())
    }
}

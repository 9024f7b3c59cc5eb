//! The payment page: amount, balance, shortfall, campaigns, PayPal for the rest, pay.

use maud::html;

use super::campaign::CampaignOffer;
use super::checkout::Checkout;
use super::layout::{Frame, document};

/// The payment page of a NetMile payment.
///
/// Campaigns and PayPal appear only while the balance is short, whatever the lists hold
/// (docs/protocol/link-type.md#netmile).
#[derive(Clone, Default)]
pub struct PaymentPage {
    /// What is being paid.
    pub checkout: Checkout,
    /// The page's view of amount and balance, posted back as `revision`.
    pub revision: String,
    /// Display name of the member.
    pub member: String,
    /// Balance in miles.
    pub balance_miles: u64,
    /// Campaigns on offer, in the order to show.
    pub campaigns: Vec<CampaignOffer>,
    /// Whether the rest may be paid by PayPal (stand-in).
    pub paypal: bool,
    /// What has just happened.
    pub notice: Option<PaymentNotice>,
}

/// What has just happened, shown at the top of the payment page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentNotice {
    /// A campaign added miles.
    MilesAdded {
        /// Miles added.
        miles: u64,
    },
    /// A registration is being confirmed by the advertiser.
    Confirming,
    /// Amount or balance changed since the page was shown; nothing was paid.
    Changed,
    /// The miles do not suffice; nothing was paid.
    StillShort,
    /// PayPal was declined; nothing was paid.
    PayPalDeclined,
}

impl PaymentPage {
    /// Price in miles: two for each yen.
    #[must_use]
    pub const fn price_miles(&self) -> u64 {
        self.checkout.amount_yen.saturating_mul(2)
    }

    /// 不足マイル数: missing miles, 0 when the balance suffices.
    #[must_use]
    pub const fn missing_miles(&self) -> u64 {
        self.price_miles().saturating_sub(self.balance_miles)
    }

    /// Missing yen: the amount less the balance in whole yen.
    #[must_use]
    pub const fn missing_yen(&self) -> u64 {
        self.checkout
            .amount_yen
            .saturating_sub(self.balance_miles / 2)
    }
}

/// The payment page: posts `revision` to `/pay/{session}/pay` or `/pay/{session}/paypal`.
#[must_use]
pub fn payment(frame: &Frame, page: &PaymentPage) -> String {
    document(frame, "お支払い", &html! { (page.member) })
}

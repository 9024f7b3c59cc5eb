//! A gateway and a shop of one test, and what the books say afterwards.

use netmile::contract::Endpoints;
use netmile::purchase::{FactKind, Purchase};
use netmile_mock::{Mock, Options};
use netmile_tests::browser::Result;
use shop_rust::{Shop, ShopOptions, demo_reward, demo_site};

pub(crate) struct House {
    pub(crate) mock: Mock,
    /// The gateway's address as the browser sees it.
    pub(crate) gateway: String,
    pub(crate) shop: Shop,
}

/// What the mock's ledger, the shop's journal and its fulfilments say about everything that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Books {
    /// Rows of the ledger that take miles from a member.
    pub(crate) debits: usize,
    /// Payments by the PayPal stand-in.
    pub(crate) paypal: usize,
    /// Purchases that are paid.
    pub(crate) paid: usize,
    /// Results that the gateway sent.
    pub(crate) notices: usize,
    /// Times that goods were sent.
    pub(crate) sent: usize,
    /// Attempts of the purchases at the gateway.
    pub(crate) attempts: usize,
    /// Phases of the purchases.
    pub(crate) phases: String,
}

impl House {
    pub(crate) async fn open() -> Result<Self> {
        let mock = Mock::start(Options::default()).await?;
        // Another site than the shop's 127.0.0.1, as in life: cookies have to survive the way back.
        let gateway = mock.url().replace("127.0.0.1", "localhost");
        let mut options = ShopOptions::new(Endpoints::mock(&gateway))?;
        options.site = Some(demo_site(&gateway)?);
        options.reward = Some(demo_reward(&gateway)?);
        let shop = Shop::start(options).await?;
        let notices = format!("{}/netmile/api-notify", shop.url());
        mock.admin()
            .set_api_notice_url("99999", "001", &notices)
            .await?;
        Ok(Self {
            mock,
            gateway,
            shop,
        })
    }

    pub(crate) async fn close(self) {
        self.shop.stop().await;
        self.mock.stop().await;
    }

    pub(crate) async fn purchases(&self) -> Result<Vec<Purchase>> {
        Ok(self.shop.client().purchases().list(&[], None, 100).await?)
    }

    pub(crate) async fn balance(&self, member: &str) -> Result<i64> {
        Ok(self.mock.admin().balance(member).await?)
    }

    pub(crate) async fn books(&self) -> Result<Books> {
        self.shop.fulfil_now().await?;
        let admin = self.mock.admin();
        let rows = admin.ledger(None).await?;
        let count = |kind: &str| rows.iter().filter(|row| row.kind == kind).count();
        let purchases = self.purchases().await?;
        let phases: Vec<_> = purchases.iter().map(|p| p.phase.name()).collect();
        let fulfilled = self.shop.fulfilments().await?;
        let paid = FactKind::Paid.name();
        Ok(Books {
            debits: count("payment"),
            paypal: count("paypal"),
            paid: phases.iter().filter(|phase| **phase == "paid").count(),
            notices: admin.notices().await?.len(),
            sent: fulfilled.iter().filter(|done| done.kind == paid).count(),
            attempts: purchases.iter().map(|p| p.attempts.len()).sum(),
            phases: phases.join(" "),
        })
    }
}

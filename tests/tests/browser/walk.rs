//! The steps of a customer, page by page.

use netmile::Lang;
use netmile_tests::browser::{Browser, JavaScript, Result, equal};

use crate::house::House;

/// Pays at the gateway; in the shop, goes on to the payment.
pub(crate) const PAY: &str = "form[action$='/pay'] button";
/// The button back to the shop.
pub(crate) const TO_SHOP: &str = "form[action*='/netmile/'] button";
/// Gives up at the gateway.
pub(crate) const CANCEL: &str = "form[action$='/cancel'] button";
/// Lets the institution fail.
pub(crate) const FAIL: &str = "form[action$='/fail'] button";

/// What the campaign's form asks for: the six fields, the choice apart.
const PERSON: [(&str, &str); 5] = [
    ("name", "見本 太郎"),
    ("address", "東京都千代田区千代田1-1"),
    ("birth_date", "1980-02-29"),
    ("phone", "03-1234-5678"),
    ("email", "taro@member.example"),
];

/// One customer.
pub(crate) struct Walk<'a> {
    pub(crate) browser: &'a Browser,
    pub(crate) house: &'a House,
    pub(crate) lang: Lang,
    pub(crate) javascript: JavaScript,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(browser: &'a Browser, house: &'a House) -> Self {
        Self {
            browser,
            house,
            lang: Lang::Ja,
            javascript: JavaScript::On,
        }
    }

    /// Waits for a page by its heading, in the customer's language.
    pub(crate) async fn at(&self, en: &str, ja: &str) -> Result<()> {
        self.browser.at(self.lang.pick(en, ja)).await
    }

    pub(crate) async fn says(&self, en: &str, ja: &str) -> Result<()> {
        self.browser.says(self.lang.pick(en, ja)).await
    }

    /// Into the shop, to the shelves.
    pub(crate) async fn enter(&self) -> Result<()> {
        self.browser.open(self.house.shop.url()).await?;
        if self.lang == Lang::En {
            self.browser.click("nav a[hreflang='en']").await?;
        }
        self.at("Shelves", "商品一覧").await
    }

    /// From the shelves to the checkout with a postcard of 300 yen.
    pub(crate) async fn choose(&self) -> Result<()> {
        self.fill_basket().await?;
        self.to_checkout().await
    }

    /// From the shelves to the basket.
    pub(crate) async fn fill_basket(&self) -> Result<()> {
        let put = "form[action='/basket']:has(input[value='postcard']) button";
        self.browser.click(put).await?;
        self.at("Basket", "買い物かご").await
    }

    /// From the basket to the checkout.
    pub(crate) async fn to_checkout(&self) -> Result<()> {
        self.browser.click("a.go[href='/checkout']").await?;
        self.at("Checkout", "ご注文手続き").await?;
        self.says("¥300", "300円").await
    }

    /// From the checkout to the gateway's log-in.
    pub(crate) async fn order(&self) -> Result<()> {
        self.browser
            .click("form[action='/checkout'] button")
            .await?;
        self.to_gateway().await
    }

    /// Past the page that carries the signed form.
    pub(crate) async fn to_gateway(&self) -> Result<()> {
        if self.javascript == JavaScript::Off {
            self.at("Going to the payment page", "お支払いページへ移動します")
                .await?;
            self.says("JavaScript is off", "JavaScript が無効").await?;
            self.browser.click("#netmile-checkout button").await?;
        }
        if self.lang == Lang::En {
            // The gateway asks the browser for its language, which is Japanese.
            self.browser.at("ネットマイルにログイン").await?;
            self.browser.click("nav.switch a[hreflang='en']").await?;
        }
        self.at("Log in to NetMile", "ネットマイルにログイン").await
    }

    pub(crate) async fn log_in(&self, member: &str) -> Result<()> {
        self.browser.fill("#login", member).await?;
        let password = format!("{member}-demo");
        self.browser.fill("#password", &password).await?;
        self.browser.click("form[action$='/login'] button").await?;
        self.at("Payment", "お支払い").await
    }

    /// From the shop's door to the payment page.
    pub(crate) async fn arrive(&self, member: &str) -> Result<()> {
        self.enter().await?;
        self.choose().await?;
        self.order().await?;
        self.log_in(member).await
    }

    /// Opens the campaign's form.
    pub(crate) async fn campaign(&self) -> Result<()> {
        self.browser
            .click("a[href$='/campaign/campaign-a']")
            .await?;
        self.at("Company A membership campaign", "A社 会員登録キャンペーン")
            .await?;
        self.says("200 mile (= ¥100)", "200mile(=100円)").await
    }

    /// Fills the campaign's form in and asks for the confirmation.
    pub(crate) async fn confirm(&self) -> Result<()> {
        for (name, value) in PERSON {
            self.browser.fill(&format!("#{name}"), value).await?;
        }
        self.browser.click("#sex-male").await?;
        self.browser
            .click("form[action$='/confirm'] > button")
            .await?;
        self.confirmed().await
    }

    /// The confirmation page stands there with what was typed.
    pub(crate) async fn confirmed(&self) -> Result<()> {
        self.at("Confirm your registration", "登録内容の確認")
            .await?;
        for (_, value) in PERSON {
            self.browser.says(value).await?;
        }
        Ok(())
    }

    /// Registers; 200 miles come at once.
    pub(crate) async fn register(&self) -> Result<()> {
        self.browser
            .click("form[action$='/register'] button")
            .await?;
        self.at("Registration complete", "登録完了").await?;
        self.says("200 mile (= ¥100)", "200mile(=100円)").await
    }

    /// From the registration's result to the payment page.
    pub(crate) async fn resume(&self) -> Result<()> {
        self.browser.click("main a.go").await?;
        self.at("Payment", "お支払い").await
    }

    /// All of the campaign.
    pub(crate) async fn earn(&self) -> Result<()> {
        self.campaign().await?;
        self.confirm().await?;
        self.register().await?;
        self.resume().await
    }

    pub(crate) async fn pay(&self) -> Result<()> {
        self.browser.click(PAY).await?;
        self.at("Payment complete", "お支払い完了").await
    }

    /// By the gateway's button to the order's page in the shop.
    pub(crate) async fn to_shop(&self) -> Result<()> {
        self.browser.click(TO_SHOP).await?;
        self.at("Order", "ご注文の詳細").await
    }

    /// From the log-in to a paid order.
    pub(crate) async fn finish(&self, member: &str) -> Result<()> {
        self.log_in(member).await?;
        self.pay().await?;
        self.to_shop().await
    }

    /// From the order's page to the payment page of a further attempt.
    pub(crate) async fn again(&self, member: &str) -> Result<()> {
        self.browser.click("form[action$='/pay'] button").await?;
        self.to_gateway().await?;
        self.log_in(member).await
    }

    /// From the order's page, by a further attempt, to the order's page.
    pub(crate) async fn pay_again(&self, member: &str) -> Result<()> {
        self.again(member).await?;
        self.pay().await?;
        self.to_shop().await
    }

    /// The order's page, by its address.
    pub(crate) async fn open_order(&self) -> Result<()> {
        let id = self.order_id().await?;
        let page = format!("{}/orders/{id}", self.house.shop.url());
        self.browser.open(&page).await?;
        self.at("Order", "ご注文の詳細").await
    }

    /// Id of the only order.
    pub(crate) async fn order_id(&self) -> Result<String> {
        let purchases = self.house.purchases().await?;
        equal("purchases", purchases.len(), 1)?;
        Ok(purchases[0].id.clone())
    }
}

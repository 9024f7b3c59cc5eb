//! The shop's points become miles, which the member has at once and pays an order with.

use crate::browser::Result;
use crate::timeline::Who;
use crate::walk::{MEMBER, Walk, equal, expect};

impl Walk<'_> {
    /// Notice page, application, result; the miles stand in the passbook.
    pub(crate) async fn points(&mut self) -> Result<()> {
        self.timeline.part("13  The shop's points become miles");
        let before = self.admin.balance(MEMBER).await?;
        let url = format!("{}/points", self.shop.url());
        let notice = self.customer.open(&url).await?;
        expect(&notice, "1,200ポイント")?;
        let apply = self.customer.open(&format!("{url}/apply")).await?;
        let form = apply.form("/points/apply")?.fill("points", "500");
        let form = form.fill("mail", "taro@member.example");
        self.timeline.sent(
            Who::Browser,
            Who::Shop,
            "POST /points/apply: 500ポイント → 1,000マイル",
        );
        let done = self.customer.send(form).await?;
        expect(&done, "ポイント交換が完了しました")?;
        expect(&done, "700ポイント")?;
        let after = self.admin.balance(MEMBER).await?;
        equal("miles in the passbook", after, before + 1_000)?;
        self.timeline.found(
            Who::Shop,
            &format!("500 points taken, 1,000 miles issued: {before} + 1,000 = {after} miles"),
        );
        Ok(())
    }

    /// The order of part 10, which the miles did not suffice for; its thank-you page gives some back.
    pub(crate) async fn spend(&mut self) -> Result<()> {
        self.timeline
            .part("14  The issued miles pay an order, and the order earns miles");
        let before = self.admin.balance(MEMBER).await?;
        let postcard = self.own_screen("postcard", "300円").await?;
        let paid = self.consent(&postcard, "600").await?;
        expect(&paid, "支払い済み")?;
        let after = self.admin.balance(MEMBER).await?;
        equal("miles left", after, before - 600 + 6)?;
        self.timeline.found(
            Who::Browser,
            &format!("支払い済み (paid): {before} - 600 + 1 % = {after} miles"),
        );
        let thanks = self.customer.follow(&paid, "/thanks").await?;
        expect(&thanks, "100マイル")?;
        let tag = "uMilePublishInput.do";
        let get = self.customer.follow(&thanks, tag).await?;
        let form = get.form(tag)?.fill("mail", "taro@member.example");
        self.timeline.sent(
            Who::Browser,
            Who::Gateway,
            "thank-you page: mile-get tag, マイルGET!",
        );
        let got = self.customer.send(form).await?;
        expect(&got, "100mileの発行を受け付けました")?;
        let rewarded = self.admin.balance(MEMBER).await?;
        equal("miles with the reward", rewarded, after + 100)?;
        self.timeline.found(
            Who::Gateway,
            &format!("{after} + 100 = {rewarded} miles · by the tag of the thank-you page"),
        );
        Ok(())
    }
}

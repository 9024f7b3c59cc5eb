//! The shop's points become miles, which the member has at once.

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
}

//! What the cross-room tests share.

pub mod api;
pub mod between;
#[cfg(feature = "browser")]
pub mod browser;
pub mod crash;
pub mod gateway;
pub mod merchant;
pub mod miles;
pub mod oracle;

/// The Rust blocks of the pages that a newcomer copies from, compiled.
#[cfg(doctest)]
pub mod pages {
    #[doc = include_str!("../../README.md")]
    pub struct Readme;
    #[doc = include_str!("../../README.ja.md")]
    pub struct ReadmeJa;
    #[doc = include_str!("../../docs/getting-started.md")]
    pub struct GettingStarted;
    #[doc = include_str!("../../docs/getting-started.ja.md")]
    pub struct GettingStartedJa;
    #[doc = include_str!("../../docs/api-type.md")]
    pub struct ApiType;
    #[doc = include_str!("../../docs/api-type.ja.md")]
    pub struct ApiTypeJa;
    #[doc = include_str!("../../docs/charges.md")]
    pub struct Charges;
    #[doc = include_str!("../../docs/charges.ja.md")]
    pub struct ChargesJa;
    #[doc = include_str!("../../docs/refunds.md")]
    pub struct Refunds;
    #[doc = include_str!("../../docs/refunds.ja.md")]
    pub struct RefundsJa;
    #[doc = include_str!("../../docs/miles-api.md")]
    pub struct MilesApi;
    #[doc = include_str!("../../docs/miles-file.md")]
    pub struct MilesFile;
    #[doc = include_str!("../../docs/miles-file.ja.md")]
    pub struct MilesFileJa;
    #[doc = include_str!("../../docs/miles-tag.md")]
    pub struct MilesTag;
    #[doc = include_str!("../../docs/miles-tag.ja.md")]
    pub struct MilesTagJa;
    #[doc = include_str!("../../docs/miles-api.ja.md")]
    pub struct MilesApiJa;
    #[doc = include_str!("../../docs/point-exchange.md")]
    pub struct PointExchange;
    #[doc = include_str!("../../docs/point-exchange.ja.md")]
    pub struct PointExchangeJa;
}

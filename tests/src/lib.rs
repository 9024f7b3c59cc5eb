//! What the cross-room tests share.

#[cfg(feature = "browser")]
pub mod browser;
pub mod gateway;
pub mod merchant;

//! What the cross-room tests share.

pub mod gateway;
pub mod merchant;

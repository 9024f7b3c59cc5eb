//! What can go wrong while a page is made.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::pages::layout;

/// A page that could not be made. Its text is in both languages: the visitor may not be known yet.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("not found")]
    NotFound,
    #[error("not a form")]
    NotAForm,
    #[error("a form without this session's token")]
    ForeignForm,
    #[error("the shop's database: {0}")]
    Store(#[from] sqlx::Error),
    #[error("netmile: {0}")]
    Netmile(#[from] netmile::Error),
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, ja, en) = match &self {
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                "ページが見つかりません。",
                "There is no such page.",
            ),
            Self::NotAForm => (
                StatusCode::BAD_REQUEST,
                "送信された内容を読み取れませんでした。",
                "The form could not be read.",
            ),
            Self::ForeignForm => (
                StatusCode::FORBIDDEN,
                "この画面は期限切れです。前の画面を読み込み直してから、もう一度お試しください。",
                "This page is out of date. Please reload the previous page and try again.",
            ),
            Self::Store(_) | Self::Netmile(_) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "ただいま処理できません。しばらくしてからもう一度お試しください。",
                "This is not possible right now. Please try again later.",
            ),
        };
        if status.is_server_error() {
            tracing::error!(error = %self, "a page failed");
        }
        (status, layout::plain(ja, en)).into_response()
    }
}

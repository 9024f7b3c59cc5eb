//! Pieces that several pages share.

/// One attempt to send a notice to the merchant, and what came back.
#[derive(Clone)]
pub struct NoticeAttempt {
    /// When it was sent, JST, as text.
    pub sent_at: String,
    /// Message kind, such as `A02-1`.
    pub kind: String,
    /// `res_result` of the message: `OK`, `NG`, `CR`, …
    pub result: String,
    /// Where it was sent.
    pub url: String,
    /// HTTP status of the answer, if one came.
    pub http_status: Option<u16>,
    /// Start of the answer's body as text (the caller bounds it), empty without an answer.
    pub answer: String,
    /// How the answer was read.
    pub verdict: NoticeVerdict,
}

/// How the merchant's answer to a notice was read (docs/protocol/link-type.md#answer).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeVerdict {
    /// The body began with `OK`.
    Accepted,
    /// The body did not begin with `OK`.
    Refused,
    /// The HTTP status was not 200.
    BadStatus,
    /// No answer within the time limit.
    TimedOut,
    /// No connection, or it broke.
    Unreachable,
    /// A fault of the scenario kept the notice from being sent.
    NotSent,
}

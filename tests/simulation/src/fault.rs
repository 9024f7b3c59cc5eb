//! What can go wrong.

/// A kind of fault; each has to hit at least 1 % of the flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The request never arrives.
    LostBefore,
    /// The request had its effect, the answer never comes.
    LostAfter,
    /// The request arrives minutes later, when the sender has given up.
    Late,
    /// The request arrives later than its own time limit.
    TooLate,
    /// The network delivers the request twice.
    Twice,
    /// The connection is refused: nothing left.
    Refused,
    /// Every connection is refused for a while.
    Outage,
    /// HTTP 5xx, without effect.
    ErrorBefore,
    /// HTTP 5xx, after the effect.
    ErrorAfter,
    /// A page instead of XML, without effect.
    PageBefore,
    /// A page instead of XML, after the effect.
    PageAfter,
    /// The answer is cut off.
    Truncated,
    /// The answer repeats another amount.
    WrongAmount,
    /// A notice reports another amount.
    WrongNotice,
    /// Code kind 80.
    Kind80,
    /// Code kind 85.
    Kind85,
    /// Code kind 90.
    Kind90,
    /// The process dies at a step of the journal.
    CrashAtJournal,
    /// The process dies while it sends.
    CrashAtNetwork,
    /// The journal fails and has written nothing.
    JournalBefore,
    /// The journal fails although it has written.
    JournalAfter,
    /// The process stands still between record and send.
    Pause,
    /// The shop's clock goes wrong by more than ten seconds.
    Skew,
    /// A notice comes twice.
    NoticeTwice,
    /// A notice overtakes another.
    NoticeReordered,
    /// A notice comes hours later.
    NoticeLate,
    /// A notice of somebody else's making.
    NoticeForged,
    /// A notice comes before the answer.
    NoticeFirst,
}

impl Fault {
    /// Every kind.
    pub const ALL: [Self; 28] = [
        Self::LostBefore,
        Self::LostAfter,
        Self::Late,
        Self::TooLate,
        Self::Twice,
        Self::Refused,
        Self::Outage,
        Self::ErrorBefore,
        Self::ErrorAfter,
        Self::PageBefore,
        Self::PageAfter,
        Self::Truncated,
        Self::WrongAmount,
        Self::WrongNotice,
        Self::Kind80,
        Self::Kind85,
        Self::Kind90,
        Self::CrashAtJournal,
        Self::CrashAtNetwork,
        Self::JournalBefore,
        Self::JournalAfter,
        Self::Pause,
        Self::Skew,
        Self::NoticeTwice,
        Self::NoticeReordered,
        Self::NoticeLate,
        Self::NoticeForged,
        Self::NoticeFirst,
    ];

    /// Those that hit one exchange.
    pub const OF_EXCHANGES: [Self; 16] = [
        Self::LostBefore,
        Self::LostAfter,
        Self::Late,
        Self::TooLate,
        Self::Twice,
        Self::Refused,
        Self::ErrorBefore,
        Self::ErrorAfter,
        Self::PageBefore,
        Self::PageAfter,
        Self::Truncated,
        Self::WrongAmount,
        Self::Kind80,
        Self::Kind85,
        Self::Kind90,
        Self::Pause,
    ];

    /// The name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LostBefore => "lost before effect",
            Self::LostAfter => "lost after effect",
            Self::Late => "late",
            Self::TooLate => "later than its limit",
            Self::Twice => "delivered twice",
            Self::Refused => "connection refused",
            Self::Outage => "outage",
            Self::ErrorBefore => "5xx before effect",
            Self::ErrorAfter => "5xx after effect",
            Self::PageBefore => "HTML before effect",
            Self::PageAfter => "HTML after effect",
            Self::Truncated => "answer truncated",
            Self::WrongAmount => "wrong amount in an answer",
            Self::WrongNotice => "wrong amount in a notice",
            Self::Kind80 => "code kind 80",
            Self::Kind85 => "code kind 85",
            Self::Kind90 => "code kind 90",
            Self::CrashAtJournal => "crash at the journal",
            Self::CrashAtNetwork => "crash at the network",
            Self::JournalBefore => "journal fails before writing",
            Self::JournalAfter => "journal fails after writing",
            Self::Pause => "pause before the send",
            Self::Skew => "clock skew",
            Self::NoticeTwice => "notice twice",
            Self::NoticeReordered => "notice overtaken",
            Self::NoticeLate => "notice late",
            Self::NoticeForged => "notice forged",
            Self::NoticeFirst => "notice before the answer",
        }
    }
}

/// Where a process dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrashPoint {
    /// Before a verb of the journal does anything.
    BeforeJournal,
    /// After it is done, before anybody knows.
    AfterJournal,
    /// Before a request leaves.
    BeforeSend,
    /// After it left.
    AfterSend,
    /// After the answer came.
    AfterAnswer,
}

impl CrashPoint {
    /// Whether it is at the journal.
    #[must_use]
    pub const fn at_journal(self) -> bool {
        matches!(self, Self::BeforeJournal | Self::AfterJournal)
    }
}

//! A client of its own: XML by hand, hash and 3DES from crates, nothing of the mock's wire code.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use netmile_mock::{
    Scenario,
    api::{ApiRequest, Book, Config, Handled, Purse},
    clock,
};
use sha1::{Digest as _, Sha1};

pub const KEY: &str = "demo0key0of0the0mock0gateway0not0a0secr0";
pub const START: &str = "2026-01-02T03:04:05+09:00";

pub fn start() -> i64 {
    clock::parse_instant(START).unwrap()
}

pub fn sjis(text: &str) -> Vec<u8> {
    let (bytes, _, unmappable) = encoding_rs::SHIFT_JIS.encode(text);
    assert!(!unmappable, "{text}");
    bytes.into_owned()
}

/// One line of a request: a path and a plain value.
#[derive(Clone, Debug)]
pub struct Line {
    pub path: String,
    pub value: String,
    pub multi: bool,
}

/// A request as a list of lines; a path prefix opens and closes groups.
#[derive(Clone, Debug)]
pub struct Message {
    pub function: String,
    pub lines: Vec<Line>,
    pub merchant: String,
    pub service: String,
    pub key: String,
    pub tdes: Option<(String, String)>,
    /// Password sent, when it is not the key.
    pub password: Option<String>,
}

impl Message {
    pub fn new(function: &str) -> Self {
        Self {
            function: function.to_owned(),
            lines: Vec::new(),
            merchant: "99999".to_owned(),
            service: "001".to_owned(),
            key: KEY.to_owned(),
            tdes: None,
            password: None,
        }
    }

    pub fn of(mut self, service: &str, key: &str) -> Self {
        self.service = service.to_owned();
        self.key = key.to_owned();
        self
    }

    pub fn line(mut self, path: &str, value: &str) -> Self {
        self.lines.push(Line {
            path: path.to_owned(),
            value: value.to_owned(),
            multi: false,
        });
        self
    }

    pub fn multi(mut self, path: &str, value: &str) -> Self {
        self.lines.push(Line {
            path: path.to_owned(),
            value: value.to_owned(),
            multi: true,
        });
        self
    }

    /// Changes a line, or takes it away.
    pub fn set(mut self, path: &str, value: Option<&str>) -> Self {
        match value {
            None => self.lines.retain(|l| l.path != path),
            Some(value) => {
                let line = self.lines.iter_mut().find(|l| l.path == path);
                value.clone_into(&mut line.unwrap_or_else(|| panic!("no {path}")).value);
            }
        }
        self
    }

    pub fn encrypted(mut self) -> Self {
        self.tdes = Some(("0123456789abcdef01234567".to_owned(), "76543210".to_owned()));
        self
    }

    pub fn basic(&self) -> String {
        let password = self.password.as_deref().unwrap_or(&self.key);
        let pair = format!("{}{}:{password}", self.merchant, self.service);
        format!("Basic {}", STANDARD.encode(pair))
    }

    /// The body, signed at an instant.
    pub fn body(&self, now: i64) -> Vec<u8> {
        let mut all = vec![
            Line {
                path: "merchant_id".into(),
                value: self.merchant.clone(),
                multi: false,
            },
            Line {
                path: "service_id".into(),
                value: self.service.clone(),
                multi: false,
            },
        ];
        all.extend(self.lines.iter().cloned());
        if self.tdes.is_some() {
            all.push(Line {
                path: "encrypted_flg".into(),
                value: "1".into(),
                multi: false,
            });
        }
        if !all.iter().any(|l| l.path == "request_date") {
            all.push(Line {
                path: "request_date".into(),
                value: clock::stamp(now),
                multi: false,
            });
            all.push(Line {
                path: "limit_second".into(),
                value: "600".into(),
                multi: false,
            });
        }
        let mut sha = Sha1::new();
        for line in &all {
            sha.update(sjis(&line.value));
        }
        sha.update(self.key.as_bytes());
        let hash: String = sha.finalize().iter().map(|b| format!("{b:02x}")).collect();
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>\n<sps-api-request id=\"{}\">\n",
            self.function
        );
        let mut open: Vec<String> = Vec::new();
        for line in &all {
            let mut parts: Vec<String> = line.path.split('/').map(str::to_owned).collect();
            let name = parts.pop().unwrap();
            let common = open.iter().zip(&parts).take_while(|(a, b)| a == b).count();
            while open.len() > common {
                xml.push_str(&format!("</{}>\n", open.pop().unwrap()));
            }
            for part in &parts[common..] {
                xml.push_str(&format!("<{part}>\n"));
                open.push(part.clone());
            }
            let wire = if let (Some((key, iv)), true) =
                (&self.tdes, line.path.starts_with("pay_method_info/"))
            {
                encrypt(key, iv, &sjis(&line.value))
            } else if line.multi {
                STANDARD.encode(sjis(&line.value))
            } else {
                line.value.replace('&', "&amp;").replace('<', "&lt;")
            };
            xml.push_str(&format!("<{name}>{wire}</{name}>\n"));
        }
        while let Some(name) = open.pop() {
            xml.push_str(&format!("</{name}>\n"));
        }
        xml.push_str(&format!(
            "<sps_hashcode>{hash}</sps_hashcode>\n</sps-api-request>\n"
        ));
        sjis(&xml)
    }
}

pub fn encrypt(key: &str, iv: &str, plain: &[u8]) -> String {
    use cbc::cipher::{BlockEncryptMut as _, KeyIvInit as _, block_padding::NoPadding};
    if plain.is_empty() {
        return String::new();
    }
    let mut buffer = plain.to_vec();
    while !buffer.len().is_multiple_of(8) {
        buffer.push(b' ');
    }
    let length = buffer.len();
    let cipher =
        cbc::Encryptor::<des::TdesEde3>::new_from_slices(key.as_bytes(), iv.as_bytes()).unwrap();
    STANDARD.encode(
        cipher
            .encrypt_padded_mut::<NoPadding>(&mut buffer, length)
            .unwrap(),
    )
}

pub fn decrypt(key: &str, iv: &str, wire: &str) -> String {
    use cbc::cipher::{BlockDecryptMut as _, KeyIvInit as _, block_padding::NoPadding};
    let mut buffer = STANDARD.decode(wire).unwrap();
    let cipher =
        cbc::Decryptor::<des::TdesEde3>::new_from_slices(key.as_bytes(), iv.as_bytes()).unwrap();
    let plain = cipher.decrypt_padded_mut::<NoPadding>(&mut buffer).unwrap();
    encoding_rs::SHIFT_JIS
        .decode(plain)
        .0
        .trim_end_matches(' ')
        .to_owned()
}

/// An answer's text.
pub fn text(body: &[u8]) -> String {
    encoding_rs::SHIFT_JIS.decode(body).0.into_owned()
}

/// The first value of a tag in an answer; empty for `<tag/>`, panics when the tag is not there.
pub fn tag(body: &[u8], name: &str) -> String {
    let text = text(body);
    if text.contains(&format!("<{name}/>")) {
        return String::new();
    }
    let from = text
        .split_once(&format!("<{name}>"))
        .unwrap_or_else(|| panic!("no {name} in {text}"))
        .1;
    from.split_once(&format!("</{name}>")).unwrap().0.to_owned()
}

/// A book with its members and a clock.
pub struct Desk {
    pub book: Book,
    pub purse: Purse,
    pub now: i64,
}

impl Desk {
    pub fn open() -> Self {
        Self::with(|_| {})
    }

    pub fn with(change: impl FnOnce(&mut Scenario)) -> Self {
        let mut scenario = Scenario::demo();
        change(&mut scenario);
        scenario.check().unwrap();
        let mut purse = Purse::default();
        purse.open("taro", 400);
        purse.open("hanako", 1_000_000);
        Self {
            book: Book::new(Config::from(&scenario), 7),
            purse,
            now: start(),
        }
    }

    pub fn handle(&mut self, message: &Message) -> Handled {
        let body = message.body(self.now);
        self.raw(Some(&message.basic()), &body)
    }

    pub fn raw(&mut self, authorization: Option<&str>, body: &[u8]) -> Handled {
        let request = ApiRequest {
            authorization,
            content_type: Some("text/xml"),
            body,
        };
        let handled = self.book.handle(&request, self.now, &self.purse);
        self.purse.post(&handled.postings);
        for (tracking, by) in &handled.ended {
            self.purse.end(tracking, by);
        }
        handled
    }

    /// Sends and expects OK; the answer's body.
    pub fn ok(&mut self, message: &Message) -> Vec<u8> {
        let handled = self.handle(message);
        assert_eq!(
            tag(&handled.body, "res_result"),
            "OK",
            "{}",
            handled.outcome
        );
        assert!(text(&handled.body).contains("<res_err_code/>"));
        handled.body
    }

    /// Sends and expects NG; the code.
    pub fn ng(&mut self, message: &Message) -> String {
        let handled = self.handle(message);
        assert_eq!(tag(&handled.body, "res_result"), "NG");
        tag(&handled.body, "res_err_code")
    }

    pub fn balance(&self, user: &str) -> i64 {
        self.purse.balances()[user]
    }

    /// Movements as kind, yen and tracking id.
    pub fn moved(&self) -> Vec<(netmile_mock::api::MovementKind, u64)> {
        self.book.ledger().iter().map(|m| (m.kind, m.yen)).collect()
    }
}

fn order(function: &str, order: &str, amount: &str) -> Message {
    Message::new(function)
        .line("cust_code", "cust-0001")
        .line("order_id", order)
        .line("item_id", "item-1")
        .multi("item_name", "テスト商品")
        .line("tax", "")
        .line("amount", amount)
        .multi("free1", "")
        .line("order_rowno", "1")
}

pub fn netmile(id: &str, amount: &str, user: &str) -> Message {
    order("ST01-00101-900", id, amount).line("pay_method_info/netmile_user_id", user)
}

pub fn netmile_monthly(id: &str, amount: &str, user: &str) -> Message {
    order("ST01-00102-900", id, amount).line("pay_method_info/netmile_user_id", user)
}

pub fn token(id: &str, amount: &str, token: &str) -> Message {
    order("ST01-00131-101", id, amount)
        .line("sps_cust_info_return_flg", "1")
        .line("pay_method_info/dealings_type", "10")
        .line("pay_method_info/divide_times", "")
        .line("pay_option_manage/token", token)
        .line("pay_option_manage/token_key", "key")
        .line("pay_option_manage/cust_manage_flg", "0")
        .line("pay_option_manage/cardbrand_return_flg", "1")
}

/// A card by its number, in the order of the sheet.
pub fn card(id: &str, amount: &str, number: &str) -> Message {
    order("ST01-00111-101", id, amount)
        .line("sps_cust_info_return_flg", "1")
        .line("dtls/dtl/dtl_rowno", "1")
        .line("dtls/dtl/dtl_amount", amount)
        .line("pay_method_info/cc_number", number)
        .line("pay_method_info/cc_expiration", "203012")
        .line("pay_method_info/security_code", "7391")
        .line("pay_method_info/dealings_type", "10")
        .line("pay_method_info/divide_times", "001")
        .line("pay_option_manage/cust_manage_flg", "0")
        .line("pay_option_manage/cardbrand_return_flg", "1")
}

/// An earlier payment's card once more, or another one by its number.
pub fn card_again(tracking: &str, id: &str, amount: &str, number: &str) -> Message {
    let mut message = card(id, amount, number);
    message.function = "ST01-00113-101".to_owned();
    if number.is_empty() {
        for name in ["cc_number", "cc_expiration", "security_code"] {
            message = message.set(&format!("pay_method_info/{name}"), None);
        }
    }
    let line = Line {
        path: "tracking_id".to_owned(),
        value: tracking.to_owned(),
        multi: false,
    };
    message.lines.insert(0, line);
    message
}

/// A Pay-easy slip, in the order of the sheet.
pub fn payeasy(id: &str, amount: &str) -> Message {
    let slip = Message {
        function: "ST01-00101-703".to_owned(),
        ..slip(id, amount)
    };
    slip.set("pay_method_info/webcvstype", None)
        .set("pay_method_info/bill_date", None)
        .line("pay_method_info/payeasy_type", "O")
        .line("pay_method_info/terminal_value", "P")
        .multi("pay_method_info/bill_info_kana", "デモショテン")
        .multi("pay_method_info/bill_info", "デモ書店")
        .line("pay_method_info/bill_date", "20260115")
}

pub fn slip(id: &str, amount: &str) -> Message {
    order("ST01-00101-701", id, amount)
        .line("pay_method_info/issue_type", "0")
        .multi("pay_method_info/last_name", "山田")
        .multi("pay_method_info/first_name", "\u{3000}")
        .line("pay_method_info/first_zip", "100")
        .line("pay_method_info/second_zip", "0001")
        .multi("pay_method_info/add1", "東京都")
        .multi("pay_method_info/add2", "千代田区１－１")
        .line("pay_method_info/tel", "0312345678")
        .line("pay_method_info/mail", "taro@example.com")
        .line("pay_method_info/seiyakudate", "20260102")
        .line("pay_method_info/webcvstype", "016")
        .line("pay_method_info/bill_date", "20260115")
}

/// A call about a tracking id, as commit, capture and refunds are.
pub fn about(function: &str, tracking: &str) -> Message {
    Message::new(function)
        .line("sps_transaction_id", "")
        .line("tracking_id", tracking)
}

pub fn processed(function: &str, tracking: &str) -> Message {
    about(function, tracking).line("processing_datetime", "20260102030405")
}

pub fn amount(function: &str, tracking: &str, yen: &str) -> Message {
    processed(function, tracking).line("pay_option_manage/amount", yen)
}

//! HTML that carries a signed form: bytes in Shift_JIS, escaped, right with and without JavaScript.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::SHIFT_JIS;

use crate::lang::Lang;
use crate::wire::html::escape;

/// Content type of every page made here.
const CONTENT_TYPE: &str = "text/html; charset=Shift_JIS";

/// Id of the form element.
const FORM_ID: &str = "netmile-checkout";

/// Posts the form, but not for a customer who came with the back button: the gateway would refuse the used
/// `order_id`.
const SCRIPT: &str = "(function(){var n=window.performance&&performance.getEntriesByType&&performance.getEntriesByType(\"navigation\")[0];if(!n||n.type!==\"back_forward\"){document.getElementById(\"netmile-checkout\").submit();}})();";

/// SHA-256 of [`SCRIPT`] in Base64, as a content security policy names it.
const SCRIPT_SHA256: &str = "xwfTsRyVBwectVubRqKp0kPwIRY+Wzh7mMPoBMZb6z8=";

/// The look of the page: large enough a button for a thumb, and readable where nothing else is loaded.
const STYLE: &str = "body{margin:0;font:16px/1.6 sans-serif;color:#222;background:#fff}main{max-width:32em;margin:0 auto;padding:1em}h1{font-size:1.25em;margin:.5em 0}button{font:inherit;padding:.7em 1.2em;color:#fff;background:#1a5fb4;border:0;border-radius:.4em}button:focus{outline:3px solid #f6a800;outline-offset:2px}";

/// SHA-256 of [`STYLE`] in Base64, as a content security policy names it.
const STYLE_SHA256: &str = "uWQY8FHdBqkgzc7OqDMKpvBGoyhHSmDVIBgiY/xM2SE=";

/// How [`form_html`](crate::link::SignedForm::form_html) looks.
///
/// ```
/// use netmile::{Lang, link::FormOptions};
/// let options = FormOptions::new(Lang::Ja).with_button("ネットマイルで支払う");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormOptions {
    button: String,
    lang: Lang,
}

impl FormOptions {
    /// A form with the usual button text of this language.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self {
            button: lang
                .pick("Continue to payment", "お支払いへ進む")
                .to_owned(),
            lang,
        }
    }

    /// Another text on the button. A character that Shift_JIS does not have becomes an HTML reference: the text is
    /// shown, never sent.
    #[must_use]
    pub fn with_button(mut self, text: impl Into<String>) -> Self {
        self.button = text.into();
        self
    }
}

impl Default for FormOptions {
    fn default() -> Self {
        Self::new(Lang::default())
    }
}

/// HTML as Shift_JIS bytes. Not a `String`, so that it is not put into a page of another charset by accident: the
/// browser would then post other bytes than were signed.
///
/// `Debug` shows no content.
#[derive(Clone, PartialEq, Eq)]
pub struct HtmlBytes(Vec<u8>);

impl HtmlBytes {
    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes by value.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// An HTTP answer that the shop gives to the customer's browser. `Debug` shows no content.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpPage {
    /// Status code.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: &'static str,
    /// Further headers: `cache-control`, `content-security-policy`.
    pub headers: Vec<(&'static str, String)>,
    /// The page in Shift_JIS.
    pub body: Vec<u8>,
}

impl fmt::Debug for HtmlBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HtmlBytes({} bytes)", self.0.len())
    }
}

impl fmt::Debug for HttpPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpPage")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// Bytes of text that is known to be encodable, or of HTML, where a reference is as good.
pub(crate) fn to_shift_jis(text: &str) -> Cow<'_, [u8]> {
    SHIFT_JIS.encode(text).0
}

pub(crate) fn form(
    action: &str,
    fields: &[(&'static str, String)],
    options: &FormOptions,
) -> HtmlBytes {
    HtmlBytes(to_shift_jis(&form_text(action, fields, options)).into_owned())
}

pub(crate) fn form_text(
    action: &str,
    fields: &[(&'static str, String)],
    options: &FormOptions,
) -> String {
    let mut html = format!(
        "<form id=\"{FORM_ID}\" method=\"post\" action=\"{}\" accept-charset=\"Shift_JIS\" lang=\"{}\">\n",
        escape(action),
        options.lang.pick("en", "ja"),
    );
    for (name, value) in fields {
        html.push_str("<input type=\"hidden\" name=\"");
        html.push_str(name);
        html.push_str("\" value=\"");
        html.push_str(&escape(value));
        html.push_str("\">\n");
    }
    html.push_str("<button type=\"submit\">");
    html.push_str(&escape(&options.button));
    html.push_str("</button>\n</form>\n");
    html
}

pub(crate) fn page(action: &str, fields: &[(&'static str, String)], lang: Lang) -> HttpPage {
    let title = lang.pick("Going to the payment page", "お支払いページへ移動します");
    let text = lang.pick(
        "You are being taken to the payment page. If nothing happens, press the button.",
        "お支払いページへ移動しています。画面が切り替わらない場合は、ボタンを押してください。",
    );
    let noscript = lang.pick(
        "JavaScript is off. Please press the button to continue.",
        "JavaScript が無効になっています。ボタンを押して進んでください。",
    );
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"Shift_JIS\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n<p>{text}</p>\n<noscript><p>{noscript}</p></noscript>\n{}</main>\n\
         <script>{SCRIPT}</script>\n</body>\n</html>\n",
        lang.pick("en", "ja"),
        form_text(action, fields, &FormOptions::new(lang)),
    );
    HttpPage {
        status: 200,
        content_type: CONTENT_TYPE,
        headers: vec![
            ("cache-control", "no-store".to_owned()),
            (
                "content-security-policy",
                format!(
                    "default-src 'none'; script-src 'sha256-{SCRIPT_SHA256}'; style-src 'sha256-{STYLE_SHA256}'; base-uri 'none'; frame-ancestors 'none'"
                ),
            ),
        ],
        body: to_shift_jis(&html).into_owned(),
    }
}

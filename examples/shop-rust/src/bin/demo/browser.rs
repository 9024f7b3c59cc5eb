//! As much of a browser as the walk needs: cookies, redirects, links, and forms sent in their own charset.

use std::collections::HashMap;
use std::fmt;

use encoding_rs::{Encoding, UTF_8};
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, Response, Url};

/// Most redirects that are followed in a row.
const MAX_REDIRECTS: usize = 10;

/// Why the walk cannot go on.
#[derive(Debug)]
pub(crate) struct Lost(pub(crate) String);

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Lost {}

impl From<reqwest::Error> for Lost {
    fn from(error: reqwest::Error) -> Self {
        Self(format!("HTTP: {error}"))
    }
}

pub(crate) type Result<T> = std::result::Result<T, Lost>;

/// A browser with an empty cookie jar.
#[derive(Clone)]
pub(crate) struct Browser {
    http: Client,
    language: &'static str,
    cookies: HashMap<String, HashMap<String, String>>,
}

impl Browser {
    /// `language` is what `Accept-Language` says.
    pub(crate) fn new(language: &'static str) -> Result<Self> {
        // Fails only when a provider is installed already, which is then used.
        let provider = rustls::crypto::ring::default_provider();
        let _ = rustls::crypto::CryptoProvider::install_default(provider);
        let http = Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self {
            http,
            language,
            cookies: HashMap::new(),
        })
    }

    /// Opens an address.
    pub(crate) async fn open(&mut self, url: &str) -> Result<Page> {
        let url = Url::parse(url).map_err(|e| Lost(format!("{url}: {e}")))?;
        self.go(url, None).await
    }

    /// Follows the first link of a page whose text or address has `what`.
    pub(crate) async fn follow(&mut self, page: &Page, what: &str) -> Result<Page> {
        let link = page.link(what)?;
        self.go(link, None).await
    }

    /// Sends a form.
    pub(crate) async fn send(&mut self, form: Form) -> Result<Page> {
        let body = form.body()?;
        self.go(form.action, Some(body)).await
    }

    async fn go(&mut self, mut url: Url, mut body: Option<String>) -> Result<Page> {
        for _ in 0..MAX_REDIRECTS {
            let request = match body.take() {
                Some(body) => self
                    .http
                    .post(url.clone())
                    .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .body(body),
                None => self.http.get(url.clone()),
            };
            let request = request
                .header("accept-language", self.language)
                .header(COOKIE, self.cookie_line(&url));
            let response = request.send().await?;
            self.keep_cookies(&url, &response);
            let location = response.headers().get(LOCATION);
            let Some(location) = location.filter(|_| response.status().is_redirection()) else {
                return Page::read(url, response).await;
            };
            let location = String::from_utf8_lossy(location.as_bytes()).into_owned();
            let next = url.join(&location);
            url = next.map_err(|e| Lost(format!("redirect to {location}: {e}")))?;
        }
        Err(Lost(format!("too many redirects, the last to {url}")))
    }

    fn cookie_line(&self, url: &Url) -> String {
        let jar = self.cookies.get(&url.origin().ascii_serialization());
        let pairs = jar.into_iter().flatten();
        let pairs: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    fn keep_cookies(&mut self, url: &Url, response: &Response) {
        let jar = self.cookies.entry(url.origin().ascii_serialization());
        let jar = jar.or_default();
        for line in response.headers().get_all(SET_COOKIE) {
            let line = String::from_utf8_lossy(line.as_bytes()).into_owned();
            let pair = line.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                jar.insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
    }
}

/// A page that was opened.
pub(crate) struct Page {
    pub(crate) url: Url,
    pub(crate) status: u16,
    pub(crate) html: String,
    charset: &'static Encoding,
}

impl Page {
    async fn read(url: Url, response: Response) -> Result<Self> {
        let status = response.status().as_u16();
        let kind = response.headers().get(CONTENT_TYPE);
        let kind = kind.map(|kind| String::from_utf8_lossy(kind.as_bytes()).into_owned());
        let label = kind
            .as_deref()
            .and_then(|kind| kind.split("charset=").nth(1));
        let charset = label.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
        let charset = charset.unwrap_or(UTF_8);
        let bytes = response.bytes().await?;
        let html = charset.decode(&bytes).0.into_owned();
        Ok(Self {
            url,
            status,
            html,
            charset,
        })
    }

    /// Whether the page says this, tags and line breaks aside.
    pub(crate) fn says(&self, what: &str) -> bool {
        self.text().contains(what)
    }

    /// The text of the page's main part without its tags.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        let body = self.html.find("<main").and_then(|at| self.html.get(at..));
        for part in body.unwrap_or(&self.html).split('<') {
            let part = part.split_once('>').map_or(part, |(_, text)| text);
            text.push_str(&unescape(part));
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn link(&self, what: &str) -> Result<Url> {
        let links = self.html.split("<a").skip(1);
        let mut links = links.filter_map(|link| link.split("</a>").next());
        let link = links.find(|link| link.contains(what));
        let href = link.and_then(|link| attribute(link.split('>').next()?, "href"));
        let href = href.ok_or_else(|| Lost(format!("{} has no link {what}", self.url)))?;
        self.url
            .join(&href)
            .map_err(|e| Lost(format!("{href}: {e}")))
    }

    /// The form whose action contains `action`, with what it holds when nobody has typed yet.
    pub(crate) fn form(&self, action: &str) -> Result<Form> {
        let forms = self.html.split("<form").skip(1);
        let mut forms = forms.filter_map(|form| form.split("</form>").next()?.split_once('>'));
        let found =
            forms.find(|(tag, _)| attribute(tag, "action").is_some_and(|it| it.contains(action)));
        let (tag, inside) =
            found.ok_or_else(|| Lost(format!("{} has no form {action}", self.url)))?;
        let target = attribute(tag, "action").unwrap_or_default();
        let wanted = attribute(tag, "accept-charset");
        let charset = wanted.and_then(|label| Encoding::for_label(label.as_bytes()));
        Ok(Form {
            action: self
                .url
                .join(&target)
                .map_err(|e| Lost(format!("{target}: {e}")))?,
            charset: charset.unwrap_or(self.charset),
            fields: inside.split("<input").skip(1).filter_map(field).collect(),
        })
    }
}

/// A form, filled in.
#[derive(Clone)]
pub(crate) struct Form {
    pub(crate) action: Url,
    charset: &'static Encoding,
    pub(crate) fields: Vec<(String, String)>,
}

impl Form {
    /// Types a value into a field.
    pub(crate) fn fill(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The value of a field.
    pub(crate) fn value(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value)
    }

    fn body(&self) -> Result<String> {
        let mut body = String::new();
        for (name, value) in &self.fields {
            let (bytes, _, lossy) = self.charset.encode(value);
            if lossy {
                return Err(Lost(format!("{name} does not fit {}", self.charset.name())));
            }
            if !body.is_empty() {
                body.push('&');
            }
            body.push_str(name);
            body.push('=');
            for byte in bytes.iter() {
                body.push_str(&format!("%{byte:02X}"));
            }
        }
        Ok(body)
    }
}

/// What an input sends by itself: nothing without a name, nothing for a box that is not ticked.
fn field(rest: &str) -> Option<(String, String)> {
    let tag = rest.split('>').next()?;
    let name = attribute(tag, "name")?;
    let kind = attribute(tag, "type").unwrap_or_default();
    let ticked = tag
        .split_whitespace()
        .any(|word| word.starts_with("checked"));
    if matches!(kind.as_str(), "radio" | "checkbox") && !ticked {
        return None;
    }
    Some((name, attribute(tag, "value").unwrap_or_default()))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = format!(" {name}=\"");
    let value = tag.split(&start).nth(1)?.split('"').next()?;
    Some(unescape(value))
}

fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let reference = after
            .split_once(';')
            .and_then(|(reference, tail)| Some((character(reference)?, tail)));
        match reference {
            Some((character, tail)) => {
                plain.push(character);
                rest = tail;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn character(reference: &str) -> Option<char> {
    match reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "nbsp" => Some(' '),
        other => {
            let number = other.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

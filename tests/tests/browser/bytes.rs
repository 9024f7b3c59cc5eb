//! What Chromium posts, byte for byte: the SDK's forms to the gateway, the gateway's forms back to the shop.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use netmile::contract::{CapabilityMatrix, Contract, Endpoints, Method, Terminal};
use netmile::engine::MemoryJournal;
use netmile::link::{
    DetailRow, FormOptions, HttpPage, OrderId, PurchaseRequest, RawMessage, ReturnUrls, SignedForm,
};
use netmile::purchase::Phase;
use netmile::wire::{Replacement, TextPolicy};
use netmile::{Client, Lang, Yen};
use netmile_mock::{Mock, Options};
use netmile_tests::browser::{Browser, JavaScript, Lost, Result, equal, with_browser};
use shop_rust::Merchant;

/// Serves prepared pages and keeps what is posted to it.
struct Capture {
    url: String,
    held: Arc<Held>,
    server: tokio::task::JoinHandle<()>,
}

#[derive(Default)]
struct Held {
    pages: Mutex<Vec<HttpPage>>,
    posts: Mutex<Vec<Posted>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Posted {
    to: String,
    kind: String,
    body: Vec<u8>,
}

impl Capture {
    async fn start() -> Result<Self> {
        let held = Arc::new(Held::default());
        let router = Router::new()
            .route("/page/{number}", get(give))
            .route("/take/{what}", post(take))
            .with_state(Arc::clone(&held));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { url, held, server })
    }

    /// The address under which a page is now served.
    fn serve(&self, page: HttpPage) -> String {
        let mut pages = self.held.pages.lock().unwrap();
        pages.push(page);
        format!("{}/page/{}", self.url, pages.len() - 1)
    }

    /// Everything posted to this end since the last call.
    fn taken(&self, what: &str) -> Vec<Posted> {
        let mut posts = self.held.posts.lock().unwrap();
        posts.extract_if(.., |post| post.to == what).collect()
    }

    fn the_one(&self, what: &str) -> Result<Posted> {
        let mut posts = self.taken(what);
        equal(&format!("posts to {what}"), posts.len(), 1)?;
        Ok(posts.remove(0))
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn give(State(held): State<Arc<Held>>, Path(number): Path<usize>) -> Response {
    let page = held.pages.lock().unwrap().get(number).cloned();
    let Some(page) = page else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = [(header::CONTENT_TYPE, page.content_type)];
    let mut response = (kind, page.body).into_response();
    for (name, value) in page.headers {
        let value = HeaderValue::try_from(value).unwrap();
        let name = HeaderName::from_static(name);
        response.headers_mut().insert(name, value);
    }
    response
}

async fn take(
    State(held): State<Arc<Held>>,
    Path(to): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.map(|kind| String::from_utf8_lossy(kind.as_bytes()).into_owned());
    let is_notice = to == "notify";
    held.posts.lock().unwrap().push(Posted {
        to,
        kind: kind.unwrap_or_default(),
        body: body.to_vec(),
    });
    if is_notice {
        return "OK,".into_response();
    }
    Html("<!DOCTYPE html><link rel=icon href='data:,'><h1>taken</h1>").into_response()
}

fn client(endpoints: Endpoints) -> Result<Client> {
    let demo = Merchant::demo()?;
    let (id, service) = (demo.merchant_id, demo.service_id);
    let contract = Contract::netmile(id, service, demo.hash_key, endpoints)?
        .with_method(Method::netmile().with_matrix(CapabilityMatrix::all()));
    Ok(Client::builder()
        .contract(contract)
        .journal(Arc::new(MemoryJournal::new()))
        .text_policy(TextPolicy::Replace(Replacement::ALL.to_vec()))
        .build()?)
}

fn request(capture: &Capture, id: &str, name: &str) -> Result<PurchaseRequest> {
    let end = |end: &str| format!("{}/take/{end}", capture.url);
    let urls = ReturnUrls {
        success: end("success"),
        cancel: end("cancel"),
        error: end("error"),
        notify: end("notify"),
    };
    let id = OrderId::new(id)?;
    let price = Yen::new(300);
    let request = PurchaseRequest::new(id, "CUST0001", "ITEM1", price, Terminal::Pc, urls);
    Ok(request.with_item_name(name))
}

/// Requests whose values are hard to carry.
fn difficult(capture: &Capture) -> Result<Vec<PurchaseRequest>> {
    let row = |id: &str, name: &str, yen| DetailRow::new(id, name, Yen::new(yen));
    Ok(vec![
        request(capture, "windows", "～①髙ー表ソ")?.with_free("表", "ソ", "～"),
        request(capture, "wave-dash", "詩集 春〜夏")?.with_free("−", "‖", "—"),
        request(capture, "markup", "<b>&amp;\"'</b>")?.with_free("&", "\"><", "'+%26"),
        request(capture, "kana", "ﾊﾝｶｸ ｶﾞﾝﾊﾞﾚ")?.with_free("ｱ ｲ", "a=b;c", "~*-._!()"),
        request(capture, "rows", "ご注文 3点")?.with_rows([
            row("R1", "髙橋①ー～表ソ", 100).with_count(1),
            row("R2", "春〜夏 <&\"'>", 100).with_count(2),
            row("R3", "ｶﾀｶﾅ ソ\\表", 100).with_tax(Yen::new(9)),
        ]),
    ])
}

async fn sign(client: &Client, request: &PurchaseRequest) -> Result<SignedForm> {
    Ok(client.checkout().start(request).await?.form)
}

/// A page of the shop's own that holds the form.
fn own_page(content_type: &'static str, charset: &str, form: &[u8]) -> HttpPage {
    let mut body = format!(
        "<!DOCTYPE html><html lang=ja><meta charset={charset}><link rel=icon href='data:,'><title>shop</title><h1>shop</h1>"
    )
    .into_bytes();
    body.extend_from_slice(form);
    HttpPage {
        status: 200,
        content_type,
        headers: Vec::new(),
        body,
    }
}

/// The page that posts itself, a page in Shift_JIS, a page in UTF-8.
fn pages(form: &SignedForm) -> [(&'static str, HttpPage); 3] {
    let options = FormOptions::new(Lang::Ja).with_button("〜髙〜 pay");
    let (sjis, utf8) = (form.form_html(&options), form.form_text(&options));
    [
        ("the SDK's page", form.page(Lang::Ja)),
        (
            "a Shift_JIS page",
            own_page("text/html; charset=Shift_JIS", "Shift_JIS", sjis.as_bytes()),
        ),
        (
            "a UTF-8 page",
            own_page("text/html; charset=utf-8", "utf-8", utf8.as_bytes()),
        ),
    ]
}

/// Every difficult form by every page; what arrives equals what was promised.
async fn forms(browser: &Browser, javascript: JavaScript) -> Result<()> {
    let capture = Capture::start().await?;
    let mut endpoints = Endpoints::mock(&capture.url);
    endpoints.purchase = format!("{}/take/purchase", capture.url);
    let client = client(endpoints)?;
    for request in difficult(&capture)? {
        let form = sign(&client, &request).await?;
        let promised = String::from_utf8(form.urlencoded())?;
        for (what, page) in pages(&form) {
            let posts_itself = what == "the SDK's page" && javascript == JavaScript::On;
            browser.open(&capture.serve(page)).await?;
            if !posts_itself {
                browser.click("#netmile-checkout button").await?;
            }
            browser.at("taken").await?;
            let posted = capture.the_one("purchase")?;
            let what = format!("{} by {what}", form.order_id().unwrap_or_default());
            equal(&what, String::from_utf8(posted.body)?, promised.clone())?;
            equal(
                &what,
                posted.kind.as_str(),
                "application/x-www-form-urlencoded",
            )?;
        }
    }
    // The promise itself, for a few bytes that anybody can look up.
    let form = sign(&client, &request(&capture, "known", "～①髙ー表ソ〜")?).await?;
    let body = String::from_utf8(form.urlencoded())?;
    let known = "item_name=%81%60%87%40%FB%FC%81%5B%95%5C%83%5C%81%60&";
    if !body.contains(known) {
        return Err(Lost(format!("{known} is not in {body}")));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn chromium_posts_what_was_signed_and_what_comes_back_verifies() -> Result<()> {
    with_browser(JavaScript::On, |browser| async move {
        refused_script(&browser).await?;
        forms(&browser, JavaScript::On).await?;
        returns(&browser).await?;
        // The script of the self-posting page passed its own content security policy.
        equal("console errors", browser.console_errors().await?, vec![])
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn chromium_posts_the_same_without_javascript() -> Result<()> {
    with_browser(JavaScript::Off, |browser| async move {
        forms(&browser, JavaScript::Off).await
    })
    .await
}

/// A script that a policy refuses is an error of the console; so the absence of errors means something.
async fn refused_script(browser: &Browser) -> Result<()> {
    let capture = Capture::start().await?;
    let mut page = own_page(
        "text/html",
        "utf-8",
        b"<script>document.title = 'ran'</script>",
    );
    let policy = ("content-security-policy", "script-src 'none'".to_owned());
    page.headers.push(policy);
    browser.open(&capture.serve(page)).await?;
    browser.at("shop").await?;
    equal("console errors", browser.console_errors().await?.len(), 1)
}

/// The gateway's return forms, posted by the browser, pass the SDK's verification.
async fn returns(browser: &Browser) -> Result<()> {
    let capture = Capture::start().await?;
    let mock = Mock::start(Options::default()).await?;
    let client = client(Endpoints::mock(mock.url()))?;
    let name = "髙橋①ー～表ソ<&\"'>ｶﾅ";
    for end in ["success", "cancel", "error"] {
        let request = request(&capture, end, name)?.with_free("〜", "①", "ソ");
        let form = sign(&client, &request).await?;
        browser.forget().await?;
        browser.open(&capture.serve(form.page(Lang::Ja))).await?;
        browser.at("ネットマイルにログイン").await?;
        match end {
            "success" => {
                browser.fill("#login", "hanako").await?;
                browser.fill("#password", "hanako-demo").await?;
                browser.click("form[action$='/login'] button").await?;
                browser.at("お支払い").await?;
                browser.says(name).await?;
                browser.click("form[action$='/pay'] button").await?;
            }
            "cancel" => browser.click("form[action$='/cancel'] button").await?,
            _ => browser.click("form[action$='/fail'] button").await?,
        }
        browser.click("form[action*='/take/'] button").await?;
        browser.at("taken").await?;
        let posted = capture.the_one(end)?;
        let raw = RawMessage::form(posted.body).with_content_type(posted.kind);
        let read = client.returns();
        let back = match end {
            "success" => read.success(&raw).await?,
            "cancel" => read.cancel(&raw).await?,
            _ => read.error(&raw).await?,
        };
        equal("order_id", back.order_id.as_deref(), form.order_id())?;
        let code = (end == "error").then_some("4301");
        equal("err_code", back.err_code.as_deref(), code)?;
    }
    // The browser was faster than the notice; the notice completes the purchase.
    let waiting = client.purchases().get("success").await?.phase;
    equal("phase", waiting, Phase::AwaitingNotice)?;
    let notice = RawMessage::form(capture.the_one("notify")?.body);
    let ack = client.notices().handle(&notice).await;
    equal("answer", ack.body(), b"OK,".as_slice())?;
    let paid = client.purchases().get("success").await?.phase;
    equal("phase", paid, Phase::Paid)?;
    mock.stop().await;
    Ok(())
}

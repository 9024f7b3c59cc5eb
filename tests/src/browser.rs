//! A headless Chromium for tests, driven through chromedriver.
//!
//! Every wait polls for what it waits for and is bounded; whatever fails says on which page it failed.

use std::fmt;
use std::future::Future;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::json;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, LoggingPrefsLogLevel, WindowHandle};

/// Longest wait for a page or an element.
const PATIENCE: Duration = Duration::from_secs(20);

/// Longest wait for chromedriver to come up.
const START: Duration = Duration::from_secs(20);

/// Longest wait for one command of chromedriver.
const COMMAND: Duration = Duration::from_secs(60);

/// How often a condition is looked at.
const EVERY: Duration = Duration::from_millis(20);

/// Begins the description of a page in a [`Lost`].
const PAGE: &str = "\n  url   ";

/// Flags of every browser.
const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
];

/// Where Chromium goes by which name.
const CHROMIUM: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// What went wrong, with the page on which it did. `Debug` is the text, so that a test can end with it.
pub struct Lost(pub String);

impl fmt::Debug for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for Lost {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Result of a step in the browser.
pub type Result<T> = std::result::Result<T, Lost>;

/// Fails unless both are the same.
///
/// # Errors
/// What differs.
pub fn equal<T: PartialEq + fmt::Debug>(what: &str, is: T, wanted: T) -> Result<()> {
    if is == wanted {
        return Ok(());
    }
    Err(Lost(format!("{what}: is {is:?}, expected {wanted:?}")))
}

/// A chromedriver on a free port; it ends with this value.
struct Chromedriver {
    process: Child,
    url: String,
}

impl Chromedriver {
    fn start() -> Result<Self> {
        let path = program(&["chromedriver"])?;
        let mut process = Command::new(path)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let out = process.stdout.take();
        let mut driver = Self {
            process,
            url: String::new(),
        };
        let out = out.ok_or_else(|| Lost("chromedriver has no output".to_owned()))?;
        let (tell, told) = mpsc::channel();
        // Reads on after the port is known, so that chromedriver never waits for a full pipe.
        std::thread::spawn(move || {
            for line in BufReader::new(out)
                .lines()
                .map_while(std::result::Result::ok)
            {
                if let Some((_, port)) = line.split_once("started successfully on port ") {
                    let _ = tell.send(port.trim_end_matches('.').to_owned());
                }
            }
        });
        let port = told.recv_timeout(START);
        let port = port.map_err(|_| Lost("chromedriver did not start".to_owned()))?;
        driver.url = format!("http://127.0.0.1:{port}");
        Ok(driver)
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The first of these programs that is installed.
fn program(names: &[&str]) -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let places: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let found = names
        .iter()
        .flat_map(|name| places.iter().map(move |place| place.join(name)))
        .find(|file| file.is_file());
    found.ok_or_else(|| {
        Lost(format!(
            "the browser tests need {}, which is not on the PATH (Debian: apt-get install chromium chromium-driver)",
            names.join(" or ")
        ))
    })
}

/// Whether pages may run scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JavaScript {
    /// As browsers come.
    On,
    /// Switched off in the browser's settings.
    Off,
}

/// Opens a browser with a profile of its own, runs the steps, closes it whatever came of them.
///
/// # Errors
/// What the steps failed with; that Chromium or chromedriver is missing or did not start.
pub async fn with_browser<F, Fut>(javascript: JavaScript, steps: F) -> Result<()>
where
    F: FnOnce(Browser) -> Fut,
    Fut: Future<Output = Result<()>>,
{
    let chromium = program(CHROMIUM)?;
    let chromedriver = Chromedriver::start()?;
    // Nothing is encrypted on the loopback, but reqwest wants to know who would.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().no_proxy().timeout(COMMAND);
    let driver = WebDriver::builder(chromedriver.url.as_str(), wishes(&chromium, javascript)?)
        .client(http.build()?)
        .await?;
    let run = driver.run_and_quit(|driver| async move {
        driver.set_page_load_timeout(PATIENCE).await?;
        let browser = Browser { driver };
        match steps(browser.clone()).await {
            Ok(()) => Ok(()),
            Err(lost) => Err(browser.on_page(lost).await),
        }
    });
    run.await.map_err(|error| match error {
        thirtyfour::WebDriverRunError::Body(lost) => lost,
        other => Lost(other.to_string()),
    })
}

fn wishes(chromium: &std::path::Path, javascript: JavaScript) -> Result<ChromeCapabilities> {
    let mut wishes = DesiredCapabilities::chrome();
    wishes.set_binary(&chromium.to_string_lossy())?;
    for flag in FLAGS {
        wishes.add_arg(flag)?;
    }
    let mut preferences = json!({ "intl.accept_languages": "ja" });
    if let (JavaScript::Off, Some(map)) = (javascript, preferences.as_object_mut()) {
        let key = "profile.managed_default_content_settings.javascript";
        map.insert(key.to_owned(), json!(2));
    }
    wishes.add_experimental_option("prefs", preferences)?;
    wishes.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    Ok(wishes)
}

/// One browser, with one tab in front.
#[derive(Clone, Debug)]
pub struct Browser {
    driver: WebDriver,
}

/// A tab of a [`Browser`].
#[derive(Clone, Debug)]
pub struct Tab(WindowHandle);

impl Browser {
    /// Forgets all cookies, of every site.
    ///
    /// # Errors
    /// When the browser is gone; so of every method here.
    pub async fn forget(&self) -> Result<()> {
        self.driver.cdp().network().clear_browser_cookies().await?;
        Ok(())
    }

    /// Opens an address.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn open(&self, url: &str) -> Result<()> {
        match self.driver.goto(url).await {
            Ok(()) => Ok(()),
            Err(error) => Err(self.lost(&format!("{url} was not opened: {error}")).await),
        }
    }

    /// Address of the page.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn url(&self) -> Result<String> {
        Ok(self.driver.current_url().await?.to_string())
    }

    /// What the page shows.
    ///
    /// # Errors
    /// When there is no page.
    pub async fn text(&self) -> Result<String> {
        Ok(self.driver.find(By::Tag("body")).await?.text().await?)
    }

    /// Waits until the page's first heading is this.
    ///
    /// # Errors
    /// When another page stays.
    pub async fn at(&self, heading: &str) -> Result<()> {
        self.until(&format!("a page headed {heading:?}"), async || {
            let shown = self.driver.find(By::Tag("h1")).await?.text().await?;
            Ok(shown == heading)
        })
        .await
    }

    /// Waits until the page says that it is in this language, as `en`.
    ///
    /// # Errors
    /// When it is in another.
    pub async fn at_language(&self, code: &str) -> Result<()> {
        self.until(&format!("a page in {code:?}"), async || {
            self.has(&format!("html[lang='{code}']")).await
        })
        .await
    }

    /// Waits until the page shows this text.
    ///
    /// # Errors
    /// When it does not.
    pub async fn says(&self, text: &str) -> Result<()> {
        self.until(&format!("a page that says {text:?}"), async || {
            Ok(self.text().await?.contains(text))
        })
        .await
    }

    /// Fails when the page shows this text now.
    ///
    /// # Errors
    /// When it does.
    pub async fn lacks(&self, text: &str) -> Result<()> {
        if self.text().await?.contains(text) {
            return Err(self.lost(&format!("the page says {text:?}")).await);
        }
        Ok(())
    }

    /// Whether there is such an element.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn has(&self, css: &str) -> Result<bool> {
        Ok(!self.driver.find_all(By::Css(css)).await?.is_empty())
    }

    /// Clicks the first such element, once it is there.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn click(&self, css: &str) -> Result<()> {
        self.element(css).await?.click().await?;
        Ok(())
    }

    /// Clicks twice as fast as a mouse does, by a real double click.
    ///
    /// # Errors
    /// As [`click`](Self::click).
    pub async fn double_click(&self, css: &str) -> Result<()> {
        let element = self.element(css).await?;
        element.scroll_into_view().await?;
        let at_once = Some(Duration::ZERO);
        let chain = self.driver.action_chain_with_delay(at_once, at_once);
        chain.double_click_element(&element).perform().await?;
        Ok(())
    }

    /// Types into a field, in place of what stood there.
    ///
    /// # Errors
    /// As [`click`](Self::click).
    pub async fn fill(&self, css: &str, text: &str) -> Result<()> {
        let field = self.element(css).await?;
        field.clear().await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// Value of an attribute or a field.
    ///
    /// # Errors
    /// As [`click`](Self::click).
    pub async fn value(&self, css: &str) -> Result<String> {
        Ok(self.element(css).await?.value().await?.unwrap_or_default())
    }

    /// A property of an element, as text.
    ///
    /// # Errors
    /// As [`click`](Self::click).
    pub async fn property(&self, css: &str, name: &str) -> Result<String> {
        let property = self.element(css).await?.prop(name).await?;
        Ok(property.unwrap_or_default())
    }

    /// Chooses an option of a list by its value.
    ///
    /// # Errors
    /// As [`click`](Self::click).
    pub async fn choose(&self, css: &str, value: &str) -> Result<()> {
        self.click(&format!("{css} option[value='{value}']")).await
    }

    /// Puts a file into a form's field for files.
    ///
    /// # Errors
    /// As [`click`](Self::click).
    pub async fn attach(&self, css: &str, file: &std::path::Path) -> Result<()> {
        let path = file.to_string_lossy();
        self.element(css).await?.send_keys(path.as_ref()).await?;
        Ok(())
    }

    /// Where a link leads to or a form posts to, by its attribute `href` or `action`, as a whole address.
    ///
    /// # Errors
    /// As [`click`](Self::click); when it is no address.
    pub async fn target(&self, css: &str, attribute: &str) -> Result<reqwest::Url> {
        let element = self.element(css).await?;
        let target = element.attr(attribute).await?.unwrap_or_default();
        Ok(self.driver.current_url().await?.join(&target)?)
    }

    /// The browser's reload button.
    ///
    /// # Errors
    /// When the page does not come again.
    pub async fn reload(&self) -> Result<()> {
        Ok(self.driver.refresh().await?)
    }

    /// The browser's back button.
    ///
    /// # Errors
    /// When there is nothing to go back to.
    pub async fn back(&self) -> Result<()> {
        Ok(self.driver.back().await?)
    }

    /// The browser's forward button.
    ///
    /// # Errors
    /// When there is nothing to go forward to.
    pub async fn forward(&self) -> Result<()> {
        Ok(self.driver.forward().await?)
    }

    /// The tab in front.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn tab(&self) -> Result<Tab> {
        Ok(Tab(self.driver.window().await?))
    }

    /// Opens a tab and brings it to the front.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn new_tab(&self) -> Result<Tab> {
        let tab = Tab(self.driver.new_tab().await?);
        self.show(&tab).await?;
        Ok(tab)
    }

    /// Brings a tab to the front.
    ///
    /// # Errors
    /// When it is closed.
    pub async fn show(&self, tab: &Tab) -> Result<()> {
        Ok(self.driver.switch_to_window(tab.0.clone()).await?)
    }

    /// Brings the tab to the front that a click has opened.
    ///
    /// # Errors
    /// When none comes.
    pub async fn show_other_than(&self, known: &Tab) -> Result<()> {
        let mut opened = None;
        self.until("a tab that opens", async || {
            let tabs = self.driver.windows().await?;
            opened = tabs.into_iter().find(|tab| *tab != known.0);
            Ok(opened.is_some())
        })
        .await?;
        match opened {
            Some(tab) => self.show(&Tab(tab)).await,
            None => Err(self.lost("a tab that opens").await),
        }
    }

    /// Closes every other tab and brings this one to the front.
    ///
    /// # Errors
    /// When it is closed.
    pub async fn keep_only(&self, tab: &Tab) -> Result<()> {
        for other in self.driver.windows().await? {
            if other != tab.0 {
                self.show(&Tab(other)).await?;
                self.driver.close_window().await?;
            }
        }
        self.show(tab).await
    }

    /// Errors that the browser's console got since the last call.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn console_errors(&self) -> Result<Vec<String>> {
        let entries = self.driver.browser_log().await?;
        let errors = entries.into_iter().filter(|entry| entry.level == "SEVERE");
        Ok(errors.map(|entry| entry.message).collect())
    }

    /// Gives the screen this width, and the height of the whole page. Whether the page fits the width.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn set_width(&self, width: u32) -> Result<bool> {
        let cdp = self.driver.cdp();
        let screen = cdp.emulation();
        let size = "const e = document.documentElement; return [e.scrollWidth, e.scrollHeight];";
        screen
            .set_device_metrics_override(width, 320, 1.0, false)
            .await?;
        let measured = self.driver.execute(size, Vec::new()).await?;
        let (wide, high): (u32, u32) = measured.convert()?;
        screen
            .set_device_metrics_override(width, high.min(6000), 1.0, false)
            .await?;
        Ok(wide <= width)
    }

    /// Gives the screen its own size again.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn reset_width(&self) -> Result<()> {
        let cdp = self.driver.cdp();
        Ok(cdp.emulation().clear_device_metrics_override().await?)
    }

    /// A picture of the screen, as PNG.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        Ok(self.driver.screenshot_as_png().await?)
    }

    /// An error that says what was wanted and which page is there instead.
    pub async fn lost(&self, wanted: &str) -> Lost {
        let unknown = |error: Lost| format!("({error})");
        let url = self.url().await.unwrap_or_else(unknown);
        let title = self.driver.title().await;
        let title = title.unwrap_or_else(|error| format!("({error})"));
        let text = self.text().await.unwrap_or_else(unknown);
        Lost(format!(
            "{wanted}{PAGE}{url}\n  title {title}\n  body  {}",
            text.replace('\n', "\n        ")
        ))
    }

    /// The same error with the page on which it happened, unless it names one already.
    pub async fn on_page(&self, lost: Lost) -> Lost {
        if lost.0.contains(PAGE) {
            return lost;
        }
        self.lost(&lost.0).await
    }

    async fn element(&self, css: &str) -> Result<WebElement> {
        let mut found = None;
        self.until(&format!("an element {css}"), async || {
            found = Some(self.driver.find(By::Css(css)).await?);
            Ok(true)
        })
        .await?;
        match found {
            Some(element) => Ok(element),
            None => Err(self.lost(css).await),
        }
    }

    /// Polls until the condition holds. Pages that change under it are looked at again.
    async fn until(&self, what: &str, mut holds: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
        let start = Instant::now();
        loop {
            if matches!(holds().await, Ok(true)) {
                return Ok(());
            }
            if start.elapsed() > PATIENCE {
                return Err(self.lost(&format!("waited in vain for {what}")).await);
            }
            tokio::time::sleep(EVERY).await;
        }
    }
}

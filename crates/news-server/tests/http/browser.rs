//! The playground in a real browser: Chromium, driven by its own driver over WebDriver.
//!
//! Where there is no driver the test passes over it, except under `CI`, where `.ci/run` has
//! installed one. Screenshots go to the folder `playground` beside the other output of tests.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use news_server::Config;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use super::sockets::{answer, full, start, write};
use super::{PAGE, run};

/// Keys as WebDriver names them.
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const RIGHT: &str = "\u{e014}";

/// Tries until something is there; each waits a twentieth of a second.
const TRIES: usize = 400;

/// A browser, closed when dropped.
struct Browser {
    driver: Child,
    address: SocketAddr,
    session: String,
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Browser {
    /// `None`: there is no driver here.
    async fn open() -> Option<Self> {
        let driver = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).spawn();
        let Ok(mut driver) = driver else {
            super::say("no chromedriver: the playground is not tested");
            return None;
        };
        let output = BufReader::new(driver.stdout.take().expect("its output"));
        let port = output.lines().map_while(Result::ok).find_map(|line| {
            let port = line.split_once("successfully on port ")?.1;
            port.trim_end_matches('.').parse().ok()
        });
        let address = SocketAddr::from(([127, 0, 0, 1], port.expect("a port")));
        let mut browser = Self { driver, address, session: String::new() };
        let options = json!({ "args": ["--headless=new", "--no-sandbox", "--disable-gpu",
            "--disable-dev-shm-usage", "--window-size=1400,1000"] });
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" } } } });
        let session = browser.ask("POST /session", &wanted).await;
        session["sessionId"].as_str().expect("a session").clone_into(&mut browser.session);
        Some(browser)
    }

    async fn ask(&self, line: &str, body: &Value) -> Value {
        let mut stream = TcpStream::connect(self.address).await.expect("the driver");
        write(&mut stream, &full(line, &body.to_string())).await;
        let (status, _, text) = answer(&mut stream).await;
        assert_eq!(status, 200, "{line} {body}: {text}");
        serde_json::from_str::<Value>(&text).expect("JSON")["value"].take()
    }

    async fn command(&self, name: &str, body: Value) -> Value {
        self.ask(&format!("POST /session/{}/{name}", self.session), &body).await
    }

    /// What a function body gives in the page.
    async fn script(&self, script: &str) -> Value {
        self.command("execute/sync", json!({ "script": script, "args": [] })).await
    }

    /// Waits until an expression holds in the page.
    async fn until(&self, expression: &str) {
        for _ in 0..TRIES {
            if self.script(&format!("return Boolean({expression})")).await == true {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let status = self.script("return document.getElementById('status').textContent").await;
        panic!("never: {expression}; {status}");
    }

    async fn click(&self, selector: &str) {
        let found = json!({ "using": "css selector", "value": selector });
        let element = self.command("element", found).await;
        let id = element.as_object().and_then(|e| e.values().next()).expect("an element");
        let id = id.as_str().expect("an id");
        self.command(&format!("element/{id}/click"), json!({})).await;
    }

    /// Moves the pointer over an element.
    async fn hover(&self, selector: &str) {
        let found = json!({ "using": "css selector", "value": selector });
        let origin = self.command("element", found).await;
        let step =
            json!({ "type": "pointerMove", "duration": 0, "origin": origin, "x": 0, "y": 0 });
        let actions = json!([{ "type": "pointer", "id": "mouse", "actions": [step] }]);
        self.command("actions", json!({ "actions": actions })).await;
    }

    /// Presses and lets go a key: a character, or its code in WebDriver.
    async fn press(&self, key: &str) {
        let steps = json!([{ "type": "keyDown", "value": key }, { "type": "keyUp", "value": key }]);
        let actions = json!([{ "type": "key", "id": "keys", "actions": steps }]);
        self.command("actions", json!({ "actions": actions })).await;
    }

    /// Whether an expression holds in the page now.
    async fn holds(&self, expression: &str) {
        let held = self.script(&format!("return Boolean({expression})")).await;
        assert_eq!(held, true, "{expression}");
    }

    async fn wants_dark(&self, dark: bool) {
        let value = if dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        let body = json!({ "cmd": "Emulation.setEmulatedMedia", "params": media });
        self.command("goog/cdp/execute", body).await;
    }

    async fn screenshot(&self, name: &str) {
        let line = format!("GET /session/{}/screenshot", self.session);
        let picture = self.ask(&line, &json!({})).await;
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("playground");
        fs::create_dir_all(&folder).expect("a folder");
        let picture = decoded(picture.as_str().expect("a picture"));
        fs::write(folder.join(format!("{name}.png")), picture).expect("written");
    }

    /// Errors that the console shows.
    async fn complaints(&self) -> Vec<Value> {
        let log = self.command("se/log", json!({ "type": "browser" })).await;
        let log = log.as_array().cloned().unwrap_or_default();
        log.into_iter().filter(|entry| entry["level"] != "INFO").collect()
    }
}

/// Base64 to bytes.
fn decoded(text: &str) -> Vec<u8> {
    let digit = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u32> =
        text.bytes().filter(|c| *c != b'=').map(|c| u32::from(digit(c))).collect();
    digits
        .chunks(4)
        .flat_map(|four| {
            let bits = (0..4).fold(0, |bits, n| bits << 6 | four.get(n).copied().unwrap_or(0));
            bits.to_be_bytes()[1..four.len()].to_vec()
        })
        .collect()
}

#[test]
fn the_playground_works() {
    run(async {
        let Some(browser) = Browser::open().await else { return };
        let service = start(Config::default()).await;
        browser.command("url", json!({ "url": format!("http://{}/", service.address) })).await;

        // Paste a page.
        browser
            .command(
                "execute/sync",
                json!({ "script": "document.getElementById('source').value = arguments[0]",
                    "args": [PAGE] }),
            )
            .await;
        browser.click("button.main").await;
        browser.until("document.querySelector('.story h2')").await;
        let headline = browser.script("return document.querySelector('.story h2').textContent");
        assert_eq!(headline.await, "Ferry resumes after storm");

        // What is pointed at lights up on both sides.
        browser.hover("#view [data-ids=block-0]").await;
        browser.until("document.querySelector('#raw .lit')").await;
        let lit = "return document.querySelector('#raw .lit').textContent";
        assert!(browser.script(lit).await.as_str().is_some_and(|t| t.contains("island ferry")));
        browser.hover("#raw [data-ids~=field-headline]").await;
        browser.until("document.querySelector('#view .story h2.lit')").await;
        browser.screenshot("article").await;

        browser.wants_dark(true).await;
        browser.screenshot("dark").await;
        browser.wants_dark(false).await;

        // Who speaks is listed; one speaker's words can be picked out.
        let speaker = "document.querySelector('.speakers button')";
        browser.holds(&format!("{speaker}.textContent.includes('Bo Lindqvist')")).await;
        browser.holds("document.querySelector('.story .quote.who-0')").await;
        browser.click(".speakers button").await;
        browser.holds("document.querySelector('.story.only .quote.on')").await;
        browser.screenshot("speaker").await;

        // The same by keyboard, with the focus in sight.
        browser.press(TAB).await;
        browser.holds("document.activeElement.dataset.ids === 'field-headline'").await;
        browser.holds("document.activeElement.matches(':focus-visible')").await;
        browser.holds("getComputedStyle(document.activeElement).outlineStyle !== 'none'").await;
        browser.script("document.querySelector('#view [data-ids=block-0]').focus()").await;
        browser.press(ENTER).await;
        browser.holds("document.activeElement.closest('#raw')").await;
        browser.press(ESCAPE).await;
        browser.holds("document.activeElement.dataset.ids === 'block-0'").await;
        browser.holds("!document.querySelector('.story.only, .on')").await;
        browser.script("document.querySelector('[data-view=article]').focus()").await;
        browser.press(RIGHT).await;
        browser.holds("document.activeElement.dataset.view === 'fields'").await;
        browser.holds("document.activeElement.getAttribute('aria-selected') === 'true'").await;

        // Every view has something to show.
        for view in ["fields", "reading", "removed", "json", "export"] {
            browser.click(&format!("[data-view={view}]")).await;
            let shown = "document.getElementById('view').textContent.trim().length > 20";
            browser.until(shown).await;
            browser.screenshot(view).await;
        }
        browser.until("document.getElementById('exported').textContent.includes('Ferry')").await;

        // A hostile page stays text.
        browser.click("[data-view=article]").await;
        let choose = "const s = document.getElementById('sample'); s.value = 'Hostile page'; \
            s.dispatchEvent(new Event('change'))";
        browser.script(choose).await;
        browser.until("document.querySelector('.story')?.textContent.includes('onerror')").await;
        for view in ["article", "fields", "reading", "removed", "json", "export"] {
            browser.click(&format!("[data-view={view}]")).await;
            let active = "return document.querySelectorAll('#results :is(img, script, svg, iframe), \
                #results [onclick], #results [href^=javascript]').length";
            assert_eq!(browser.script(active).await, 0, "{view}");
        }
        assert_eq!(browser.script("return document.title").await, "news: playground");

        // Phone width: nothing sticks out.
        browser.click("[data-view=article]").await;
        browser.command("window/rect", json!({ "width": 390, "height": 844 })).await;
        browser.until("document.documentElement.scrollWidth <= window.innerWidth + 1").await;
        browser.screenshot("phone").await;

        assert_eq!(browser.complaints().await, Vec::<Value>::new());
        service.end().await;
    });
}

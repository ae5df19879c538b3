//! Every page under `fixtures/pages` against its snapshot, one named test a page.
//!
//! Add a case: drop `fixtures/pages/<slug>.html`, run `INSTA_UPDATE=always cargo test -p news-tests
//! --test pages <slug>`, and judge the new `tests/snapshots/pages/<slug>.snap` by eye against the
//! page. With `CI=true` a page without a snapshot fails and nothing is written.

use std::path::Path;

use insta::{Settings, assert_snapshot};
use news_core::{Options, extract};
use news_tests::{Fixture, sheet};

#[expect(clippy::unnecessary_wraps, reason = "the harness wants a result")]
fn page(path: &Path) -> datatest_stable::Result<()> {
    let fixture = Fixture::read(path);
    let options = Options { comments: true, ..Options::default() };
    let text = match extract(&fixture.source(), &options) {
        Ok(article) => sheet(&article),
        Err(refused) => format!("refused: {} ({refused})\n", refused.code()),
    };
    let mut settings = Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("snapshots/pages");
    settings.set_omit_expression(true);
    settings.bind(|| assert_snapshot!(fixture.slug.as_str(), text));
    Ok(())
}

datatest_stable::harness! {
    { test = page, root = "../fixtures/pages", pattern = r"\.html$" },
}

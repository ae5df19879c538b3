//! Real pages: the same tree as by html5ever's tokenizer on each. Run in release.

use std::io::Read as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};

use super::{Tree, folder, limited, ours, theirs};
use crate::dom::guard::{Guard, GuardReport};
use crate::dom::sink::Sink;
use crate::dom::tokenizer::tokenize;

const DEFAULT: &str = "/work/shared/corpora/pages";

/// All pages below the folder, those of the named corpora only if any are named.
fn pages(corpora: &[&str]) -> Vec<PathBuf> {
    let Some(root) = folder("NEWS_PAGES", DEFAULT) else {
        return Vec::new();
    };
    let mut pages: Vec<PathBuf> = std::fs::read_dir(root)
        .expect("a folder")
        .flatten()
        .filter(|corpus| {
            corpora.is_empty() || corpora.iter().any(|name| corpus.file_name() == *name)
        })
        .filter_map(|corpus| std::fs::read_dir(corpus.path().join("pages")).ok())
        .flat_map(|pages| pages.flatten().map(|page| page.path()))
        .filter(|path| path.to_string_lossy().ends_with(".html.gz"))
        .collect();
    pages.sort();
    pages
}

fn read(path: &PathBuf) -> StrTendril {
    let file = std::fs::File::open(path).expect("a page");
    let mut bytes = Vec::new();
    flate2::read::MultiGzDecoder::new(file).read_to_end(&mut bytes).expect("a gzipped page");
    StrTendril::from(String::from_utf8_lossy(&bytes).into_owned())
}

#[test]
#[ignore = "reads the corpora; run in release"]
fn pages_give_the_same_tree() {
    let (mut same, mut touched) = (0, 0);
    let mut different = Vec::new();
    for path in pages(&[]) {
        let text = read(&path);
        let expected = theirs(&text, Tree::new(), true).dump();
        let (found, report, guard_report) = ours(&text, true, limited());
        if guard_report != GuardReport::default() || report.dropped_attributes > 0 {
            touched += 1;
            eprintln!("{}: {report:?} {guard_report:?}", path.display());
        }
        if found.dump() == expected {
            same += 1;
        } else {
            different.push(path);
        }
    }
    eprintln!("{same} pages the same, {} different, the guard touched {touched}", different.len());
    assert_eq!(different, Vec::<PathBuf>::new());
}

/// The speed of both in front of the same tree builder and the engine's own tree: sum of each page's
/// fastest round.
#[test]
#[ignore = "measures; run in release, alone"]
fn speed() {
    let pages: Vec<StrTendril> = pages(&["fundus-pub", "fundus-eval"]).iter().map(read).collect();
    let bytes: usize = pages.iter().map(|page| page.len()).sum();
    let rounds = 12;
    let best = |run: &dyn Fn(&StrTendril)| -> Duration {
        pages
            .iter()
            .map(|page| {
                let round = |_| {
                    // As in a page's life: the text is copied into the buffer that tokens share.
                    let start = Instant::now();
                    let text = StrTendril::from(&**page);
                    run(&text);
                    start.elapsed()
                };
                (0..rounds).map(round).min().unwrap_or_default()
            })
            .sum()
    };
    let options = TreeBuilderOpts::default();
    let html5ever = best(&|text| drop(theirs(text, Sink::new(), true)));
    let guarded = best(&|text| {
        let (tokenizer_limits, guard_limits) = limited();
        let builder = TreeBuilder::new(Sink::new(), options);
        let guard = Guard::new(&builder, &builder.sink.position, guard_limits);
        tokenize(text, &guard, &builder.sink.position, &tokenizer_limits);
    });
    let unguarded = best(&|text| {
        let builder = TreeBuilder::new(Sink::new(), options);
        tokenize(text, &builder, &builder.sink.position, &limited().0);
    });
    let alone = best(&|text| {
        let position = std::cell::Cell::new((0, 0));
        tokenize(text, &Nothing, &position, &limited().0);
    });
    let speed = |took: Duration| bytes as f64 / took.as_secs_f64() / 1e6;
    eprintln!("{} pages, {bytes} bytes", pages.len());
    eprintln!("html5ever's tokenizer, tree builder, our tree: {:.0} MB/s", speed(html5ever));
    eprintln!("ours, guard, tree builder, our tree: {:.0} MB/s", speed(guarded));
    eprintln!("ours, tree builder, our tree: {:.0} MB/s", speed(unguarded));
    eprintln!("ours alone: {:.0} MB/s", speed(alone));
}

/// Drops each token.
struct Nothing;

impl html5ever::tokenizer::TokenSink for Nothing {
    type Handle = u32;

    fn process_token(
        &self,
        token: html5ever::tokenizer::Token,
        _line: u64,
    ) -> html5ever::tokenizer::TokenSinkResult<u32> {
        use html5ever::local_name;
        use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
        use html5ever::tokenizer::{TagKind, Token, TokenSinkResult};
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => match tag.name {
                local_name!("script") => TokenSinkResult::RawData(ScriptData),
                local_name!("style") | local_name!("noscript") => TokenSinkResult::RawData(Rawtext),
                local_name!("title") | local_name!("textarea") => TokenSinkResult::RawData(Rcdata),
                _ => TokenSinkResult::Continue,
            },
            _ => TokenSinkResult::Continue,
        }
    }
}

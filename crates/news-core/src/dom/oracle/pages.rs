//! Real pages: the same tree as by html5ever on each. Run in release.

use std::io::Read as _;
use std::path::PathBuf;

use html5ever::tendril::StrTendril;

use super::{Tree, folder, limited, ours, seen, theirs};
use crate::dom::builder::GuardReport;

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
        let (found, report, guard_report) = ours(&text, true, false, limited());
        if guard_report != GuardReport::default() || report.dropped_attributes > 0 {
            touched += 1;
            eprintln!("{}: {report:?} {guard_report:?}", path.display());
        }
        if found.dump() == expected && seen(&text, limited()) == found.seen() {
            same += 1;
        } else {
            different.push(path);
        }
    }
    eprintln!("{same} pages the same, {} different, the guard touched {touched}", different.len());
    assert_eq!(different, Vec::<PathBuf>::new());
}

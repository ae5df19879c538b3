//! html5lib's tree tests, read from the folder that `NEWS_HTML5LIB_TESTS` names (`testdata` in the
//! source package of html5lib 1.1): ours must pass each that html5ever passes.

use std::path::{Path, PathBuf};

use html5ever::tendril::StrTendril;

use super::{Tree, folder, ours, theirs, unlimited};

struct Case {
    data: String,
    document: String,
    scripting: Option<bool>,
    fragment: bool,
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    // Two levels: the tests and their `scripted` folder.
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|e| e == "dat") {
            found.push(path);
        } else if path.is_dir() && !path.ends_with("scripted") {
            files(&path, found);
        }
    }
}

fn cases(file: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for block in format!("\n{file}").split("\n#data\n").skip(1) {
        let (data, rest) =
            block.split_once("\n#errors").unwrap_or((block.trim_start_matches("#errors"), block));
        let Some((head, document)) = rest.split_once("#document\n") else {
            continue;
        };
        cases.push(Case {
            data: data.to_owned(),
            document: format!("{}\n", document.trim_end_matches('\n')),
            scripting: match (head.contains("#script-on"), head.contains("#script-off")) {
                (true, _) => Some(true),
                (_, true) => Some(false),
                _ => None,
            },
            fragment: head.contains("#document-fragment"),
        });
    }
    cases
}

#[test]
fn html5lib_trees() {
    let Some(root) = folder("NEWS_HTML5LIB_TESTS", "/nonexistent") else {
        return;
    };
    let mut paths = Vec::new();
    files(&root.join("tree-construction"), &mut paths);
    paths.sort();
    let (mut passed_theirs, mut passed_ours, mut total, mut fragments) = (0, 0, 0, 0);
    let mut different = Vec::new();
    for path in paths {
        let file =
            String::from_utf8_lossy(&std::fs::read(&path).expect("a test file")).into_owned();
        for case in cases(&file) {
            if case.fragment {
                fragments += 1;
                continue;
            }
            let text = StrTendril::from(case.data.as_str());
            let modes = case.scripting.map_or(vec![true, false], |mode| vec![mode]);
            for scripting in modes {
                total += 1;
                let their = theirs(&text, Tree::new(), scripting).dump();
                let our = ours(&case.data, scripting, false, unlimited()).0.dump();
                passed_theirs += u32::from(their == case.document);
                passed_ours += u32::from(our == case.document);
                if our != their {
                    let verdict = if our == case.document { "ours right" } else { "OURS WRONG" };
                    eprintln!("{verdict}: {} {:?}\n{our}\n{their}", path.display(), case.data);
                    different.push((case.data.clone(), our == case.document));
                }
            }
        }
    }
    eprintln!(
        "{total} runs ({fragments} fragment tests left out): html5ever {passed_theirs}, ours {passed_ours}"
    );
    assert!(different.iter().all(|(_, right)| *right), "{different:?}");
}

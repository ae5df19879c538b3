//! Files and commands that the documents name exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use news_tests::root;

/// Endings of file names; other words with a dot in them are no files.
const ENDINGS: [&str; 11] =
    ["rs", "toml", "md", "sh", "py", "tsv", "txt", "model", "jsonl", "json", "html"];

/// A document: its path and text.
struct Document {
    path: PathBuf,
    text: String,
}

fn documents() -> Vec<Document> {
    let root = root();
    let guides = fs::read_dir(root.join("docs")).expect("docs").flatten().map(|entry| entry.path());
    let guides = guides.filter(|path| path.extension().is_some_and(|end| end == "md"));
    let mut paths: Vec<PathBuf> = guides.collect();
    paths.extend(
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"].map(|name| root.join(name)),
    );
    paths.sort();
    let read = |path: PathBuf| Document { text: fs::read_to_string(&path).expect("text"), path };
    paths.into_iter().map(read).collect()
}

impl Document {
    /// Lines outside of fenced blocks.
    fn prose(&self) -> impl Iterator<Item = &str> {
        let parts = self.text.split("```").step_by(2);
        parts.flat_map(str::lines)
    }

    /// What stands between backticks in the prose.
    fn code_spans(&self) -> impl Iterator<Item = &str> {
        self.prose().flat_map(|line| line.split('`').skip(1).step_by(2))
    }

    /// Lines of the fenced blocks of shell commands, and commands between backticks.
    fn commands(&self) -> impl Iterator<Item = &str> {
        let blocks = self.text.split("```").skip(1).step_by(2);
        let shell = blocks.filter_map(|block| block.strip_prefix("sh\n"));
        let lines = shell.flat_map(str::lines).map(|line| line.split(" #").next().unwrap_or(line));
        let starts = ["cargo ", "news ", ".ci/", "tools/", "fuzz/"];
        let spans =
            self.code_spans().filter(move |span| starts.iter().any(|s| span.starts_with(s)));
        lines.chain(spans).map(str::trim).filter(|line| !line.is_empty())
    }

    fn links(&self) -> impl Iterator<Item = &str> {
        let targets = self.prose().flat_map(|line| line.split("](").skip(1));
        targets.filter_map(|rest| rest.split([')', '#']).next())
    }

    fn name(&self) -> String {
        self.path.strip_prefix(root()).unwrap_or(&self.path).display().to_string()
    }
}

/// A path of this repository, as far as its look tells.
fn is_path(word: &str) -> bool {
    let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "._-/".contains(c));
    let folders =
        ["crates/", "tests/", "docs/", "fixtures/", "fuzz/", "benches/", "tools/", ".ci/"];
    let ending = Path::new(word).extension().is_some_and(|end| ENDINGS.iter().any(|e| end == *e));
    let has_name = !word.starts_with("../") && !word.starts_with('/');
    plain && has_name && (ending || folders.iter().any(|folder| word.starts_with(folder)))
}

/// Paths are given from the workspace's folder, or from a crate's `src`.
fn exists(path: &str) -> bool {
    let crates = fs::read_dir(root().join("crates")).expect("crates").flatten();
    let sources = crates.map(|entry| entry.path().join("src"));
    std::iter::once(root()).chain(sources).any(|folder| folder.join(path).exists())
}

#[test]
fn files_exist() {
    let mut missing = BTreeSet::new();
    for document in documents() {
        for word in document.code_spans().chain(document.commands()).flat_map(str::split_whitespace)
        {
            // Files that a command writes or a reader brings along.
            let made = ["page.html", "story.txt", "article.json", "crawl.jsonl"];
            let is_made = made.contains(&word) || matches!(word, "fuzz/corpus" | "fuzz/artifacts");
            if is_path(word) && !is_made && !exists(word) {
                missing.insert(format!("{}: {word}", document.name()));
            }
        }
    }
    assert!(missing.is_empty(), "documents name files that are not there: {missing:#?}");
}

#[test]
fn links_lead_somewhere() {
    for document in documents() {
        let folder = document.path.parent().expect("a folder");
        for link in document.links().filter(|link| !link.contains("://") && !link.is_empty()) {
            assert!(folder.join(link).exists(), "{} links to {link}", document.name());
        }
    }
}

#[test]
fn cargo_commands_name_packages_and_targets() {
    for document in documents() {
        for command in document.commands().filter(|command| command.contains("cargo ")) {
            let words: Vec<&str> = command.split_whitespace().collect();
            for pair in words.windows(2) {
                let found = match pair {
                    ["-p" | "--package", package] => package_exists(package),
                    ["--test" | "--bench", target] => target_exists(target),
                    _ => true,
                };
                assert!(found, "{}: {command}: no such {pair:?}", document.name());
            }
        }
    }
}

fn manifests() -> Vec<String> {
    let root = root();
    let folders =
        ["crates", "tools"].map(|folder| fs::read_dir(root.join(folder)).expect("a folder"));
    let inner = folders.into_iter().flatten().flatten().map(|entry| entry.path());
    let packages = inner.chain([root.join("tests")]);
    packages.filter_map(|package| fs::read_to_string(package.join("Cargo.toml")).ok()).collect()
}

fn package_exists(name: &str) -> bool {
    let line = format!("[package]\nname = \"{name}\"\n");
    manifests().iter().any(|manifest| manifest.contains(&line))
}

fn target_exists(name: &str) -> bool {
    manifests().iter().any(|manifest| manifest.contains(&format!("]]\nname = \"{name}\"\n")))
}

#[test]
fn news_commands_have_their_options() {
    let args = fs::read_to_string(root().join("crates/news-cli/src/args.rs")).expect("args.rs");
    let fields: BTreeSet<&str> = args
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub(crate) ")?.split_once(": "))
        .map(|(field, _)| field)
        .chain(["help", "version"])
        .collect();
    for document in documents() {
        for command in document.commands() {
            let Some(rest) = after_program(command) else {
                continue;
            };
            let words = rest.split_whitespace().filter_map(|word| word.strip_prefix("--"));
            for option in words.map(|option| option.split('=').next().unwrap_or(option)) {
                let known = fields.contains(option.replace('-', "_").as_str());
                assert!(known, "{}: {command}: no option --{option}", document.name());
            }
        }
    }
}

/// The arguments of `news` in a command line, whether installed or run by cargo.
fn after_program(command: &str) -> Option<&str> {
    if let Some(rest) = command.strip_prefix("cargo run ") {
        return rest.contains("news-cli").then(|| rest.split_once(" -- "))?.map(|(_, args)| args);
    }
    command.split(" | ").find_map(|part| part.trim().strip_prefix("news "))
}

#[test]
fn the_code_map_names_every_module() {
    let map = fs::read_to_string(root().join("docs/architecture.md")).expect("architecture.md");
    for package in ["news-core", "news-io", "news-cli", "news-server"] {
        let source = root().join("crates").join(package).join("src");
        for entry in fs::read_dir(&source).expect("src").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_folder = entry.path().is_dir();
            let shown = if is_folder { format!("`{name}/`") } else { format!("`{name}`") };
            let is_code = is_folder || Path::new(&name).extension().is_some_and(|end| end == "rs");
            assert!(!is_code || map.contains(&shown), "no line for {package}'s {shown}");
        }
    }
}

#[test]
fn the_architecture_is_read_in_one_go() {
    let map = fs::read_to_string(root().join("docs/architecture.md")).expect("architecture.md");
    assert!(map.lines().count() <= 250);
}

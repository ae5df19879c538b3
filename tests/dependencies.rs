//! Licences, duplicates and sources of all dependencies against `deny.toml`, as `cargo deny check bans
//! licenses sources` judges them. `cargo deny` itself takes longer to build than all of this.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use news_tests::root;
use serde::Deserialize;

#[derive(Deserialize)]
struct Deny {
    licenses: Licenses,
    bans: Bans,
}

#[derive(Deserialize)]
struct Licenses {
    allow: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Bans {
    skip: Vec<Skip>,
}

/// A version of a crate that may stand beside others: `getrandom@0.2`.
#[derive(Deserialize)]
struct Skip {
    #[serde(rename = "crate")]
    spec: String,
    reason: String,
}

#[derive(Deserialize)]
struct Graph {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
}

fn deny() -> Deny {
    let text = fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    toml::from_str(&text).expect("TOML")
}

fn packages() -> Vec<Package> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(root()).args([
        "metadata",
        "--format-version=1",
        "--locked",
        "--all-features",
    ]);
    let output = cargo.output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice::<Graph>(&output.stdout).expect("the graph").packages
}

#[test]
fn licences_are_allowed() {
    let allowed = deny().licenses.allow;
    for package in packages() {
        let stated = package.license.as_deref().unwrap_or_default();
        let fits = Licence { allowed: &allowed, rest: stated }.fits();
        assert!(fits, "{} {}: {stated:?}", package.name, package.version);
    }
}

#[test]
fn everything_comes_from_the_registry_or_the_workspace() {
    const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";
    for package in packages() {
        let source = package.source.as_deref().unwrap_or(REGISTRY);
        assert_eq!(source, REGISTRY, "{} {}", package.name, package.version);
    }
}

#[test]
fn duplicates_are_known() {
    let skips = deny().bans.skip;
    let mut versions = BTreeMap::<String, Vec<String>>::new();
    for package in packages() {
        versions.entry(package.name).or_default().push(package.version);
    }
    let covers = |skip: &Skip, name: &str, version: &str| {
        let (of, prefix) = skip.spec.split_once('@').expect("a version");
        of == name && version.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('.'))
    };
    for (name, all) in versions.iter().filter(|(_, all)| all.len() > 1) {
        let known = |version: &&String| skips.iter().any(|skip| covers(skip, name, version));
        let left = all.iter().filter(|version| !known(version)).count();
        assert!(left <= 1, "{name} in versions {all:?}: end one, or name it in deny.toml");
    }
    for skip in &skips {
        let mut twice = versions.iter().filter(|(_, all)| all.len() > 1);
        let needed = twice.any(|(name, all)| all.iter().any(|version| covers(skip, name, version)));
        assert!(needed && !skip.reason.is_empty(), "{} is no duplicate any more", skip.spec);
    }
}

/// A licence expression of SPDX, with the `/` of old manifests for `OR`.
struct Licence<'a> {
    allowed: &'a BTreeSet<String>,
    rest: &'a str,
}

impl Licence<'_> {
    fn fits(mut self) -> bool {
        let fits = self.any();
        fits && self.rest.trim().is_empty()
    }

    fn any(&mut self) -> bool {
        let mut fits = self.all();
        while self.takes("OR") || self.takes("/") {
            fits |= self.all();
        }
        fits
    }

    fn all(&mut self) -> bool {
        let mut fits = self.one();
        while self.takes("AND") {
            fits &= self.one();
        }
        fits
    }

    fn one(&mut self) -> bool {
        if self.takes("(") {
            let fits = self.any();
            return self.takes(")") && fits;
        }
        let mut name = self.word().to_owned();
        if self.takes("WITH") {
            name = format!("{name} WITH {}", self.word());
        }
        self.allowed.contains(&name)
    }

    fn takes(&mut self, mark: &str) -> bool {
        let rest = self.rest.trim_start().strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn word(&mut self) -> &str {
        let text = self.rest.trim_start();
        let end = text.find([' ', '/', '(', ')']).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        self.rest = rest;
        word
    }
}

#[test]
fn expressions_are_read_as_spdx_means_them() {
    let allowed: BTreeSet<String> =
        ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned).into();
    for (expression, fits) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0 OR MIT AND ISC", true),
        ("(GPL-3.0 OR MIT) AND ISC", true),
        ("MIT AND GPL-3.0", false),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("Apache-2.0", false),
        ("", false),
    ] {
        assert_eq!(Licence { allowed: &allowed, rest: expression }.fits(), fits, "{expression}");
    }
}

//! The trees of the models.

use std::fs;

use self::trees::Model;

#[path = "../src/trees.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    unused_macros,
    reason = "what the engine asks of trees"
)]
mod trees;

/// The models, as paths in `src` without their ending.
pub(crate) const MODELS: [&str; 7] = [
    "content/blocks",
    "content/pages",
    "verdict/page",
    "confidence/body",
    "confidence/headline",
    "confidence/authors",
    "confidence/published",
];

/// Name and packed file of a model.
pub(crate) fn packed(model: &'static str) -> (String, Vec<u8>) {
    let path = format!("src/{model}.model");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    println!("cargo::rerun-if-changed={path}");
    let packed = Model::read(&text, usize::from(u16::MAX)).pack();
    assert_eq!(Model::unpack(&packed, usize::from(u16::MAX)).pack(), packed);
    let name = model.rsplit('/').next().unwrap_or(model);
    (format!("{name}.trees"), packed)
}

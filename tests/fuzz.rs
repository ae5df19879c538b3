//! The fuzz targets over what once made them fail, and over mutants of the fixtures. Without coverage,
//! so it builds with everything else; `fuzz/run` is the real thing.

#![expect(clippy::print_stdout, reason = "says how many inputs were read")]

use std::fs;
use std::panic::catch_unwind;
use std::time::{Duration, Instant};

use news_tests::mutant::{Mutator, dictionary};
use news_tests::root;
use news_tests::seeds;
use news_tests::targets::{TARGETS, Target};

/// Mutants of each target where `NEWS_FUZZ_SECONDS` does not say how long to go on.
const MUTANTS: usize = 60;

#[test]
fn every_target_has_its_program() {
    let folder = root().join("fuzz/fuzz_targets");
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).expect("a manifest");
    for (name, _) in TARGETS {
        let program = fs::read_to_string(folder.join(format!("{name}.rs"))).expect("a program");
        assert!(program.contains(&format!("news_tests::targets::{name}(data)")), "{program}");
        assert!(manifest.contains(&format!("\npath = \"fuzz_targets/{name}.rs\"\n")), "{name}");
    }
    assert_eq!(fs::read_dir(folder).expect("programs").count(), TARGETS.len());
}

#[test]
fn what_once_failed_holds() {
    for (name, run) in TARGETS {
        for (path, input) in seeds::regressions(name) {
            assert!(catch_unwind(|| run(&input)).is_ok(), "target {name}: {path}");
        }
    }
}

#[test]
fn seeds_hold() {
    for (name, run) in TARGETS {
        let seeds = seeds::of(name);
        assert!(!seeds.is_empty(), "no seeds for {name}");
        for seed in &seeds {
            hold((name, run), seed);
        }
    }
}

#[test]
fn mutants_hold() {
    let words = fs::read_to_string(root().join("fuzz/dictionary.txt")).expect("the dictionary");
    let words = dictionary(&words);
    let seconds = std::env::var("NEWS_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    for target in TARGETS {
        let start = Instant::now();
        let goes_on = |done: usize| match seconds.map(Duration::from_secs) {
            Some(time) => start.elapsed() < time,
            None => done < MUTANTS,
        };
        let mutants = Mutator::new(seeds::of(target.0), words.clone());
        let taken = mutants.enumerate().take_while(|(done, _)| goes_on(*done));
        let count = taken.map(|(_, input)| hold(target, &input)).count();
        println!("{}: {count} mutants in {:.1} s", target.0, start.elapsed().as_secs_f32());
    }
}

/// Runs a target, and keeps the input where it fails.
fn hold((name, run): Target, input: &[u8]) {
    if catch_unwind(|| run(input)).is_err() {
        let folder = root().join("target/fuzz");
        let path = folder.join(format!("{name}-{:016x}", fnv(input)));
        fs::create_dir_all(folder).and_then(|()| fs::write(&path, input)).expect("written");
        panic!("target {name} fails on {}", path.display());
    }
}

/// FNV-1a of 64 bits.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

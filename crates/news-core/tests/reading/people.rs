//! People: the composed cases of `fixtures/language/people.toml`, and the sample story.

use std::ops::Range;

use news_core::reading::people::{Gender, Person, people};
use news_core::reading::{Prose, entity};
use serde::Deserialize;

use super::{Outcome, cases, shared};

#[derive(Deserialize)]
struct Case {
    name: String,
    text: String,
    people: Vec<Expected>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Expected {
    name: String,
    #[serde(default)]
    mentions: Vec<String>,
    #[serde(default)]
    roles: Vec<String>,
    age: Option<String>,
    gender: Option<String>,
}

#[test]
fn composed_cases() -> Outcome {
    for case in cases::<Case>("people.toml", 100)? {
        assert_eq!(read(&case.text), case.people, "{}", case.name);
    }
    Ok(())
}

#[test]
fn the_sample_story() -> Outcome {
    let Some(path) = shared("samples/yonhap.txt") else { return Ok(()) };
    let found = read(&std::fs::read_to_string(path)?);
    let names: Vec<&str> = found.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Jennifer Psaki",
            "Glyn Davies",
            "Isao Iijima",
            "Shinzo Abe",
            "Kim Yong-nam",
            "Kim Yong-il",
            "Song Il-ho",
            "Cho Tai-young",
        ]
    );
    let roles: Vec<&str> = found.iter().flat_map(|p| p.roles.iter().map(String::as_str)).collect();
    assert_eq!(
        roles,
        [
            "State Department spokeswoman @ State Department",
            "special representative for North Korea policy",
            "a key aide to Prime Minister Shinzo Abe @ Prime Minister Shinzo Abe",
            "Prime Minister",
            "North Korea's No. 2 official @ North Korea",
            "the secretary of the North's Central Committee of the Workers' Party @ \
             North's Central Committee of the Workers' Party",
            "an ambassador in charge of talks with Tokyo @ Tokyo",
            "spokesman for South Korea's foreign ministry @ South Korea's foreign ministry",
        ]
    );
    let mentions = ["Glyn Davies", "special representative", "he", "Davies", "He", "Davies"];
    assert_eq!(found[1].mentions, mentions);
    let mentions = ["Isao Iijima", "a key aide", "He", "Iijima", "Iijima"];
    assert_eq!(found[2].mentions, mentions);
    Ok(())
}

fn read(text: &str) -> Vec<Expected> {
    let prose = Prose::plain(text, Some("en"));
    let found = people(&prose, &entity::mentions(&prose));
    found.iter().map(|person| told(text, person)).collect()
}

/// What is read of a person, in the words of the text.
fn told(text: &str, person: &Person) -> Expected {
    let slice = |range: &Range<usize>| text.get(range.clone()).expect("a range").to_owned();
    let roles = person.roles.iter().map(|role| match &role.affiliation {
        Some(affiliation) => format!("{} @ {}", slice(&role.range), slice(affiliation)),
        None => slice(&role.range),
    });
    let gender = match person.gender {
        Gender::Male => Some("m"),
        Gender::Female => Some("f"),
        Gender::Unknown => None,
    };
    Expected {
        name: person.name.clone(),
        mentions: person.mentions.iter().map(|mention| slice(&mention.range)).collect(),
        roles: roles.collect(),
        age: person.age.as_ref().map(slice),
        gender: gender.map(str::to_owned),
    }
}

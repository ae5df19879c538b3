//! Names: the composed cases of `fixtures/language/entities.toml`.

use news_core::reading::Prose;
use news_core::reading::entity::{Entity, Form, entities, mentions};
use serde::Deserialize;

use super::{Outcome, cases};

#[derive(Deserialize)]
struct Case {
    #[serde(default)]
    language: Option<String>,
    text: String,
    mentions: Vec<String>,
    entities: Vec<String>,
}

#[test]
fn composed_cases() -> Outcome {
    let mut wrong = Vec::new();
    for case in cases::<Case>("entities.toml", 30)? {
        let prose = Prose::plain(&case.text, case.language.as_deref());
        let found = mentions(&prose);
        let named = found.iter().map(|m| format!("{:?} {}", m.kind, prose.slice(&m.range)));
        let named: Vec<String> = named.collect();
        let grouped: Vec<String> =
            entities(&prose, &found).iter().map(|entity| show(&prose, entity)).collect();
        if named != case.mentions || grouped != case.entities {
            wrong.push(format!("{}\n  {named:#?}\n  {grouped:#?}", case.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// `Organisation World Food Programme (WFP): World Food Programme, WFP/acronym`
fn show(prose: &Prose<'_>, entity: &Entity) -> String {
    let acronym = entity.acronym.as_ref().map_or_else(String::new, |short| format!(" ({short})"));
    let country = entity.country.map_or_else(String::new, |code| format!(" {code}"));
    let mentions: Vec<String> = entity
        .mentions
        .iter()
        .map(|naming| format!("{}{}", prose.slice(&naming.range), form(naming.form)))
        .collect();
    format!("{:?} {}{acronym}{country}: {}", entity.kind, entity.name, mentions.join(", "))
}

fn form(form: Form) -> &'static str {
    match form {
        Form::Name => "",
        Form::Short => "/short",
        Form::Acronym => "/acronym",
        Form::Adjective => "/adjective",
    }
}

//! html5lib's tokenizer tests, read from the folder that `NEWS_HTML5LIB_TESTS` names.

#![expect(clippy::print_stderr, reason = "a harness says what it skipped and what it measured")]

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::path::Path;

use html5ever::LocalName;
use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{self, RawKind};
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer as Theirs, TokenizerOpts,
};
use serde_json::{Value, json};

use super::*;

/// Writes tokens down in the format of the tests.
#[derive(Default)]
struct Record {
    tokens: RefCell<Vec<Value>>,
    foreign: bool,
}

impl Record {
    fn text(&self, text: &str) {
        let mut tokens = self.tokens.borrow_mut();
        if let Some(Value::Array(last)) = tokens.last_mut()
            && last[0] == "Character"
            && let Value::String(old) = &mut last[1]
        {
            old.push_str(text);
            return;
        }
        tokens.push(json!(["Character", text]));
    }
}

impl TokenSink for Record {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let token = match token {
            Token::CharacterTokens(text) => {
                self.text(&text);
                return TokenSinkResult::Continue;
            }
            Token::NullCharacterToken => {
                self.text("\0");
                return TokenSinkResult::Continue;
            }
            Token::DoctypeToken(d) => {
                let text = |id: Option<StrTendril>| id.map(|id| id.to_string());
                json!([
                    "DOCTYPE",
                    text(d.name),
                    text(d.public_id),
                    text(d.system_id),
                    !d.force_quirks
                ])
            }
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => json!(["EndTag", &*tag.name]),
            Token::TagToken(tag) => {
                let attrs: serde_json::Map<String, Value> = tag
                    .attrs
                    .iter()
                    .map(|a| (a.name.local.to_string(), json!(&*a.value)))
                    .collect();
                let mut token = vec![json!("StartTag"), json!(&*tag.name), Value::Object(attrs)];
                token.extend(tag.self_closing.then_some(Value::Bool(true)));
                Value::Array(token)
            }
            Token::CommentToken(text) => json!(["Comment", &*text]),
            Token::EOFToken | Token::ParseError(_) => return TokenSinkResult::Continue,
        };
        self.tokens.borrow_mut().push(token);
        TokenSinkResult::Continue
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.foreign
    }
}

fn ours(text: &StrTendril, state: &str, last_start_tag: &str) -> Vec<Value> {
    // A NUL in a run after the first is told to a sink in foreign content only.
    let sink = Record {
        foreign: state.starts_with("CDATA") || text.contains("\0\0"),
        ..Record::default()
    };
    let position = Cell::new((0, 0));
    let mut tokenizer = Tokenizer {
        input: text,
        bytes: text.as_bytes(),
        sink: &sink,
        position: &position,
        max_attributes: usize::MAX,
        has_cr: text.contains('\r'),
        has_nul: text.contains('\0'),
        at: 0,
        names: Names::default(),
        seen: HashSet::new(),
        report: TokenizerReport::default(),
    };
    // Without a last start tag no end tag ends raw text.
    let name = LocalName::from(if last_start_tag.is_empty() { "\0" } else { last_start_tag });
    match state {
        "Data state" => {}
        "PLAINTEXT state" => tokenizer.plaintext(),
        "RCDATA state" => tokenizer.raw(RawKind::Rcdata, &name),
        "RAWTEXT state" => tokenizer.raw(RawKind::Rawtext, &name),
        "Script data state" => tokenizer.raw(RawKind::ScriptData, &name),
        "CDATA section state" => tokenizer.cdata(0),
        other => panic!("unknown state {other}"),
    }
    tokenizer.run();
    sink.tokens.into_inner()
}

fn theirs(text: &StrTendril, state: &str, last_start_tag: &str) -> Vec<Value> {
    let initial_state = match state {
        "Data state" => states::Data,
        "PLAINTEXT state" => states::Plaintext,
        "RCDATA state" => states::RawData(RawKind::Rcdata),
        "RAWTEXT state" => states::RawData(RawKind::Rawtext),
        "Script data state" => states::RawData(RawKind::ScriptData),
        "CDATA section state" => states::CdataSection,
        other => panic!("unknown state {other}"),
    };
    let options = TokenizerOpts {
        initial_state: Some(initial_state),
        last_start_tag_name: (!last_start_tag.is_empty()).then(|| last_start_tag.to_owned()),
        discard_bom: false,
        ..TokenizerOpts::default()
    };
    let tokenizer =
        Theirs::new(Record { foreign: state.starts_with("CDATA"), ..Record::default() }, options);
    let queue = BufferQueue::default();
    queue.push_back(text.clone());
    while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.tokens.into_inner()
}

/// The expected tokens, neighbouring text joined and errors left out as in [`Record`].
fn expected(output: &Value) -> Vec<Value> {
    let record = Record::default();
    for token in output.as_array().into_iter().flatten() {
        match (token[0].as_str(), token[1].as_str()) {
            (Some("Character"), Some(text)) => record.text(text),
            (Some("EndTag"), Some(name)) => {
                record.tokens.borrow_mut().push(json!(["EndTag", name]));
            }
            (Some(_), _) => record.tokens.borrow_mut().push(token.clone()),
            (None, _) => {}
        }
    }
    record.tokens.into_inner()
}

#[test]
fn html5lib_tokens() {
    let Some(root) = std::env::var_os("NEWS_HTML5LIB_TESTS") else {
        eprintln!("skipped: NEWS_HTML5LIB_TESTS names no folder");
        return;
    };
    let folder = Path::new(&root).join("tokenizer");
    let (mut total, mut passed_ours, mut passed_theirs) = (0, 0, 0);
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().extension().is_none_or(|e| e != "test") {
            continue;
        }
        let file = std::fs::read_to_string(entry.path()).expect("a test file");
        // Lone surrogates cannot stand in UTF-8.
        let Ok(file) = serde_json::from_str::<Value>(&file) else {
            eprintln!("left out, has lone surrogates: {}", entry.path().display());
            continue;
        };
        for case in file["tests"].as_array().into_iter().flatten() {
            let unescape = |text: &str| -> Option<String> {
                if case["doubleEscaped"] != true {
                    return Some(text.to_owned());
                }
                serde_json::from_str(&format!("\"{}\"", text.replace('"', "\\\""))).ok()
            };
            let input = case["input"].as_str().unwrap_or_default();
            let output = case["output"].to_string().replace("\\\\u", "\\u");
            let output = if case["doubleEscaped"] == true {
                serde_json::from_str(&output).ok()
            } else {
                Some(case["output"].clone())
            };
            let (Some(input), Some(output)) = (unescape(input), output) else {
                continue;
            };
            let text = StrTendril::from(input);
            let output = expected(&output);
            let last = case["lastStartTag"].as_str().unwrap_or_default();
            let states = case["initialStates"]
                .as_array()
                .cloned()
                .unwrap_or_else(|| vec![json!("Data state")]);
            for state in states.iter().filter_map(Value::as_str) {
                total += 1;
                let (our, their) = (ours(&text, state, last), theirs(&text, state, last));
                passed_theirs += u32::from(their == output);
                if our == output {
                    passed_ours += 1;
                } else {
                    eprintln!(
                        "{state} {text:?}: ours {our:?}, theirs {their:?}, expected {output:?}"
                    );
                    wrong.push(text.to_string());
                }
            }
        }
    }
    eprintln!("{total} runs: html5ever {passed_theirs}, ours {passed_ours}");
    assert_eq!(wrong, Vec::<String>::new());
}

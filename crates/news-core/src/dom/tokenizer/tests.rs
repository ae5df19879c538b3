//! html5lib's tokenizer tests, read from the folder that `NEWS_HTML5LIB_TESTS` names.

#![expect(clippy::print_stderr, reason = "a harness says what it skipped and what it measured")]

use std::cell::RefCell;
use std::path::Path;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{self, RawKind};
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer as Theirs, TokenizerOpts,
};
use html5ever::{Attribute, TokenizerResult};
use serde_json::{Value, json};

use super::*;
use crate::dom::store::Attr;

/// Writes tokens down in the format of the tests.
#[derive(Default)]
struct Record {
    tokens: RefCell<Vec<Value>>,
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

    fn token(&self, token: Value) {
        self.tokens.borrow_mut().push(token);
    }

    fn start(&self, name: &str, attributes: serde_json::Map<String, Value>, closes: bool) {
        let mut token = vec![json!("StartTag"), json!(name), Value::Object(attributes)];
        token.extend(closes.then_some(Value::Bool(true)));
        self.token(Value::Array(token));
    }
}

impl TokenSink for Record {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) => self.text(&text),
            Token::NullCharacterToken => self.text("\0"),
            Token::DoctypeToken(d) => {
                let text = |id: Option<StrTendril>| id.map(|id| id.to_string());
                let (name, public, system) = (text(d.name), text(d.public_id), text(d.system_id));
                self.token(json!(["DOCTYPE", name, public, system, !d.force_quirks]));
            }
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => {
                self.token(json!(["EndTag", &*tag.name]));
            }
            Token::TagToken(tag) => {
                let named = |a: &Attribute| (a.name.local.to_string(), json!(&*a.value));
                self.start(&tag.name, tag.attrs.iter().map(named).collect(), tag.self_closing);
            }
            Token::CommentToken(text) => self.token(json!(["Comment", &*text])),
            Token::EOFToken | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

/// Our tokens, written down.
struct Ours<'t> {
    store: Store<'t>,
    record: Record,
    foreign: bool,
}

impl Ours<'_> {
    fn source(&self, (start, end): Span) -> String {
        decoded(self.store.page.get(start as usize..end as usize).expect("whole characters"))
    }
}

impl<'t> Sink<'t> for Ours<'t> {
    fn store(&mut self) -> &mut Store<'t> {
        &mut self.store
    }

    fn start_tag(&mut self, tag: &Tag) -> Next {
        let store = &self.store;
        let named = |a: &Attr| (store.names.text(a.name).to_owned(), json!(store.value(a)));
        let attributes = store.run(tag.attributes).iter().map(named).collect();
        self.record.start(store.names.text(tag.name), attributes, tag.is_self_closing);
        Next::Data
    }

    fn end_tag(&mut self, tag: &Tag) {
        self.record.token(json!(["EndTag", self.store.names.text(tag.name)]));
    }

    fn text(&mut self, piece: Piece) {
        self.record.text(self.store.text(&piece));
    }

    fn nul(&mut self, _place: Span) {
        self.record.text("\0");
    }

    fn comment(&mut self, text: Span, _place: Span) {
        self.record.token(json!(["Comment", self.source(text)]));
    }

    fn doctype(&mut self, doctype: &Doctype, _place: Span) {
        let text = |span: Option<Span>| span.map(|span| self.source(span));
        let name = text(doctype.name).map(|name| name.to_ascii_lowercase());
        let (public, system) = (text(doctype.public), text(doctype.system));
        self.record.token(json!(["DOCTYPE", name, public, system, !doctype.forces_quirks]));
    }

    fn end(&mut self, _place: Span) {}

    fn is_foreign(&self) -> bool {
        self.foreign
    }
}

fn ours(text: &str, state: &str, last_start_tag: &str) -> Vec<Value> {
    // A NUL in a run after the first is told to a sink in foreign content only.
    let foreign = state.starts_with("CDATA") || text.contains("\0\0");
    let mut sink = Ours { store: Store::new(text), record: Record::default(), foreign };
    let mut tokenizer = Tokenizer::new(&mut sink, &TokenizerLimits { max_attributes: usize::MAX });
    tokenizer.at = 0;
    // Without a last start tag no end tag ends raw text.
    let name = if last_start_tag.is_empty() { b"\0" } else { last_start_tag.as_bytes() };
    match state {
        "Data state" => {}
        "PLAINTEXT state" => tokenizer.plaintext(),
        "RCDATA state" => tokenizer.raw(Raw::Rcdata, name),
        "RAWTEXT state" => tokenizer.raw(Raw::Rawtext, name),
        "Script data state" => tokenizer.raw(Raw::Script, name),
        "CDATA section state" => tokenizer.cdata(0),
        other => panic!("unknown state {other}"),
    }
    tokenizer.run();
    sink.record.tokens.into_inner()
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
    let tokenizer = Theirs::new(Record::default(), options);
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
            let text = StrTendril::from(input.as_str());
            let output = expected(&output);
            let last = case["lastStartTag"].as_str().unwrap_or_default();
            let states = case["initialStates"]
                .as_array()
                .cloned()
                .unwrap_or_else(|| vec![json!("Data state")]);
            for state in states.iter().filter_map(Value::as_str) {
                total += 1;
                let (our, their) = (ours(input.as_str(), state, last), theirs(&text, state, last));
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

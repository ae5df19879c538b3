//! JSON out of a script, repaired where only one reading is possible.

use serde_json::Value;

use super::json::Json;
use super::prose::plain;

/// Reads the JSON of a script: comments and CDATA marks around it are stepped over; raw control
/// characters in strings, comments, trailing, doubled and missing commas and several values in a
/// row are repaired. `None` when it stays broken.
pub(crate) fn parse(script: &str) -> Option<Json<'_>> {
    let text = unwrap(script);
    serde_json::from_str(text).ok().or_else(|| mended(text).map(Json::from))
}

fn mended(text: &str) -> Option<Value> {
    if text.is_empty() {
        return None;
    }
    let read = |text: &str| serde_json::from_str(text).ok();
    let fixed = rewrite(text);
    read(&fixed).or_else(|| read(&format!("[{fixed}]"))).or_else(|| {
        let entities = text.contains("&quot;") || text.contains("&#34;");
        read(&rewrite(&entities.then(|| plain(text))?))
    })
}

/// How deep objects and arrays stand in each other.
pub(crate) fn nesting(json: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut rest = json.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        match byte {
            b'"' => rest = behind_string(rest),
            b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// What stands behind the quote that ends a string; nothing where none does.
fn behind_string(mut json: &[u8]) -> &[u8] {
    while let Some(at) = memchr::memchr2(b'"', b'\\', json) {
        let is_end = json.get(at) == Some(&b'"');
        json = json.get(at + if is_end { 1 } else { 2 }..).unwrap_or_default();
        if is_end {
            return json;
        }
    }
    &[]
}

/// What people put around JSON in a script.
const BEFORE: [&str; 7] = [
    "\u{feff}",
    "<!--",
    "<![CDATA[",
    "//<![CDATA[",
    "// <![CDATA[",
    "/*<![CDATA[*/",
    "/* <![CDATA[ */",
];
const AFTER: [&str; 8] = ["-->", "//-->", "]]>", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", ";"];

fn unwrap(script: &str) -> &str {
    let mut text = script.trim();
    while let Some(rest) = BEFORE.iter().find_map(|mark| text.strip_prefix(mark)) {
        text = rest.trim_start();
    }
    // The longest mark that fits: "//-->" before "-->".
    while let Some(rest) =
        AFTER.iter().filter_map(|mark| text.strip_suffix(mark)).min_by_key(|r| r.len())
    {
        text = rest.trim_end();
    }
    text
}

/// Writes JSON anew, character by character.
struct Rewriter<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    out: String,
    /// Last character written that is no white space.
    last: char,
    comma: bool,
}

fn rewrite(text: &str) -> String {
    let out = String::with_capacity(text.len() + 16);
    let mut writer = Rewriter { rest: text.chars().peekable(), out, last: ' ', comma: false };
    while let Some(c) = writer.rest.next() {
        writer.outside(c);
    }
    writer.out
}

impl Rewriter<'_> {
    fn outside(&mut self, c: char) {
        match c {
            c if c.is_whitespace() || c == '\u{feff}' => {}
            ',' => self.comma = true,
            '/' => self.comment(),
            '"' => {
                self.mark('"');
                self.string();
            }
            c => self.mark(c),
        }
    }

    /// Writes a character that means something, and the comma before it where one belongs.
    fn mark(&mut self, c: char) {
        let closes = matches!(c, '}' | ']');
        let opens = matches!(c, '{' | '[' | '"');
        let missing = opens && matches!(self.last, '}' | ']' | '"');
        let after_value = !matches!(self.last, '{' | '[' | ' ' | ':');
        if !closes && after_value && (self.comma || missing) {
            self.out.push(',');
        }
        self.comma = false;
        self.out.push(c);
        self.last = c;
    }

    fn comment(&mut self) {
        match self.rest.next_if(|c| matches!(c, '/' | '*')) {
            Some('/') => while self.rest.next_if(|c| *c != '\n').is_some() {},
            Some(_) => {
                let mut star = false;
                for c in self.rest.by_ref() {
                    if star && c == '/' {
                        return;
                    }
                    star = c == '*';
                }
            }
            None => self.mark('/'),
        }
    }

    fn string(&mut self) {
        while let Some(c) = self.rest.next() {
            match c {
                '\\' => self.escape(),
                '"' if self.ends_string() => {
                    self.out.push('"');
                    self.last = '"';
                    return;
                }
                '"' => self.out.push_str("\\\""),
                '\n' => self.out.push_str("\\n"),
                c if (c as u32) < 0x20 => self.out.push(' '),
                c => self.out.push(c),
            }
        }
    }

    fn escape(&mut self) {
        match self.rest.next() {
            Some(c @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => {
                self.out.push('\\');
                self.out.push(c);
            }
            Some(c) if (c as u32) < 0x20 => self.out.push(' '),
            Some(c) => self.out.push(c),
            None => {}
        }
    }

    /// Whether the quote just read ends its string: what follows is a mark of JSON, or a new member
    /// on a new line.
    fn ends_string(&self) -> bool {
        let mut new_line = false;
        for c in self.rest.clone().take(LOOK_AHEAD) {
            match c {
                '\n' => new_line = true,
                c if c.is_whitespace() => {}
                ',' | ':' | '}' | ']' => return true,
                '"' | '/' => return new_line,
                _ => return false,
            }
        }
        true
    }
}

/// White space looked through after a quote, in characters: deeper indents are not seen.
const LOOK_AHEAD: usize = 200;

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::parse;

    fn read(text: &str) -> Value {
        parse(text).map_or(Value::Null, Value::from)
    }

    #[test]
    fn wrappings_are_taken_off() {
        for text in [
            r#"{"a": 1}"#,
            r#"<!-- {"a": 1} -->"#,
            r#"//<![CDATA[
            {"a": 1}
            //]]>"#,
            r#"/*<![CDATA[*/ {"a": 1} /*]]>*/"#,
            r#"{"a": 1};"#,
            "\u{feff}{\"a\": 1}",
        ] {
            assert_eq!(read(text), json!({"a": 1}), "{text}");
        }
    }

    #[test]
    fn raw_control_characters_are_escaped() {
        assert_eq!(read("{\"a\": \"one\ntwo\tthree\"}"), json!({"a": "one\ntwo three"}));
    }

    #[test]
    fn trailing_and_doubled_commas_go() {
        assert_eq!(
            read(r#"{"a": [1, 2,], "b": 3,, "c": 4,}"#),
            json!({"a": [1, 2], "b": 3, "c": 4})
        );
    }

    #[test]
    fn missing_commas_come() {
        assert_eq!(read(r#"[{"a": 1} {"b": 2}]"#), json!([{"a": 1}, {"b": 2}]));
        assert_eq!(read("{\"a\": \"x\"\n\"b\": \"y\"}"), json!({"a": "x", "b": "y"}));
    }

    #[test]
    fn several_values_become_a_list() {
        assert_eq!(read(r#"{"a": 1}{"b": 2}"#), json!([{"a": 1}, {"b": 2}]));
    }

    #[test]
    fn comments_go() {
        assert_eq!(read("{ // one\n \"a\": /* two */ \"http://x\",}"), json!({"a": "http://x"}));
    }

    #[test]
    fn quotes_inside_strings_are_kept() {
        assert_eq!(
            read(r#"{"a": "the "big" one", "b": 2}"#),
            json!({"a": "the \"big\" one", "b": 2})
        );
        assert_eq!(read(r#"{"a": "it\'s"}"#), json!({"a": "it's"}));
    }

    #[test]
    fn entities_for_quotes_are_resolved() {
        assert_eq!(read("{&quot;a&quot;: &quot;b&quot;}"), json!({"a": "b"}));
    }

    #[test]
    fn what_stays_broken_is_lost() {
        for text in ["", "{", "{\"a\": }", "not json", "{\"a\": \"b"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn brackets_in_strings_nest_nothing() {
        let depth = super::nesting;
        assert_eq!(depth(r#"{"a": ["[[[\"[[", {}]}"#), 3);
        assert_eq!([depth(""), depth("\"[["), depth("\"[\\"), depth("]][")], [0, 0, 0, 1]);
    }

    #[test]
    fn depth_is_bounded() {
        assert_eq!(parse(&"[".repeat(100_000)), None);
    }
}

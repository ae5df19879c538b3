//! robots.txt (RFC 9309).

/// Rules of one file that are read; more are left out.
const MAX_RULES: usize = 2000;

/// What a robots.txt says to us.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Robots {
    rules: Vec<Rule>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    allow: bool,
    pattern: String,
}

/// The groups that speak to us: those that name us, else those for everybody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Addressee {
    Others,
    Everybody,
    Us,
}

impl Robots {
    /// Everything is forbidden: what RFC 9309 asks for where the file cannot be had.
    pub(crate) fn closed() -> Self {
        Self { rules: vec![Rule { allow: false, pattern: "/".to_owned() }] }
    }

    /// Reads the groups for the product `agent`, in lower case.
    pub(crate) fn parse(text: &str, agent: &str) -> Self {
        let mut found = [Vec::new(), Vec::new()];
        let mut named = false;
        let mut to = Addressee::Others;
        let mut in_head = false;
        for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            let allow = match key.as_str() {
                "user-agent" => {
                    let group = addressee(value, agent);
                    to = if in_head { to.max(group) } else { group };
                    named |= to == Addressee::Us;
                    in_head = true;
                    continue;
                }
                "allow" => true,
                "disallow" => false,
                _ => continue,
            };
            in_head = false;
            let rules = match to {
                Addressee::Us => &mut found[1],
                Addressee::Everybody => &mut found[0],
                Addressee::Others => continue,
            };
            if !value.is_empty() && rules.len() < MAX_RULES {
                rules.push(Rule { allow, pattern: encoded(value) });
            }
        }
        let [everybody, us] = found;
        Self { rules: if named { us } else { everybody } }
    }

    /// Whether `path` (with its query) may be fetched: the longest rule that fits decides, and of
    /// equally long ones the one that allows.
    pub(crate) fn allows(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|rule| fits(&rule.pattern, path));
        fitting.max_by_key(|rule| (rule.pattern.len(), rule.allow)).is_none_or(|rule| rule.allow)
    }
}

fn addressee(value: &str, agent: &str) -> Addressee {
    let token = |c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '_');
    let name = value.split(|c| !token(c)).next().unwrap_or_default();
    match value {
        "*" => Addressee::Everybody,
        _ if name.eq_ignore_ascii_case(agent) => Addressee::Us,
        _ => Addressee::Others,
    }
}

/// Characters beyond ASCII percent-encoded, as they stand in an address.
fn encoded(pattern: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(pattern.len());
    for byte in pattern.bytes() {
        if byte.is_ascii() {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Whether `path` begins as `pattern` says: `*` stands for anything, `$` at the end for the end.
/// Each piece between stars is looked for once, so the work is linear.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(pieces.next().unwrap_or_default()) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return !to_end || rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if to_end && pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        let Some(at) = rest.find(piece) else { return false };
        rest = rest.get(at + piece.len()..).unwrap_or_default();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_rule_of_our_group_decides() {
        let file = "# hello\nUser-agent: other\nDisallow: /\n\n\
            User-Agent: NEWS/1.0\nUser-agent: third\nDisallow: /private\nAllow: /private/open\n\
            Disallow: /*.pdf$\nDisallow: /q*x=1\nDisallow: /süd\nSitemap: /s.xml\n\n\
            User-agent: *\nDisallow: /all";
        let robots = Robots::parse(file, "news");
        for (path, allowed) in [
            ("/", true),
            ("/all", true),
            ("/private/a", false),
            ("/private/open/a", true),
            ("/a/b.pdf", false),
            ("/a/b.pdf?x", true),
            ("/q?y=2&x=1&z", false),
            ("/s%C3%BCd/a", false),
        ] {
            assert_eq!(robots.allows(path), allowed, "{path}");
        }
    }

    #[test]
    fn everybody_includes_us_unless_we_are_named() {
        let file = "User-agent: *\nDisallow: /a\nDisallow:\nUser-agent: news\nDisallow:";
        assert!(Robots::parse(file, "news").allows("/a"));
        assert!(!Robots::parse(file, "newsier").allows("/a"));
        assert!(Robots::parse("Disallow: /a", "news").allows("/a"));
        assert!(Robots::parse("<html>no: robots</html>", "news").allows("/a"));
        assert!(!Robots::closed().allows("/a"));
    }

    #[test]
    fn equal_length_allows() {
        let file = "user-agent: *\rdisallow: /a\rallow: /a";
        assert!(Robots::parse(file, "news").allows("/a"));
    }
}

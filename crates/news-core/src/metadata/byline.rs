//! Text of a byline -> people.
//!
//! The text is cut into segments at hard separators (new lines, `|`, `;`, spaced dashes, dates) and
//! each segment into pieces at commas, cues (`by`, `und`, `Foto:`), slashes and brackets. A piece is
//! then a name, a job title, an organisation, or nothing; titles and organisations go to the names
//! before them. The words come from `lexicon/agencies.tsv`, `byline_cues.tsv`, `byline_junk.tsv`,
//! `organisation_words.tsv` and `roles.tsv`.

use std::mem;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use name::is_particle;
use name::{
    OUR, from_slug, is_all_capitals, is_capital, is_cjk, is_desk, is_field, is_han, is_hangul,
    is_kana, is_organisation_shaped, is_role_noun, is_suffix, is_title, letters, organisation,
    readable, strip_agency, strip_glued_title, strip_title, title_text, trim_words,
};
use tables::{Cue, Junk, Kind, TABLES, Where};
use token::{Phrase, Token, is_cjk_word, is_link, is_link_head, segments, tokens};

mod kinds;
mod name;
mod tables;
mod token;

/// Somebody, or an organisation, that the page says wrote the article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Author {
    /// The name as stated, in readable case, without cue, title and degree. Never empty.
    pub name: String,
    /// The job title as stated ("Political Editor"), or `editor` and `translator` for people who
    /// are named as such. `None` where none is stated.
    pub role: Option<String>,
    /// The organisation stated with the name; for a news agency its full name. `None` where none is.
    pub organisation: Option<String>,
    /// Address for mail. `None` where none is stated.
    pub email: Option<String>,
    /// Page of the author. `None` where none is stated.
    pub url: Option<String>,
    /// The name is that of a newsroom, agency or other organisation, not of a person.
    pub is_organisation: bool,
}

/// What is known about a byline beside its text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct BylineContext<'a> {
    /// Name of the site or its publisher, known to be an organisation.
    pub(crate) publisher: Option<&'a str>,
    /// Language of the page as a BCP 47 tag. `None`: cues that are names elsewhere (`di`, `de`) do not count.
    pub(crate) language: Option<&'a str>,
    /// The text is the value of a field that is meant for an author (JSON-LD, `meta`, the text of a
    /// `rel=author` link), so that a
    /// single word or a user name is believed; visible text must look like a byline.
    pub(crate) is_stated: bool,
}

/// Longest text read, in bytes; the rest is cut off. Long bylines of large desks have under 500.
const TEXT_BYTES: usize = 1000;
/// Most authors returned.
const AUTHORS: usize = 40;
/// Most words of a stated name, and of a visible one without its particles.
const STATED_WORDS: usize = 8;
const VISIBLE_WORDS: usize = 5;
/// A visible segment longer than this, in words and marks, is prose about an author unless a cue begins it.
const PROSE_TOKENS: usize = 24;
/// Longest name, in characters.
const NAME_CHARS: usize = 80;

/// Reads `By Jane Doe and John Roe, Political Editors, The Associated Press | 5 May 2024` and the like.
/// In the order of the text, each name once. Empty when the text names nobody.
pub(crate) fn read(text: &str, context: &BylineContext<'_>) -> Vec<Author> {
    let end = text
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .take_while(|end| *end <= TEXT_BYTES)
        .last();
    let text = text.get(..end.unwrap_or(0)).unwrap_or("");
    let mut reader = Reader {
        context,
        people: Vec::new(),
        kind: Kind::Author,
        cued: false,
        role: None,
        link: None,
        open: 0,
    };
    let mut is_announced = false;
    for segment in segments(text) {
        if !mem::take(&mut is_announced) {
            reader.segment(segment);
            is_announced = announces(segment);
        }
    }
    reader.finish()
}

/// Whether a line says of the next one that it names nobody: `Reporting from` above a place.
fn announces(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    lower.ends_with(" from") && TABLES.junk(&lower) == Some(Junk::Cut)
}

/// The canonical name of the agency that is called so. Abbreviations of two letters must be in capitals.
pub(crate) fn agency(name: &str) -> Option<&'static str> {
    TABLES.agency(name.trim())
}

/// The agency whose name in a script without spaces stands anywhere in the text.
pub(crate) fn glued_agency(text: &str) -> Option<&'static str> {
    if text.is_ascii() {
        return None;
    }
    TABLES.glued_agencies.iter().find(|alias| text.contains(**alias)).and_then(|a| agency(a))
}

/// The name of an agency, in a script without spaces, that begins the text, and its canonical name.
pub(crate) fn agency_prefix(text: &str) -> Option<(&str, &'static str)> {
    let (full, rest) = strip_agency(text);
    Some((text.get(..text.len() - rest.len())?, full?))
}

/// The text before the name of an agency, in a script without spaces, that ends it, and that name.
pub(crate) fn agency_suffix(text: &str) -> Option<(&str, &str)> {
    TABLES.glued_agencies.iter().find_map(|alias| {
        let before = text.strip_suffix(*alias)?;
        Some((before, text.get(before.len()..)?))
    })
}

// ------------------------------------------------------------------ pieces

/// How a piece is tied to what stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tie {
    Start,
    Comma,
    And,
    Slash,
    Bracket,
    For,
}

#[derive(Debug)]
struct Piece<'a> {
    words: Vec<&'a str>,
    tie: Tie,
    kind: Kind,
    cued: bool,
}

#[derive(Debug)]
struct Person {
    author: Author,
    /// Hard segment-wise group: titles go to all names since the last title.
    has_details: bool,
    kind: Kind,
    /// Dropped unless a title follows.
    is_tentative: bool,
}

struct Reader<'a> {
    context: &'a BylineContext<'a>,
    people: Vec<Person>,
    /// What the last cue said about the names to come.
    kind: Kind,
    cued: bool,
    /// A title that stands before its name.
    role: Option<String>,
    /// A link that stands with a name.
    link: Option<String>,
    /// The first person of the current run of names.
    open: usize,
}

impl Reader<'_> {
    fn segment(&mut self, segment: &str) {
        if self.people.is_empty() && self.kind == Kind::Author && self.is_known(segment) {
            let author = Author { name: segment.trim().to_owned(), ..Author::default() };
            let organisation =
                TABLES.agency(&author.name).filter(|full| *full != author.name).map(str::to_owned);
            let author = Author { organisation, is_organisation: true, ..author };
            self.people.push(Person {
                author,
                has_details: false,
                kind: Kind::Author,
                is_tentative: false,
            });
            return;
        }
        let tokens = tokens(segment);
        let is_prose = !self.context.is_stated && tokens.len() > PROSE_TOKENS;
        if is_prose && self.cue(&tokens, 0, &[], &[]).is_none() {
            return;
        }
        let before = self.people.len();
        let mut pieces: Vec<Piece<'_>> = Vec::new();
        for part in tokens.split(|token| *token == Token::Hard) {
            self.pieces(part, &mut pieces);
            if pieces.len() == 2 && is_inverted(&pieces) {
                pieces.swap(0, 1);
                let family = pieces.pop().map(|piece| piece.words).unwrap_or_default();
                if let Some(piece) = pieces.last_mut() {
                    piece.words.extend(family);
                    piece.tie = Tie::Start;
                }
            }
            for piece in pieces.drain(..) {
                self.piece(&piece);
            }
        }
        if self.people.len() > before {
            (self.kind, self.cued) = (Kind::Author, false);
        }
    }

    /// Whether the segment is the name of an agency, a newsroom or the site, whatever words it is made of.
    fn is_known(&self, segment: &str) -> bool {
        let name = segment.trim();
        let lower = name.to_lowercase();
        let is_publisher = self
            .context
            .publisher
            .is_some_and(|publisher| publisher.trim().to_lowercase() == lower);
        !lower.is_empty() && (is_publisher || is_desk(&lower) || TABLES.agency(name).is_some())
    }

    // -------------------------------------------------------------- cutting into pieces

    fn pieces<'t>(&mut self, tokens: &'t [Token<'t>], pieces: &mut Vec<Piece<'t>>) {
        let mut words: Vec<&str> = Vec::new();
        let mut tie = Tie::Start;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token {
                Token::Word(word, lower) => {
                    if let Some((kind, next)) = self.cue(tokens, at, &words, pieces) {
                        // `本报记者 王小明`: a title that is a cue stays a title.
                        let is_title = kind == Kind::Author && word.chars().all(is_cjk);
                        if is_title && TABLES.role(lower).is_some() {
                            self.role = Some((*word).to_owned());
                        }
                        let new_tie = self.enter(kind, &mut words, tie, pieces);
                        (tie, at) = (new_tie, next);
                        continue;
                    }
                    if Self::is_cut(tokens, at) {
                        self.flush(&mut words, tie, pieces);
                        at = self.next_cue(tokens, at + 1);
                        continue;
                    }
                    let is_last = at + 1 == tokens.len() && words.len() == 1 && self.cued;
                    if !is_last && self.ends_name(word, lower, &words) {
                        self.flush(&mut words, tie, pieces);
                        at = self.skip(tokens, at + 1, pieces);
                        continue;
                    }
                    words.push(word);
                }
                Token::Comma => {
                    self.flush(&mut words, tie, pieces);
                    tie = Tie::Comma;
                }
                Token::Open => {
                    self.flush(&mut words, tie, pieces);
                    tie = Tie::Bracket;
                }
                Token::Close => {
                    self.flush(&mut words, tie, pieces);
                    tie = Tie::Start;
                }
                Token::Slash => {
                    self.flush(&mut words, tie, pieces);
                    tie = Tie::Slash;
                }
                Token::Colon => {
                    // "SEOUL: Jane Doe", "Jane Doe Stand: …": the word before it is a label.
                    if !words.last().is_some_and(|word| word.chars().all(is_cjk)) {
                        words.pop();
                    }
                    if words.len() > 1 {
                        self.flush(&mut words, tie, pieces);
                        tie = Tie::Start;
                    }
                    if matches!(tokens.get(at + 1), Some(Token::Word(..))) {
                        words.clear();
                    }
                }
                Token::Hard => {}
            }
            at += 1;
        }
        self.flush(&mut words, tie, pieces);
    }

    fn flush<'t>(&self, words: &mut Vec<&'t str>, tie: Tie, pieces: &mut Vec<Piece<'t>>) {
        if !words.is_empty() {
            pieces.push(Piece { words: mem::take(words), tie, kind: self.kind, cued: self.cued });
        }
    }

    /// Ends the piece before a cue and says how the next one is tied.
    fn enter<'t>(
        &mut self,
        kind: Kind,
        words: &mut Vec<&'t str>,
        tie: Tie,
        pieces: &mut Vec<Piece<'t>>,
    ) -> Tie {
        match kind {
            Kind::And | Kind::With => {
                self.flush(words, tie, pieces);
                Tie::And
            }
            Kind::For => {
                self.flush(words, tie, pieces);
                Tie::For
            }
            _ => {
                if !self.cued && kind == Kind::Author && pieces.is_empty() {
                    // "Posted in Politics by Jane Doe": what stands before "by" is no name.
                    words.clear();
                }
                self.flush(words, tie, pieces);
                (self.kind, self.cued) = (kind, true);
                Tie::Start
            }
        }
    }

    /// The cue that begins at this token, and the token after it.
    fn cue(
        &self,
        tokens: &[Token<'_>],
        at: usize,
        words: &[&str],
        pieces: &[Piece<'_>],
    ) -> Option<(Kind, usize)> {
        let mut phrase = Phrase::at(tokens, at)?;
        while let Some((key, next)) = phrase.next() {
            let fits = |cue: &Cue| self.cue_fits(cue, tokens, at..next, words, pieces);
            if let Some(cue) = TABLES.cues(&key).find(fits) {
                let is_mark = matches!(tokens.get(next), Some(Token::Colon))
                    || (matches!(tokens.get(next), Some(Token::Slash)) && cue.kind != Kind::And);
                return Some((cue.kind, next + usize::from(is_mark)));
            }
        }
        None
    }

    fn cue_fits(
        &self,
        cue: &Cue,
        tokens: &[Token<'_>],
        range: std::ops::Range<usize>,
        words: &[&str],
        pieces: &[Piece<'_>],
    ) -> bool {
        let next = tokens.get(range.end);
        let has_colon = matches!(next, Some(Token::Colon))
            || (matches!(next, Some(Token::Slash)) && is_cjk_word(tokens.get(range.start)));
        if matches!(cue.kind, Kind::And | Kind::With | Kind::For) {
            return self.joint_fits(cue, tokens, &range, words, pieces);
        }
        if has_colon {
            return true;
        }
        let is_start = words.is_empty();
        // After a cue that begins a short text a user name in lower case is a name.
        let is_short = range.start == 0 && tokens.len() <= range.len() + 2;
        let lower_fits = self.context.is_stated || is_short;
        let followed = next.is_some_and(|token| matches!(token, Token::Word(word, lower) if is_capital(word) || lower_fits || OUR.contains(&lower.as_str())));
        match cue.place {
            Where::Colon => false,
            Where::Own => is_start && followed && self.speaks(cue.languages),
            Where::Any if range.len() > 1 => followed || next.is_none(),
            Where::Any => {
                followed
                    && (is_start
                        || (tokens.get(range.start).is_some_and(
                            |t| matches!(t, Token::Word(w, _) if w.eq_ignore_ascii_case("by")),
                        ) && !self.cued))
                    || (is_start && next.is_none() && tokens.len() == 1)
            }
        }
    }

    /// Whether `and`, `with` or `for` stands between what looks like two names.
    fn joint_fits(
        &self,
        cue: &Cue,
        tokens: &[Token<'_>],
        range: &std::ops::Range<usize>,
        words: &[&str],
        pieces: &[Piece<'_>],
    ) -> bool {
        let Some(Token::Word(next, _)) = tokens.get(range.end) else {
            return false;
        };
        if cue.place == Where::Own && !self.speaks(cue.languages) {
            return false;
        }
        let is_agency = TABLES.agency(next).is_some();
        let before = !words.is_empty() || !pieces.is_empty() || !self.people.is_empty();
        if !(before || cue.kind == Kind::For && range.len() > 1) || !(is_capital(next) || is_agency)
        {
            return false;
        }
        let is_long = match tokens.get(range.start) {
            Some(Token::Word(_, lower)) => lower.chars().count() > 2,
            _ => false,
        };
        if range.len() > 1 || is_long && cue.kind != Kind::And {
            return true;
        }
        let first = tokens.get(range.start);
        let is_lower = matches!(first, Some(Token::Word(word, lower)) if *word == lower.as_str());
        // "By Jane Doe And John Roe", "JANE DOE Y JOHN ROE": a title's case, or all in capitals.
        let is_lower = is_lower || is_long || words.iter().all(|word| is_all_capitals(word));
        if !is_lower {
            return false;
        }
        // "Editor for Business and Climate" is one title.
        let is_title = words.first().is_some_and(|word| is_role_noun(&word.to_lowercase()))
            && words.iter().any(|word| !is_capital(word));
        if cue.kind == Kind::And && is_title {
            return false;
        }
        if cue.kind != Kind::And || is_agency || self.cued || !pieces.is_empty() {
            return true;
        }
        // "Brot und Salz" is one name, "Jane Doe und John Roe" are two.
        let after = tokens
            .iter()
            .skip(range.end)
            .take_while(|t| matches!(t, Token::Word(word, _) if is_capital(word)))
            .count();
        words.len() > 1 || after > 1 || words.iter().any(|word| TABLES.agency(word).is_some())
    }

    fn speaks(&self, languages: &str) -> bool {
        let Some(language) = self.context.language else {
            return false;
        };
        let primary = language.split(['-', '_']).next().unwrap_or("");
        languages.split(',').any(|tag| tag.eq_ignore_ascii_case(primary))
    }

    fn is_cut(tokens: &[Token<'_>], at: usize) -> bool {
        let Some(mut phrase) = Phrase::at(tokens, at) else {
            return false;
        };
        while let Some((key, _)) = phrase.next() {
            if TABLES.junk(&key) == Some(Junk::Cut) {
                return true;
            }
        }
        false
    }

    /// The next mark or cue after a word that ends a name.
    fn skip(&self, tokens: &[Token<'_>], from: usize, pieces: &[Piece<'_>]) -> usize {
        let stops = |at: &usize| match tokens.get(*at) {
            Some(Token::Word(..)) => self.cue(tokens, *at, &["Jane", "Doe"], pieces).is_some(),
            _ => true,
        };
        (from..tokens.len()).find(stops).unwrap_or(tokens.len())
    }

    /// The next cue for authors after text that names nobody, else the end.
    fn next_cue(&self, tokens: &[Token<'_>], from: usize) -> usize {
        (from..tokens.len())
            .find(|at| matches!(self.cue(tokens, *at, &[], &[]), Some((Kind::Author, _))))
            .unwrap_or(tokens.len())
    }

    /// Whether a name ends before this word: figures, and words in lower case that are no particles.
    fn ends_name(&self, word: &str, lower: &str, words: &[&str]) -> bool {
        if word.contains('@') || is_link_head(word) {
            return false;
        }
        let is_figure = word.chars().next().is_some_and(char::is_numeric);
        if is_figure {
            return !(self.context.is_stated && words.len() < 2);
        }
        let is_lower = word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
        if !is_lower || is_particle(lower) || words.is_empty() || TABLES.agency(word).is_some() {
            return false;
        }
        let all_lower = words.iter().all(|word| !is_capital(word))
            || words.first().is_some_and(|word| is_role_noun(&word.to_lowercase()));
        let is_place = matches!(
            lower,
            "in" | "en" | "aus" | "à" | "from" | "im" | "i" | "из" | "в" | "at" | "w" | "v"
        );
        if self.context.is_stated {
            return words.len() > 1 && is_place;
        }
        !all_lower && (lower.len() <= 3 || TABLES.role(lower).is_none())
    }

    // -------------------------------------------------------------- pieces to people

    fn piece(&mut self, piece: &Piece<'_>) {
        if matches!(piece.kind, Kind::Photo | Kind::Source) {
            return;
        }
        let mut words: Vec<&str> = Vec::with_capacity(piece.words.len());
        for word in &piece.words {
            self.word_of(word, &mut words);
        }
        trim_words(&mut words);
        if words.is_empty() {
            return;
        }
        let text = words.join(" ");
        let lower = text.to_lowercase();
        if self.is_nobody(&text, &lower, piece) {
            return;
        }
        if words.iter().all(|word| word.chars().any(is_cjk)) {
            self.cjk(&words, piece);
        } else if self.is_title(&words, piece) && (!self.people.is_empty() || !is_desk(&lower)) {
            self.title(title_text(&words));
        } else if piece.tie != Tie::Start && !self.people.is_empty() && is_field(&words) {
            // "Senior Director, Content & Marketing": what the title is about.
        } else if let Some(name) = organisation(&text, &lower, &words, self.context)
            && (name.is_some()
                || self.context.is_stated
                || is_desk(&lower)
                || is_organisation_shaped(&words))
        {
            self.organisation(text, name, piece);
        } else {
            self.name(&words, piece);
        }
    }

    /// Keeps the words of a name; addresses go to the person before.
    fn word_of<'w>(&mut self, word: &'w str, words: &mut Vec<&'w str>) {
        if is_link(word) {
            if !words.is_empty() {
                self.link = Some(word.to_owned());
            } else if let Some(person) = self.people.last_mut() {
                person.author.url.get_or_insert_with(|| word.to_owned());
            }
        } else if word.contains('@') {
            self.address(word, words);
        } else {
            words.push(word);
        }
    }

    fn address(&mut self, word: &str, words: &[&str]) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_mail =
            word.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
        if !is_mail {
            return;
        }
        match self.people.last_mut() {
            Some(person) if words.is_empty() => {
                person.author.email.get_or_insert_with(|| word.to_owned());
            }
            _ => self.mail(word),
        }
    }

    /// Keeps an address that stands before its name, as a person still without a name.
    fn mail(&mut self, word: &str) {
        let author = Author { email: Some(word.to_owned()), ..Author::default() };
        self.people.push(Person {
            author,
            has_details: false,
            kind: Kind::Author,
            is_tentative: false,
        });
    }

    fn is_nobody(&self, text: &str, lower: &str, piece: &Piece<'_>) -> bool {
        let junk = TABLES.junk(lower);
        let is_degree = junk == Some(Junk::Degree) && piece.tie == Tie::Comma;
        let is_figures = !text.chars().any(char::is_alphabetic);
        let is_late_title = !self.people.is_empty() && is_role_noun(lower);
        (matches!(junk, Some(Junk::Nobody | Junk::Cut)) && !is_late_title)
            || is_degree
            || is_figures
    }

    fn is_title(&self, words: &[&str], piece: &Piece<'_>) -> bool {
        let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        if is_title(&lower) {
            return true;
        }
        let follows = piece.tie != Tie::Start && !self.people.is_empty();
        let noun = |at: usize| lower.get(at).is_some_and(|word| is_role_noun(word));
        let stops = (0..words.len())
            .any(|at| noun(at) && words.get(at + 1).is_some_and(|next| !is_capital(next)));
        follows && piece.tie != Tie::And && (noun(0) || noun(words.len() - 1) || stops)
    }

    /// A title belongs to the names before it that have none yet, else to the next name.
    fn title(&mut self, text: String) {
        let open = self.open.min(self.people.len());
        let mut given = false;
        for person in
            self.people.iter_mut().skip(open).filter(|person| !person.author.is_organisation)
        {
            if person.author.role.is_none() {
                person.author.role = Some(text.clone());
                given = true;
            }
        }
        if given {
            self.open = self.people.len().saturating_sub(1).max(open);
            for person in self.people.iter_mut().skip(open) {
                person.has_details = true;
            }
        } else {
            self.role = Some(text);
        }
    }

    fn organisation(&mut self, text: String, full: Option<&str>, piece: &Piece<'_>) {
        // In visible text the line below a name says whom the author works for.
        let is_next_line = piece.tie == Tie::Start && !self.context.is_stated && !piece.cued;
        let belongs = matches!(piece.tie, Tie::Comma | Tie::For | Tie::Bracket) || is_next_line;
        let run = self.people.iter().rposition(|person| {
            person.author.is_organisation || person.author.organisation.is_some()
        });
        let run = run.map_or(0, |at| at + 1);
        if belongs && run < self.people.len() {
            let name = full.unwrap_or(&text);
            for person in self.people.iter_mut().skip(run) {
                person.author.organisation = Some(name.to_owned());
                person.has_details = true;
            }
            return;
        }
        if piece.tie == Tie::For {
            return;
        }
        let organisation = full.filter(|full| *full != text).map(str::to_owned);
        self.push(
            Author { name: text, organisation, is_organisation: true, ..Author::default() },
            piece,
        );
    }

    fn name(&mut self, words: &[&str], piece: &Piece<'_>) {
        let is_unnamed = self.people.last().is_none_or(|person| person.author.name.is_empty());
        if (piece.tie == Tie::Bracket && !is_unnamed)
            || (piece.tie == Tie::Comma && self.is_place(words))
        {
            return;
        }
        let (words, role) = strip_title(words);
        if piece.tie == Tie::For {
            return self.organisation(words.join(" "), None, piece);
        }
        if piece.tie == Tie::Comma && is_suffix(words) {
            if let Some(person) = self.people.last_mut() {
                person.author.name.push(' ');
                person.author.name.push_str(&words.join(" "));
            }
            return;
        }

        if !self.is_name(words, piece) {
            return;
        }
        let name = match words {
            [slug] => from_slug(slug).unwrap_or_else(|| (*slug).to_owned()),
            _ => readable(words, self.speaks("tr,az")),
        };
        // A sign such as `abc/dpa` stands for a desk.
        let is_organisation = name.contains('/');
        self.push(Author { name, role, is_organisation, ..Author::default() }, piece);
    }

    /// A single word after a full name and a comma is where the author was, not who.
    fn is_place(&self, words: &[&str]) -> bool {
        let single = words.len() == 1 && !is_suffix(words);
        single
            && self.people.last().is_some_and(|person| {
                person.author.is_organisation || person.author.name.contains(' ')
            })
    }

    fn is_name(&self, words: &[&str], piece: &Piece<'_>) -> bool {
        let chars: usize = words.iter().map(|word| word.chars().count() + 1).sum();
        if words.is_empty() || chars > NAME_CHARS {
            return false;
        }
        if self.context.is_stated {
            return words.len() <= STATED_WORDS;
        }
        if piece.cued && words.len() == 1 && piece.tie == Tie::Start {
            return words.iter().all(|word| letters(word) > 1);
        }
        let is_cued_pair =
            piece.cued && words.len() == 2 && words.first().is_some_and(|word| is_capital(word));
        let shaped = is_cued_pair
            || words.iter().all(|word| is_capital(word) || is_particle(&word.to_lowercase()));
        let full = words.iter().filter(|word| !is_particle(&word.to_lowercase())).count();
        let enough = full > 1
            || (full == 1 && (piece.cued || (piece.tie == Tie::And && !self.people.is_empty())));
        shaped && enough && full <= VISIBLE_WORDS
    }

    fn push(&mut self, mut author: Author, piece: &Piece<'_>) {
        author.url = author.url.or_else(|| self.link.take());
        author.role = author.role.or_else(|| self.role.take()).or_else(|| {
            let role = match piece.kind {
                Kind::Editor => "editor",
                Kind::Translator => "translator",
                _ => return None,
            };
            Some(role.to_owned())
        });
        if piece.tie == Tie::Start && self.people.last().is_some_and(|person| person.has_details) {
            self.open = self.people.len();
        }
        match self.people.last_mut() {
            Some(person) if person.author.name.is_empty() => {
                author.email = person.author.email.take();
                person.author = author;
            }
            _ => self.people.push(Person {
                author,
                has_details: false,
                kind: piece.kind,
                is_tentative: false,
            }),
        }
    }

    fn finish(mut self) -> Vec<Author> {
        let mut authors: Vec<Author> = Vec::new();
        // Somebody named both as author and as editor is an author.
        self.people.sort_by_key(|person| matches!(person.kind, Kind::Editor | Kind::Translator));
        for Person { author, is_tentative, .. } in self.people {
            if author.name.is_empty() || (is_tentative && author.role.is_none()) {
                continue;
            }
            let same =
                |known: &&mut Author| known.name.to_lowercase() == author.name.to_lowercase();
            if let Some(known) = authors.iter_mut().find(same) {
                known.fill_from(author);
            } else if authors.len() < AUTHORS {
                authors.push(author);
            }
        }
        authors
    }

    // -------------------------------------------------------------- Chinese, Japanese, Korean

    fn cjk(&mut self, words: &[&str], piece: &Piece<'_>) {
        let mut names: Vec<&str> = Vec::new();
        for word in words {
            let (agency, rest) = strip_agency(word);
            if let Some(full) = agency {
                let organisation = (full != *word).then(|| full.to_owned());
                let name = word.get(..word.len() - rest.len()).unwrap_or(word).to_owned();
                if rest.is_empty() || TABLES.role(rest).is_none() {
                    self.push(
                        Author { name, organisation, is_organisation: true, ..Author::default() },
                        piece,
                    );
                }
            }
            let (name, role) = strip_glued_title(rest);
            if let Some(role) = role {
                self.role = Some(role.to_owned());
            }
            if !name.is_empty() && !TABLES.tails.iter().any(|tail| name.ends_with(tail)) {
                names.push(name);
            }
            if role.is_some() && !names.is_empty() {
                self.cjk_names(&mem::take(&mut names), piece);
            }
        }
        self.cjk_names(&names, piece);
        self.late_cjk_title();
    }

    /// `홍길동 기자`: the title after the name.
    fn late_cjk_title(&mut self) {
        if self.people.last().is_some_and(|person| person.author.role.is_none())
            && let Some(role) = self.role.take()
        {
            self.title(role);
        }
    }

    fn cjk_names(&mut self, names: &[&str], piece: &Piece<'_>) {
        if names.is_empty() {
            return;
        }
        let is_japanese = self.speaks("ja") || names.iter().any(|name| name.chars().any(is_kana));
        let parted = names.iter().all(|name| name.chars().count() > 1)
            && !is_japanese
            && (self.speaks("zh")
                || names.len() > 2
                || names.iter().all(|name| name.chars().all(is_hangul)));
        let role = self.role.clone();
        if parted {
            for name in names {
                self.role.clone_from(&role);
                self.cjk_name((*name).to_owned(), piece);
            }
        } else {
            self.cjk_name(names.join(" "), piece);
        }
    }

    /// `홍길동·김철수 기자`: a title after the last of several names is that of all of them.
    fn share_title(&mut self, role: &str) {
        let without =
            |person: &&mut Person| person.author.role.is_none() && !person.author.is_organisation;
        for person in self.people.iter_mut().rev().take_while(without) {
            person.author.role = Some(role.to_owned());
        }
    }

    fn cjk_name(&mut self, name: String, piece: &Piece<'_>) {
        let lower = name.to_lowercase();
        let chars = name.chars().count();
        let is_desk = TABLES.junk(&lower) == Some(Junk::Desk);
        let is_person = (2..=12).contains(&chars) && !is_desk;
        let is_spaced =
            name.contains(' ') && chars <= 7 && name.chars().all(|c| is_han(c) || c == ' ');
        let believed =
            self.context.is_stated || is_spaced || piece.cued || self.role.is_some() || is_desk;
        if !believed && is_person && chars <= 4 {
            let author = Author { name, ..Author::default() };
            self.people.push(Person {
                author,
                has_details: false,
                kind: piece.kind,
                is_tentative: true,
            });
        } else if believed && chars > 1 && chars <= 24 {
            if piece.tie == Tie::Comma
                && let Some(role) = self.role.clone()
            {
                self.share_title(&role);
            }

            self.push(Author { name, is_organisation: !is_person, ..Author::default() }, piece);
        }
    }
}

impl Author {
    /// Takes over what the other one knows beyond this one.
    fn fill_from(&mut self, other: Self) {
        self.role = self.role.take().or(other.role);
        self.organisation = self.organisation.take().or(other.organisation);
        self.email = self.email.take().or(other.email);
        self.url = self.url.take().or(other.url);
    }
}

/// `Doe, Jane`: two single words, neither a title, an organisation nor a degree.
fn is_inverted(pieces: &[Piece<'_>]) -> bool {
    let [family, given] = pieces else {
        return false;
    };
    let plain = |piece: &Piece<'_>| {
        let name: Vec<&str> =
            piece.words.iter().copied().filter(|word| !is_particle(&word.to_lowercase())).collect();
        let [word, rest @ ..] = name.as_slice() else {
            return false;
        };
        let lower = word.to_lowercase();
        let initials = rest.len() < 2 && rest.iter().all(|word| letters(word) == 1);
        initials
            && is_capital(word)
            && TABLES.junk(&lower).is_none()
            && !is_role_noun(&lower)
            && TABLES.agency(word).is_none()
            && !is_suffix(&[word])
            && TABLES.organisation(&lower).is_none()
            && !word.chars().any(is_cjk)
            && !word.contains(['@', '/'])
    };
    given.tie == Tie::Comma && plain(family) && plain(given) && family.words.len() <= 3
}

#[cfg(test)]
mod tests;

//! Third-person pronouns: whom he and she mean.
//!
//! The people named or meant shortly before are weighed by a linear model over what the text shows
//! of them: distance, grammar of their last mention, how often they are mentioned. Its weights are
//! trained by `tools/people/pronouns.py` on open corpora.

use std::sync::LazyLock;

use super::kinds::{Case, Kinds};
use super::person::{Cast, Seen};
use super::token::{Shape, Token, Tokens};
use super::{Gender, MentionKind};
use crate::lexicon;

/// Measures of a candidate.
pub(super) const MEASURES: usize = 54;
/// Places of measures.
const AGREES: usize = 0;
const SAME_SENTENCE: usize = 1;
const ONE_BACK: usize = 2;
const OBJECT_IN_CLAUSE: usize = 18;
const AGAINST: usize = 37;
/// Of a person named only behind the pronoun.
const AHEAD: usize = 38;
/// What the model sees of one candidate.
pub(super) type Measures = [f32; MEASURES];

/// People weighed for one pronoun, the latest first.
const CANDIDATES: usize = 10;
/// Sentences after which a person is no longer meant by a pronoun.
const REACH: usize = 15;

/// Measures one thing of a candidate.
type Measure = fn(&View) -> f32;

/// The measures by their names in the model file. Those of a person named only behind the pronoun are
/// set apart, in `ahead`.
const TABLE: [(&str, Measure); MEASURES] = [
    ("gender_agrees", |v| yes(v.known)),
    ("same_sentence", |v| yes(v.back == 0)),
    ("one_back", |v| yes(v.back == 1)),
    ("two_back", |v| yes(v.back == 2)),
    ("further_back", |v| (v.back as f32 - 2.0).max(0.0).ln_1p()),
    ("same_paragraph", |v| yes(v.same_paragraph)),
    ("subject", |v| yes(v.last.subject)),
    ("subject_same_sentence", |v| yes(v.last.subject && v.back == 0)),
    ("possessive", |v| yes(v.last.possessive)),
    ("governed", |v| yes(v.last.governed)),
    ("count", |v| (v.last.count as f32).ln_1p()),
    ("was_pronoun", |v| yes(v.last.pronoun)),
    ("latest", |v| yes(v.rank == 0)),
    ("second_latest", |v| yes(v.rank == 1)),
    ("rank", |v| v.rank as f32),
    ("speaker_of_quote", |v| yes(v.quoted && v.last.speaks && !v.last.quoted)),
    ("possessive_same_sentence", |v| yes(v.case == Case::Possessive && v.back == 0)),
    ("possessive_latest", |v| yes(v.case == Case::Possessive && v.rank == 0)),
    ("object_in_clause", |v| yes(v.case == Case::Object && v.clause)),
    ("subject_subject", |v| yes(v.case == Case::Subject && v.last.subject)),
    ("first_in_text", |v| yes(v.first_in_text)),
    ("opens_sentence", |v| yes(v.last.opens)),
    ("distance", |v| ((v.at - v.last.token) as f32).ln_1p()),
    ("opens_after_subject", |v| yes(v.opens && v.last.subject && v.back == 1)),
    ("quoting_differs", |v| yes(v.quoted != v.last.quoted)),
    ("reflexive_subject", |v| yes(v.case == Case::Reflexive && v.last.subject && v.back == 0)),
    ("after_said", |v| yes(v.back == 0 && v.last.speaks && !v.last.quoted && !v.quoted)),
    ("subject_in_clause", |v| yes(v.case == Case::Subject && v.clause)),
    ("possessive_of_subject", |v| yes(v.case == Case::Possessive && v.clause && v.last.subject)),
    ("subject_pronoun_subject", |v| {
        yes(v.case == Case::Subject && v.last.pronoun && v.last.subject)
    }),
    ("share_of_mentions", |v| v.share),
    ("opens_paragraph", |v| yes(v.opens && v.starts_paragraph)),
    ("opens_sentence_latest", |v| yes(v.opens && v.rank == 0)),
    ("unknown_gender_once", |v| yes(!v.known && v.last.count < 2)),
    ("governed_latest", |v| yes(v.last.governed && v.rank == 0)),
    ("possessive_of_opener", |v| {
        yes(v.back == 1 && v.last.opens && v.last.subject && v.case == Case::Possessive)
    }),
    ("gender_unknown", |v| yes(v.gender == Gender::Unknown)),
    ("gender_against", |v| yes(v.gender.contradicts(v.said))),
    ("ahead", |_| 0.0),
    ("ahead_of_opening", |_| 0.0),
    ("beside", |v| yes(v.beside < 2 && v.back == 0)),
    ("quoted_named_outside", |v| yes(v.quoted && !v.last.quoted && v.back == 0)),
    ("subject_after_subject", |v| yes(v.case == Case::Subject && v.last.subject && v.back == 1)),
    ("subject_after_possessive", |v| {
        yes(v.case == Case::Subject && v.last.possessive && v.back == 0)
    }),
    ("possessive_after_subject", |v| {
        yes(v.case == Case::Possessive && v.last.subject && v.back == 1)
    }),
    ("object_after_object", |v| yes(v.case == Case::Object && !v.last.subject && v.back == 1)),
    ("subject_after_governed", |v| yes(v.case == Case::Subject && v.last.governed && v.back == 0)),
    ("possessive_after_governed", |v| {
        yes(v.case == Case::Possessive && v.last.governed && v.back == 0)
    }),
    ("subject_latest_in_sentence", |v| yes(v.case == Case::Subject && v.rank == 0 && v.back == 0)),
    ("opens_after_possessive", |v| yes(v.opens && v.last.possessive && v.back == 1)),
    ("opens_sentence_of_pronoun", |v| yes(v.last.opens && v.back == 0)),
    ("full_name", |v| yes(v.last.end > v.last.token + 1)),
    ("full_name_in_sentence", |v| yes(v.last.end > v.last.token + 1 && v.back == 0)),
    ("subject_pronoun_possessive", |v| {
        yes(v.case == Case::Possessive && v.last.pronoun && v.last.subject)
    }),
];

/// Names of the measures, as the model file has them.
pub(super) const NAMES: [&str; MEASURES] = {
    let mut names = [""; MEASURES];
    let mut place = 0;
    while place < MEASURES {
        names[place] = TABLE[place].0;
        place += 1;
    }
    names
};

fn yes(fact: bool) -> f32 {
    f32::from(u8::from(fact))
}

/// A candidate and the pronoun, as the measures see them.
#[expect(clippy::struct_excessive_bools, reason = "measures, not a state")]
struct View {
    /// Token of the pronoun.
    at: usize,
    case: Case,
    /// Gender of the candidate, and of the pronoun.
    gender: Gender,
    said: Gender,
    known: bool,
    last: Last,
    /// Place among the latest people.
    rank: usize,
    /// Sentences back to the last mention.
    back: usize,
    /// Tokens from the last mention.
    beside: usize,
    /// Mentions against those of the person mentioned most.
    share: f32,
    /// The pronoun stands between quotation marks.
    quoted: bool,
    /// The pronoun opens its sentence, and that its paragraph.
    opens: bool,
    starts_paragraph: bool,
    same_paragraph: bool,
    /// No clause ends between the last mention and the pronoun.
    clause: bool,
    first_in_text: bool,
}

/// The model: a measure and its weight a line.
const MODEL: &str = include_str!("pronoun.model");

/// Weights of the measures.
pub(super) static WEIGHTS: LazyLock<Measures> = LazyLock::new(|| {
    let mut weights = [0.0; MEASURES];
    for row in lexicon::rows(MODEL) {
        if let [name, weight] = row[..]
            && let Some(place) = NAMES.iter().position(|known| *known == name)
        {
            weights[place] = weight.parse().unwrap_or_default();
        }
    }
    weights
});

/// A pronoun and whom it can mean.
#[derive(Debug)]
pub(super) struct Choice {
    #[cfg_attr(not(feature = "training"), expect(dead_code, reason = "for training"))]
    pub(super) token: usize,
    /// People with their measures, the latest first.
    pub(super) candidates: Vec<(usize, Measures)>,
}

/// Gives pronouns to the people they mean.
pub(super) fn add(tokens: &Tokens<'_>, cast: &mut Cast) {
    read(tokens, cast, |choice| decide(choice, &WEIGHTS));
}

/// The likeliest candidate and its share.
pub(super) fn decide(choice: &Choice, weights: &Measures) -> Option<(usize, f32)> {
    let score = |measures: &Measures| measures.iter().zip(weights).map(|(a, b)| a * b).sum::<f32>();
    let scores = choice.candidates.iter().map(|(person, measures)| (*person, score(measures)));
    let (person, best) = scores.clone().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    let chosen = choice.candidates.iter().find(|(candidate, _)| *candidate == person)?;
    if is_against(&chosen.1) {
        return None;
    }
    let sum: f32 = scores.map(|(_, score)| (score - best).exp()).sum();
    Some((person, 1.0 / sum))
}

/// Whether the usual gender of the name speaks against a person, and nothing near speaks for them.
fn is_against(measures: &Measures) -> bool {
    let is = |measure: usize| measures[measure] > 0.0;
    is(AGAINST) && (is(OBJECT_IN_CLAUSE) || !is(ONE_BACK) && !is(SAME_SENTENCE))
}

/// Goes over the text and lets `decide` choose for each pronoun.
pub(super) fn read(
    tokens: &Tokens<'_>,
    cast: &mut Cast,
    mut decide: impl FnMut(&Choice) -> Option<(usize, f32)>,
) {
    let mut scene = Scene::new(tokens, cast.figures.len());
    let mut found: Vec<Seen> = Vec::new();
    let mut next = 0;
    for (place, sentence) in tokens.sentences.iter().enumerate() {
        for at in sentence.tokens.clone() {
            while let Some(seen) = cast.seen.get(next).filter(|seen| seen.tokens.start <= at) {
                scene.pass(seen);
                next += 1;
            }
            let Some(token) = tokens.list.get(at).filter(|t| t.is(Kinds::PRONOUN)) else {
                continue;
            };
            let gender = token.word().noun;
            let ahead = cast.seen.get(next);
            let choice = scene.choice(at, place, cast, ahead);
            let Some((person, confidence)) = decide(&choice) else { continue };
            let Some(figure) = cast.figures.get_mut(person) else { continue };
            figure.gender = figure.gender.or(gender);
            let kind = MentionKind::Pronoun;
            let seen = Seen {
                person,
                tokens: at..at + 1,
                title: at..at,
                sentence: place,
                kind,
                confidence,
            };
            scene.pass(&seen);
            found.push(seen);
        }
    }
    cast.add(found);
}

/// What is remembered of a person's last mention.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "measures, not a state")]
struct Last {
    token: usize,
    end: usize,
    sentence: usize,
    count: u32,
    subject: bool,
    possessive: bool,
    governed: bool,
    pronoun: bool,
    opens: bool,
    quoted: bool,
    speaks: bool,
}

/// The people in sight.
struct Scene<'a, 't> {
    tokens: &'a Tokens<'t>,
    last: Vec<Last>,
    /// The latest people first.
    recent: Vec<usize>,
    first: Option<usize>,
}

impl<'a, 't> Scene<'a, 't> {
    fn new(tokens: &'a Tokens<'t>, people: usize) -> Self {
        Self { tokens, last: vec![Last::default(); people], recent: Vec::new(), first: None }
    }

    /// Goes over a mention.
    fn pass(&mut self, seen: &Seen) {
        let grammar = self.grammar(seen);
        let Some(last) = self.last.get_mut(seen.person) else { return };
        *last = Last { count: last.count + 1, ..grammar };
        self.first.get_or_insert(seen.person);
        self.recent.retain(|&person| person != seen.person);
        self.recent.insert(0, seen.person);
        self.recent.truncate(CANDIDATES);
    }

    fn is(&self, at: usize, kinds: Kinds) -> bool {
        self.tokens.list.get(at).is_some_and(|t| t.is(kinds))
    }

    fn shape(&self, at: usize) -> Option<Shape> {
        self.tokens.list.get(at).map(|t| t.shape)
    }

    /// How a mention stands in its sentence.
    fn grammar(&self, seen: &Seen) -> Last {
        let (start, end) = (seen.title.start.min(seen.tokens.start), seen.tokens.end);
        let first = self.tokens.sentences.get(seen.sentence).map_or(0, |s| s.tokens.start);
        let pronoun = seen.kind == MentionKind::Pronoun;
        let case = if pronoun { case(self.tokens, seen.tokens.start) } else { Case::Subject };
        let possessive = case == Case::Possessive || self.shape(end) == Some(Shape::Possessive);
        let governed = start > first && self.is(start - 1, Kinds::PREPOSITION);
        let opens = start == first || start == first + 1 && self.shape(first) == Some(Shape::Quote);
        let verb = self.is(end, Kinds::AUXILIARY.with(Kinds::SPEECH).with(Kinds::COPULA))
            || self.shape(end) == Some(Shape::Lower) && !self.is(end, Kinds::FUNCTION);
        let told = start > first
            && self.is(start - 1, Kinds::SPEECH)
            && self.shape(start - 1) == Some(Shape::Lower);
        let subject = if pronoun {
            case == Case::Subject
        } else {
            !possessive && !governed && (verb || opens || told)
        };
        Last {
            token: seen.tokens.start,
            end,
            sentence: seen.sentence,
            count: 0,
            subject,
            possessive,
            governed,
            pronoun,
            opens,
            quoted: self.tokens.list.get(start).is_some_and(Token::quoted),
            speaks: told || self.is(end, Kinds::SPEECH) && self.shape(end) == Some(Shape::Lower),
        }
    }

    /// The people whom the pronoun at `at` can mean. `ahead`: the name that comes next.
    fn choice(&self, at: usize, sentence: usize, cast: &Cast, ahead: Option<&Seen>) -> Choice {
        let gender = self.tokens.list.get(at).map_or(Gender::Unknown, |t| t.word().noun);
        let fits = |person: usize| cast.figures.get(person).is_some_and(|f| f.may_be(gender));
        let near = self.recent.iter().copied().filter(|&person| fits(person));
        let near =
            near.filter(|&p| self.last.get(p).is_some_and(|l| sentence - l.sentence <= REACH));
        let mut candidates: Vec<(usize, Measures)> = Vec::new();
        for (rank, person) in near.enumerate() {
            let known = cast.figures.get(person).map_or(Gender::Unknown, |f| f.gender);
            candidates.push((person, self.measures(at, sentence, person, rank, (known, gender))));
        }
        let is_near = |m: &Measures| m[ONE_BACK] > 0.0 || m[SAME_SENTENCE] > 0.0;
        if candidates.iter().any(|(_, m)| m[AGREES] > 0.0 && is_near(m)) {
            candidates.retain(|(_, m)| m[AGAINST] == 0.0);
        }
        let ahead = ahead.filter(|seen| seen.sentence == sentence && fits(seen.person));
        let ahead = ahead.filter(|seen| self.leads_to(at, seen));
        if let Some(seen) = ahead.filter(|seen| candidates.iter().all(|(p, _)| *p != seen.person)) {
            let known = cast.figures.get(seen.person).map_or(Gender::Unknown, |f| f.gender);
            candidates.push((seen.person, self.ahead(at, sentence, seen, known == gender)));
        }
        Choice { token: at, candidates }
    }

    /// Whether the pronoun at `at` can mean a person named behind it: "in his speech, Ann Miller",
    /// "identified him as".
    fn leads_to(&self, at: usize, seen: &Seen) -> bool {
        let first = self.tokens.sentences.get(seen.sentence).map_or(0, |s| s.tokens.start);
        let comma = (at..seen.tokens.start).any(|at| self.shape(at) == Some(Shape::Comma));
        at > first && comma || self.tokens.str(at + 1) == "as"
    }

    /// Measures of a person who is named only behind the pronoun.
    fn ahead(&self, at: usize, sentence: usize, seen: &Seen, known: bool) -> Measures {
        let first = self.tokens.sentences.get(sentence).map_or(0, |s| s.tokens.start);
        let lead = self.tokens.str(first);
        let opens = lead.ends_with("ing") || self.is(first, Kinds::PREPOSITION);
        let comma = (at..seen.tokens.start).any(|at| self.shape(at) == Some(Shape::Comma));
        let mut measures = [0.0; MEASURES];
        measures[AGREES] = yes(known);
        measures[AHEAD] = 1.0;
        measures[AHEAD + 1] =
            yes(opens && comma && self.last.iter().all(|l| l.count == 0 || l.sentence != sentence));
        measures
    }

    fn measures(
        &self,
        at: usize,
        sentence: usize,
        person: usize,
        rank: usize,
        genders: (Gender, Gender),
    ) -> Measures {
        let view = self.view(at, sentence, person, rank, genders);
        TABLE.map(|(_, measure)| measure(&view))
    }

    fn view(
        &self,
        at: usize,
        sentence: usize,
        person: usize,
        rank: usize,
        (gender, said): (Gender, Gender),
    ) -> View {
        let last = self.last.get(person).copied().unwrap_or_default();
        let back = sentence - last.sentence;
        let paragraph = |sentence: usize| self.tokens.sentences.get(sentence).map(|s| s.paragraph);
        let before = sentence.checked_sub(1).and_then(&paragraph);
        let most = self.recent.iter().filter_map(|&p| Some(self.last.get(p)?.count)).max();
        View {
            at,
            case: case(self.tokens, at),
            gender,
            said,
            known: gender == said,
            rank,
            back,
            beside: at.saturating_sub(last.end),
            share: last.count as f32 / most.unwrap_or(1).max(1) as f32,
            quoted: self.tokens.list.get(at).is_some_and(Token::quoted),
            opens: self.tokens.sentences.get(sentence).is_some_and(|s| s.tokens.start == at),
            starts_paragraph: before != paragraph(sentence),
            same_paragraph: paragraph(sentence) == paragraph(last.sentence),
            clause: back == 0 && !(last.token..at).any(|at| self.breaks(at)),
            first_in_text: self.first == Some(person),
            last,
        }
    }

    /// Whether a clause may end at the token.
    fn breaks(&self, at: usize) -> bool {
        self.tokens.list.get(at).is_some_and(|t| {
            t.is_mark()
                || matches!(
                    self.tokens.str(at),
                    "and"
                        | "but"
                        | "that"
                        | "who"
                        | "which"
                        | "when"
                        | "as"
                        | "after"
                        | "because"
                        | "while"
                        | "if"
                )
        })
    }
}

/// The case of the pronoun at `at`; "her" by what follows.
fn case(tokens: &Tokens<'_>, at: usize) -> Case {
    let Some(token) = tokens.list.get(at) else { return Case::Subject };
    if token.word().case != Case::Object || !tokens.str(at).eq_ignore_ascii_case("her") {
        return token.word().case;
    }
    let owned = tokens.list.get(at + 1).is_some_and(|t| t.is_word() && !t.is(Kinds::FUNCTION));
    if owned { Case::Possessive } else { Case::Object }
}

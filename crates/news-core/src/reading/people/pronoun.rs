//! Third-person pronouns: whom he and she mean.
//!
//! The people named or meant shortly before are weighed by a linear model over what the text shows
//! of them: distance, grammar of their last mention, how often they are mentioned. Its weights are
//! trained by `tools/people/pronouns.py` on open corpora.

use std::sync::LazyLock;

use super::person::{Cast, Seen};
use super::tables::{Case, Kinds};
use super::token::{Shape, Tokens};
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

/// Names of the measures, as the model file has them.
pub(super) const NAMES: [&str; MEASURES] = [
    "gender_agrees",
    "same_sentence",
    "one_back",
    "two_back",
    "further_back",
    "same_paragraph",
    "subject",
    "subject_same_sentence",
    "possessive",
    "governed",
    "count",
    "was_pronoun",
    "latest",
    "second_latest",
    "rank",
    "speaker_of_quote",
    "possessive_same_sentence",
    "possessive_latest",
    "object_in_clause",
    "subject_subject",
    "first_in_text",
    "opens_sentence",
    "distance",
    "opens_after_subject",
    "quoting_differs",
    "reflexive_subject",
    "after_said",
    "subject_in_clause",
    "possessive_of_subject",
    "subject_pronoun_subject",
    "share_of_mentions",
    "opens_paragraph",
    "opens_sentence_latest",
    "unknown_gender_once",
    "governed_latest",
    "possessive_of_opener",
    "gender_unknown",
    "gender_against",
    "ahead",
    "ahead_of_opening",
    "beside",
    "quoted_named_outside",
    "subject_after_subject",
    "subject_after_possessive",
    "possessive_after_subject",
    "object_after_object",
    "subject_after_governed",
    "possessive_after_governed",
    "subject_latest_in_sentence",
    "opens_after_possessive",
    "opens_sentence_of_pronoun",
    "full_name",
    "full_name_in_sentence",
    "subject_pronoun_possessive",
];

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
            let gender = token.word.noun;
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
            quoted: self.tokens.list.get(start).is_some_and(|t| t.quoted),
            speaks: told || self.is(end, Kinds::SPEECH) && self.shape(end) == Some(Shape::Lower),
        }
    }

    /// The people whom the pronoun at `at` can mean. `ahead`: the name that comes next.
    fn choice(&self, at: usize, sentence: usize, cast: &Cast, ahead: Option<&Seen>) -> Choice {
        let gender = self.tokens.list.get(at).map_or(Gender::Unknown, |t| t.word.noun);
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
        let yes = |fact: bool| if fact { 1.0 } else { 0.0 };
        let mut measures = [0.0; MEASURES];
        measures[0] = yes(known);
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
        (gender, said): (Gender, Gender),
    ) -> Measures {
        let last = self.last.get(person).copied().unwrap_or_default();
        let known = gender == said;
        let case = case(self.tokens, at);
        let beside = at.saturating_sub(last.end);
        let quoted = self.tokens.list.get(at).is_some_and(|t| t.quoted);
        let back = sentence - last.sentence;
        let paragraph = |sentence: usize| self.tokens.sentences.get(sentence).map(|s| s.paragraph);
        let opens = self.tokens.sentences.get(sentence).is_some_and(|s| s.tokens.start == at);
        let clause = back == 0 && !(last.token..at).any(|at| self.breaks(at));
        let most = self.recent.iter().filter_map(|&p| Some(self.last.get(p)?.count)).max();
        let share = last.count as f32 / most.unwrap_or(1).max(1) as f32;
        let before = sentence.checked_sub(1).and_then(&paragraph);
        let starts_paragraph = before != paragraph(sentence);
        let yes = |fact: bool| if fact { 1.0 } else { 0.0 };
        [
            yes(known),
            yes(back == 0),
            yes(back == 1),
            yes(back == 2),
            (back as f32 - 2.0).max(0.0).ln_1p(),
            yes(paragraph(sentence) == paragraph(last.sentence)),
            yes(last.subject),
            yes(last.subject && back == 0),
            yes(last.possessive),
            yes(last.governed),
            (last.count as f32).ln_1p(),
            yes(last.pronoun),
            yes(rank == 0),
            yes(rank == 1),
            rank as f32,
            yes(quoted && last.speaks && !last.quoted),
            yes(case == Case::Possessive && back == 0),
            yes(case == Case::Possessive && rank == 0),
            yes(case == Case::Object && clause),
            yes(case == Case::Subject && last.subject),
            yes(self.first == Some(person)),
            yes(last.opens),
            ((at - last.token) as f32).ln_1p(),
            yes(opens && last.subject && back == 1),
            yes(quoted != last.quoted),
            yes(case == Case::Reflexive && last.subject && back == 0),
            yes(back == 0 && last.speaks && !last.quoted && !quoted),
            yes(case == Case::Subject && clause),
            yes(case == Case::Possessive && clause && last.subject),
            yes(case == Case::Subject && last.pronoun && last.subject),
            share,
            yes(opens && starts_paragraph),
            yes(opens && rank == 0),
            yes(!known && last.count < 2),
            yes(last.governed && rank == 0),
            yes(back == 1 && last.opens && last.subject && case == Case::Possessive),
            yes(gender == Gender::Unknown),
            yes(gender.contradicts(said)),
            0.0,
            0.0,
            yes(beside < 2 && back == 0),
            yes(quoted && !last.quoted && back == 0),
            yes(case == Case::Subject && last.subject && back == 1),
            yes(case == Case::Subject && last.possessive && back == 0),
            yes(case == Case::Possessive && last.subject && back == 1),
            yes(case == Case::Object && !last.subject && back == 1),
            yes(case == Case::Subject && last.governed && back == 0),
            yes(case == Case::Possessive && last.governed && back == 0),
            yes(case == Case::Subject && rank == 0 && back == 0),
            yes(opens && last.possessive && back == 1),
            yes(last.opens && back == 0),
            yes(last.end > last.token + 1),
            yes(last.end > last.token + 1 && back == 0),
            yes(case == Case::Possessive && last.pronoun && last.subject),
        ]
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
    if token.word.case != Case::Object || !tokens.str(at).eq_ignore_ascii_case("her") {
        return token.word.case;
    }
    let owned = tokens.list.get(at + 1).is_some_and(|t| t.is_word() && !t.is(Kinds::FUNCTION));
    if owned { Case::Possessive } else { Case::Object }
}

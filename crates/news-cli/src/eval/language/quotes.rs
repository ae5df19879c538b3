//! Scores quotes and their speakers, with the figures of the reference scorer `score_quotes.py`.
//!
//! Gold: `{"id","text","quoted","attributions":[{"id","source","cue","content","type","speech"}],
//! "direct":[{"span","att"}]}`, one text a line. Predictions: `{"id","quotes":[{"type","content",
//! "source","cue","source_name"}]}`; spans are counted in code points. Quotations inside others are
//! left out of the predictions: gold has the outer ones alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use news_core::article::{self, QuoteKind, Readout};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Figures, Outcome, Set, Text, answered, code_points, two_decimals};
use crate::eval::text::is_word;

type Span = (usize, usize);
type Words = BTreeSet<usize>;

/// Words that are no name: a speaker's last word among them is not compared by its text.
const PRONOUNS: [&str; 24] = [
    "he", "she", "it", "they", "we", "i", "you", "him", "her", "them", "us", "me", "his", "hers",
    "their", "theirs", "who", "which", "that", "this", "these", "those", "himself", "herself",
];

/// Words that do not count where a speaker is compared.
const STOP_WORDS: [&str; 21] = [
    "the", "a", "an", "of", "and", "or", "to", "in", "on", "for", "at", "by", "with", "from", "as",
    "'s", "’s", "mr", "mrs", "ms", "dr",
];

#[derive(Debug, Deserialize)]
struct Gold {
    quoted: Vec<Span>,
    attributions: Vec<GoldAttribution>,
    direct: Option<Vec<GoldDirect>>,
}

#[derive(Debug, Deserialize)]
struct GoldAttribution {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    source: Vec<Span>,
    cue: Vec<Span>,
    content: Vec<Span>,
    speech: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct GoldDirect {
    span: Span,
    att: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Prediction {
    quotes: Vec<PredictedQuote>,
}

#[derive(Debug, Serialize, Deserialize)]
struct PredictedQuote {
    #[serde(rename = "type")]
    kind: String,
    content: Vec<Span>,
    source: Option<Vec<Span>>,
    cue: Option<Vec<Span>>,
    source_name: Option<String>,
}

/// Scores the engine, or `set.pred`, against `set.gold`.
pub(super) fn evaluate(set: &Set<'_>) -> anyhow::Result<Outcome> {
    let texts = answered(set, predict)?;
    let (all, speech) = (score(&texts, false), score(&texts, true));
    let mut figures = all.json();
    figures["speech"] = speech.json();
    let text = format!("{}with a speech cue: {}", all.text(), speech.recall_text());
    Ok(Outcome { text, figures })
}

/// What this engine reads in a text.
fn predict(gold: &Text<Gold>) -> Prediction {
    let points = code_points(&gold.text);
    let span = |span: &article::Span| (points[span.start as usize], points[span.end as usize]);
    let found = Readout::of_text(&gold.text, gold.language.as_deref(), None).reading.quotes;
    let outer = found.iter().filter(|quote| quote.depth == 0);
    let quotes = outer.map(|quote| PredictedQuote {
        kind: match quote.kind {
            QuoteKind::Direct => "direct",
            QuoteKind::Mixed => "mixed",
            QuoteKind::Indirect => "indirect",
        }
        .to_owned(),
        content: quote.contents.iter().map(span).collect(),
        source: Some(quote.speaker.iter().map(|speaker| span(&speaker.span)).collect()),
        cue: Some(quote.cue.iter().map(|cue| span(&cue.span)).collect()),
        source_name: quote.speaker.as_ref().and_then(|speaker| speaker.name.clone()),
    });
    Prediction { quotes: quotes.collect() }
}

/// A text as words: runs of letters, digits and `_`, with apostrophes inside.
struct Tokens {
    words: Vec<String>,
    /// For each code point its word, plus one. 0: none.
    at: Vec<usize>,
}

impl Tokens {
    fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let (mut words, mut at) = (Vec::new(), vec![0; chars.len()]);
        let mut start = 0;
        while start < chars.len() {
            let end = word_end(&chars, start);
            if end == start {
                start += 1;
                continue;
            }
            words.push(chars[start..end].iter().collect::<String>().to_lowercase());
            at[start..end].fill(words.len());
            start = end;
        }
        Self { words, at }
    }

    fn cover(&self, spans: &[Span]) -> Words {
        let points = spans.iter().flat_map(|(start, end)| *start..*end);
        points.filter_map(|point| self.at.get(point)?.checked_sub(1)).collect()
    }

    fn contentful(&self, words: &Words) -> Words {
        let stop = |word: &str| STOP_WORDS.contains(&word);
        let kept: Words = words.iter().copied().filter(|word| !stop(&self.words[*word])).collect();
        if kept.is_empty() { words.clone() } else { kept }
    }

    fn last(&self, words: &Words) -> &str {
        let last = self.contentful(words).last().copied();
        last.map_or("", |word| without_genitive(&self.words[word]))
    }
}

fn without_genitive(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// The end of the word that begins at `start`; `start` where none does.
fn word_end(chars: &[char], start: usize) -> usize {
    let run = |from: usize| from + chars[from..].iter().take_while(|c| is_word(**c)).count();
    let mut end = run(start);
    while end > start && end + 1 < chars.len() && matches!(chars[end], '\'' | '’') {
        let next = run(end + 1);
        if next == end + 1 {
            break;
        }
        end = next;
    }
    end
}

/// Whether the speaker is right: a content word shared, or with `loose` the same last word.
fn is_right(text: &Tokens, gold: &Words, pred: &Words, name: Option<&str>, loose: bool) -> bool {
    if gold.is_empty() {
        return pred.is_empty();
    }
    if !pred.is_empty() && !text.contentful(gold).is_disjoint(&text.contentful(pred)) {
        return true;
    }
    let last = text.last(gold);
    if !loose || last.is_empty() || PRONOUNS.contains(&last) {
        return false;
    }
    let named = name.and_then(|name| Tokens::new(name).words.pop());
    !pred.is_empty() && text.last(pred) == last || named.is_some_and(|name| name == last)
}

/// Right ones, predicted ones, gold ones.
type Counts = [usize; 3];

const ROLES: [&str; 3] = ["content", "source", "cue"];

#[derive(Debug, Default)]
struct Tally {
    exact: Counts,
    tokens: Counts,
    speakers: Speakers,
    words: [Counts; 3],
    spans: [Counts; 3],
    strict: Counts,
    loose: Counts,
    triple: Counts,
    source: [usize; 3],
    cue: [usize; 2],
    /// By gold type, in the order met: found and all.
    types: Vec<(String, [usize; 2])>,
}

#[derive(Debug, Default)]
struct Speakers {
    predicted: usize,
    gold: usize,
    matched: usize,
    span: usize,
    text: usize,
    pronouns: usize,
}

/// Scores predictions; with `speech` only gold attributions with a verb of speech count.
fn score(texts: &[(Text<Gold>, Prediction)], speech: bool) -> Tally {
    let mut tally = Tally::default();
    for (Text { text, gold, .. }, Prediction { quotes: predicted }) in texts {
        let text = Tokens::new(text);
        tally.add_direct(&text, gold, predicted);
        let kept = gold.attributions.iter().filter(|a| !speech || a.speech.unwrap_or(true));
        tally.add_attributions(&text, &kept.collect::<Vec<_>>(), predicted);
    }
    tally
}

/// A quoted segment as words, with what it belongs to.
type Segment<'a, T> = (Words, &'a T);

impl Tally {
    fn add_direct(&mut self, text: &Tokens, gold: &Gold, predicted: &[PredictedQuote]) {
        let quoted: Vec<Words> = gold.quoted.iter().map(|span| text.cover(&[*span])).collect();
        let golds = gold_segments(text, gold, &quoted);
        let found = predicted_segments(text, &quoted, predicted);
        let ends = |words: &Words| (words.first().copied(), words.last().copied());
        let gold_ends: BTreeSet<_> = golds.iter().map(|(words, _)| ends(words)).collect();
        let found_ends: BTreeSet<_> = found.iter().map(|(words, _)| ends(words)).collect();
        add(&mut self.exact, &gold_ends, &found_ends);
        let gold_words: Words = golds.iter().flat_map(|(words, _)| words.iter().copied()).collect();
        let found_words: Words =
            found.iter().flat_map(|(words, _)| words.iter().copied()).collect();
        add(&mut self.tokens, &gold_words, &found_words);
        self.speakers.predicted += found.len();
        for (words, attribution) in &golds {
            self.speakers.add(text, words, attribution, &found);
        }
    }

    fn add_attributions(
        &mut self,
        text: &Tokens,
        golds: &[&GoldAttribution],
        predicted: &[PredictedQuote],
    ) {
        for role in 0..ROLES.len() {
            let gold: Vec<Words> = golds.iter().map(|gold| text.cover(gold.spans(role))).collect();
            let found: Vec<Words> = predicted.iter().map(|p| text.cover(p.spans(role))).collect();
            let union = |all: &[Words]| all.iter().flatten().copied().collect::<Words>();
            add(&mut self.words[role], &union(&gold), &union(&found));
            let pieces = |all: &[Words]| all.iter().flat_map(runs).collect::<BTreeSet<_>>();
            add(&mut self.spans[role], &pieces(&gold), &pieces(&found));
        }
        let gold: Vec<Words> = golds.iter().map(|gold| text.cover(&gold.content)).collect();
        let found: Vec<Words> = predicted.iter().map(|p| text.cover(&p.content)).collect();
        let strict = matches(&gold, &found, |shared, gold, pred| {
            shared as f64 / (gold + pred - shared) as f64 >= 0.5
        });
        let loose =
            matches(&gold, &found, |shared, gold, pred| shared * 2 >= gold || shared * 2 >= pred);
        for (counts, right) in [(&mut self.strict, strict.len()), (&mut self.loose, loose.len())] {
            count(counts, right, found.len(), gold.len());
        }
        count(&mut self.triple, 0, found.len(), gold.len());
        for (gold, pred) in loose {
            self.add_pair(text, golds[gold], &predicted[pred]);
        }
        for gold in golds {
            self.of_type(&gold.kind)[1] += 1;
        }
    }

    fn add_pair(&mut self, text: &Tokens, gold: &GoldAttribution, pred: &PredictedQuote) {
        let (source, found) = (text.cover(&gold.source), text.cover(pred.spans(1)));
        let (cue, cue_found) = (text.cover(&gold.cue), text.cover(pred.spans(2)));
        let speaker = is_right(text, &source, &found, None, false);
        let cued = cue.is_empty() || !cue.is_disjoint(&cue_found);
        if !source.is_empty() {
            let named = is_right(text, &source, &found, pred.source_name.as_deref(), true);
            self.source[0] += usize::from(speaker);
            self.source[1] += usize::from(named);
            self.source[2] += 1;
        }
        if !cue.is_empty() {
            self.cue[0] += usize::from(cued);
            self.cue[1] += 1;
        }
        self.triple[0] += usize::from((source.is_empty() || speaker) && cued);
        self.of_type(&gold.kind)[0] += 1;
    }

    fn of_type(&mut self, kind: &str) -> &mut [usize; 2] {
        let known = self.types.iter().position(|(name, _)| name == kind);
        let place = known.unwrap_or_else(|| {
            self.types.push((kind.to_owned(), [0, 0]));
            self.types.len() - 1
        });
        &mut self.types[place].1
    }
}

impl Speakers {
    fn add(
        &mut self,
        text: &Tokens,
        words: &Words,
        gold: &GoldAttribution,
        found: &[Segment<'_, PredictedQuote>],
    ) {
        let source = text.cover(&gold.source);
        if source.is_empty() {
            return;
        }
        self.gold += 1;
        let shared = |segment: &Segment<'_, PredictedQuote>| words.intersection(&segment.0).count();
        let mut best: Option<(usize, &PredictedQuote)> = None;
        for segment in found {
            let shared = shared(segment);
            if best.is_none_or(|(most, _)| shared > most) {
                best = Some((shared, segment.1));
            }
        }
        let Some((_, pred)) = best.filter(|(shared, _)| shared * 2 >= words.len()) else { return };
        let speaker = text.cover(pred.spans(1));
        let name = pred.source_name.as_deref();
        self.matched += 1;
        self.span += usize::from(is_right(text, &source, &speaker, None, false));
        self.text += usize::from(is_right(text, &source, &speaker, name, true));
        self.pronouns += usize::from(PRONOUNS.contains(&text.last(&source)));
    }
}

impl GoldAttribution {
    fn spans(&self, role: usize) -> &[Span] {
        [&self.content, &self.source, &self.cue][role]
    }
}

impl PredictedQuote {
    fn spans(&self, role: usize) -> &[Span] {
        match role {
            0 => &self.content,
            1 => self.source.as_deref().unwrap_or_default(),
            _ => self.cue.as_deref().unwrap_or_default(),
        }
    }
}

fn add<T: Ord>(counts: &mut Counts, gold: &BTreeSet<T>, found: &BTreeSet<T>) {
    count(counts, gold.intersection(found).count(), found.len(), gold.len());
}

fn count(counts: &mut Counts, right: usize, found: usize, gold: usize) {
    counts[0] += right;
    counts[1] += found;
    counts[2] += gold;
}

/// Gold's quoted segments that belong to an attribution.
fn gold_segments<'g>(
    text: &Tokens,
    gold: &'g Gold,
    quoted: &[Words],
) -> Vec<Segment<'g, GoldAttribution>> {
    let named = |id: &str| gold.attributions.iter().rfind(|attribution| attribution.id == id);
    let segments: Vec<_> = match &gold.direct {
        Some(direct) => {
            let known = direct.iter().filter_map(|direct| Some((direct.span, named(&direct.att)?)));
            known.map(|(span, attribution)| (text.cover(&[span]), attribution)).collect()
        }
        None => quoted
            .iter()
            .filter_map(|words| Some((words.clone(), best(text, gold, words)?)))
            .collect(),
    };
    segments.into_iter().filter(|(words, _)| !words.is_empty()).collect()
}

/// The attribution that covers most of a segment, at least half.
fn best<'g>(text: &Tokens, gold: &'g Gold, words: &Words) -> Option<&'g GoldAttribution> {
    let shared = |a: &GoldAttribution| words.intersection(&text.cover(&a.content)).count();
    let best =
        gold.attributions.iter().map(|a| ((shared(a), &a.id), a)).max_by_key(|(key, _)| *key);
    let ((shared, _), attribution) = best?;
    (!words.is_empty() && shared * 2 >= words.len()).then_some(attribution)
}

/// The quoted segments that predictions cover, each once.
fn predicted_segments<'p>(
    text: &Tokens,
    quoted: &[Words],
    predicted: &'p [PredictedQuote],
) -> Vec<Segment<'p, PredictedQuote>> {
    let covered = |content: &Words| -> Vec<Words> {
        let half = |words: &&Words| words.intersection(content).count() * 2 >= words.len();
        let inside = quoted.iter().filter(|words| !words.is_empty()).filter(half);
        inside.map(|words| words & content).collect()
    };
    let mut segments = Vec::new();
    for pred in predicted {
        if pred.kind != "direct" {
            segments.extend(covered(&text.cover(&pred.content)).into_iter().map(|w| (w, pred)));
            continue;
        }
        for span in &pred.content {
            let content = text.cover(&[*span]);
            let inside = covered(&content);
            let pieces = if inside.len() > 1 { inside } else { vec![content] };
            segments.extend(pieces.into_iter().map(|words| (words, pred)));
        }
    }
    let mut seen = BTreeSet::new();
    segments.retain(|(words, _)| {
        !words.is_empty() && seen.insert((words.first().copied(), words.last().copied()))
    });
    segments
}

/// First and last word of each run of words.
fn runs(words: &Words) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    for word in words {
        match runs.last_mut() {
            Some(run) if *word == run.1 + 1 => run.1 = *word,
            _ => runs.push((*word, *word)),
        }
    }
    runs
}

/// One-to-one pairs that share a word and pass `near`, the most alike first.
fn matches(
    gold: &[Words],
    found: &[Words],
    near: impl Fn(usize, usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (g, gold) in gold.iter().enumerate() {
        for (f, found) in found.iter().enumerate() {
            let shared = gold.intersection(found).count();
            if shared > 0 && near(shared, gold.len(), found.len()) {
                let alike = shared as f64 / (gold.len() + found.len() - shared) as f64;
                pairs.push((alike, g, f));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let (mut golds, mut founds) = (vec![false; gold.len()], vec![false; found.len()]);
    pairs.retain(|(_, g, f)| {
        let free = !golds[*g] && !founds[*f];
        if free {
            (golds[*g], founds[*f]) = (true, true);
        }
        free
    });
    pairs.into_iter().map(|(_, g, f)| (g, f)).collect()
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { two_decimals(100.0 * part as f64 / whole as f64) }
}

fn figures([right, found, gold]: Counts) -> Figures {
    Figures::of(right, found, gold)
}

impl Tally {
    fn speaker_f1(&self) -> f64 {
        figures([self.speakers.span, self.speakers.predicted, self.speakers.gold]).f1
    }

    fn recall_by_type(&self) -> BTreeMap<&str, f64> {
        self.types
            .iter()
            .map(|(name, [found, all])| (name.as_str(), percent(*found, *all)))
            .collect()
    }

    fn json(&self) -> Value {
        let speakers = &self.speakers;
        let mut out = json!({
            "direct_exact": figures(self.exact),
            "direct_tokens": figures(self.tokens),
            "speaker": {
                "gold": speakers.gold,
                "matched": speakers.matched,
                "accuracy_span": percent(speakers.span, speakers.matched),
                "accuracy_text": percent(speakers.text, speakers.matched),
                "recall_span": percent(speakers.span, speakers.gold),
                "F1_span": self.speaker_f1(),
                "recall_text": percent(speakers.text, speakers.gold),
                "pronoun_gold": speakers.pronouns,
            },
            "attribution_strict": figures(self.strict),
            "attribution_loose": figures(self.loose),
            "attribution_triple": figures(self.triple),
            "source_acc": percent(self.source[0], self.source[2]),
            "source_acc_text": percent(self.source[1], self.source[2]),
            "cue_acc": percent(self.cue[0], self.cue[1]),
            "recall_by_type": self.recall_by_type(),
        });
        for (role, name) in ROLES.iter().enumerate() {
            out[format!("{name}_tokens")] = json!(figures(self.words[role]));
            out[format!("{name}_exact")] = json!(figures(self.spans[role]));
        }
        out
    }

    fn text(&self) -> String {
        let speakers = &self.speakers;
        let share = |part, whole| percent(part, whole);
        let mut out = String::new();
        let _ = writeln!(
            out,
            "A direct: exact {} tokens {} (gold {}, pred {})",
            figures(self.exact).text(),
            figures(self.tokens).text(),
            self.exact[2],
            self.exact[1]
        );
        let _ = writeln!(
            out,
            "B speaker: acc(span) {:?} acc(text) {:?} recall(span) {:?} F1(span) {:?} (gold {}, matched {})",
            share(speakers.span, speakers.matched),
            share(speakers.text, speakers.matched),
            share(speakers.span, speakers.gold),
            self.speaker_f1(),
            speakers.gold,
            speakers.matched
        );
        let _ = writeln!(
            out,
            "C content {} source {} cue {}; attribution strict {} loose {} triple {}; exact spans source {} cue {} content {}; source acc {:?} cue acc {:?}; {}",
            figures(self.words[0]).text(),
            figures(self.words[1]).text(),
            figures(self.words[2]).text(),
            figures(self.strict).text(),
            figures(self.loose).text(),
            figures(self.triple).text(),
            figures(self.spans[1]).text(),
            figures(self.spans[2]).text(),
            figures(self.spans[0]).text(),
            share(self.source[0], self.source[2]),
            share(self.cue[0], self.cue[1]),
            self.recall_text()
        );
        out
    }

    /// As Python prints a dictionary.
    fn recall_text(&self) -> String {
        let shares = self
            .types
            .iter()
            .map(|(name, [found, all])| format!("'{name}': {:?}", percent(*found, *all)));
        format!("recall by type {{{}}}\n", shares.collect::<Vec<_>>().join(", "))
    }
}

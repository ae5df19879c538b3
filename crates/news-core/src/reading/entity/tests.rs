use std::fmt::Write as _;

use super::*;

/// The names of a text, each with the first letter of its kind.
fn names(text: &str) -> Vec<String> {
    let prose = Prose::plain(text, Some("en"));
    let name = |mention: Mention| format!("{:?} {}", mention.kind, prose.slice(&mention.range));
    mentions(&prose).into_iter().map(name).collect()
}

#[test]
fn names_of_every_kind_are_found() {
    let text = "The foreign minister of Norway, Ingrid Halvorsen, met officials of the World Health \
                Organization in Geneva on Monday.\nHalvorsen said Norway would pay.";
    let expected = [
        "Place Norway",
        "Person Ingrid Halvorsen",
        "Organisation World Health Organization",
        "Place Geneva",
        "Person Halvorsen",
        "Place Norway",
    ];
    assert_eq!(names(text), expected);
}

#[test]
fn possessives_and_stops_do_not_belong_to_names() {
    let expected = ["Place Spain", "Person Maria Keller", "Place Berlin"];
    assert_eq!(names("Spain's prime minister met Maria Keller’s team in Berlin."), expected);
}

#[test]
fn texts_without_capitals_and_scripts_without_case_have_no_names() {
    assert_eq!(names(""), [""; 0]);
    assert_eq!(names("it rained all day in the hills."), [""; 0]);
    assert_eq!(names("東京で会議が開かれた。"), [""; 0]);
}

#[test]
fn mentions_are_sorted_apart_and_on_character_boundaries() {
    let mut text = String::new();
    for i in 0..200 {
        let _ =
            writeln!(text, "“Zoë Núñez-{i}’s U.S. ‘Ä. O'Brien & Co.’ — ÉLAN 7 said… A.B.C Ltd.”");
    }
    let prose = Prose::plain(&text, None);
    let found = mentions(&prose);
    assert!(found.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
    assert!(found.iter().all(|m| !prose.slice(&m.range).trim().is_empty()));
    assert!(found.iter().all(|m| (0.0..=1.0).contains(&m.confidence)));
}

/// Bytes of a hostile text; a megabyte takes seconds without optimisation, and shows no more.
const HOSTILE: usize = 200_000;

/// Reading twice as much takes twice as long: counted in runs of names, not on a clock.
#[test]
fn a_text_of_names_only_is_cut_into_short_runs() {
    for unit in ["Ann ", "Bo of the ", "A.", "O'", "X-", "de ", "Ann\u{301}"] {
        let text = unit.repeat(HOSTILE / unit.len());
        let prose = Prose::plain(&text, None);
        let tokens = Tokens::of(&text, &prose.sentences);
        let mut total = 0;
        for range in &tokens.sentences {
            for run in Sentence::new(&text, &tokens.all[range.clone()]).runs() {
                assert!(run.len() <= features::LONGEST_RUN, "{unit:?} {run:?}");
                total += run.len();
            }
        }
        assert!(total <= tokens.all.len(), "{unit:?}");
        mentions(&prose);
    }
}

#[test]
fn steps_between_tags_keep_names_whole() {
    for tag in 0..tagger::TAGS {
        let to_outside = tagger::tag(tag).is_none_or(|tag| tag.closes);
        assert_eq!(tagger::may_follow(tag, tagger::OUTSIDE), to_outside, "{tag}");
        let from_outside = tagger::tag(tag).is_none_or(|tag| tag.opens);
        assert_eq!(tagger::may_follow(tagger::OUTSIDE, tag), from_outside, "{tag}");
    }
}

#[test]
fn a_broken_model_reads_nothing() {
    for file in [&b""[..], b"command\n", b"command\nabc"] {
        let prose = Prose::plain("Ann Lee went to Rome.", None);
        assert!(mentions_by(&Model::read(file), &prose).len() <= 2);
    }
}

#[test]
fn short_forms_stand_for_names_whose_words_they_begin() {
    for (short, name) in [
        ("WHO", "World Health Organization"),
        ("MoD", "Ministry of Defence"),
        ("U.N.", "United Nations"),
        ("INTERPOL", "International Criminal Police Organization"),
        ("CIRNA", "Crown-Indigenous Relations and Northern Affairs"),
    ] {
        assert!(acronym::stands_for(short, name), "{short} {name}");
    }
    for (short, name) in [("A", "Ann"), ("WTO", "World Health Organization"), ("NATO", "Nature")] {
        assert!(!acronym::stands_for(short, name), "{short} {name}");
    }
}

#[test]
fn the_word_lists_are_sorted_and_whole() {
    crate::lexicon::check(affix::AFFIXES, 2);
    crate::lexicon::check(include_str!("../../../lexicon/countries.tsv"), 4);
    crate::lexicon::check(include_str!("../../../lexicon/cities.tsv"), 2);
    crate::lexicon::check(include_str!("../../../lexicon/regions.tsv"), 2);
    crate::lexicon::check(include_str!("../../../lexicon/country_names.tsv"), 2);
    crate::lexicon::check(include_str!("../../../lexicon/organisations.tsv"), 2);
}

#[test]
fn entities_of_a_hostile_text_take_each_mention_once() {
    let text = "Bank of Ann (BOA). The BOA and Bank of Bo, Ann Corp, Danes. ".repeat(2_000);
    let prose = Prose::plain(&text, None);
    let found = mentions(&prose);
    let grouped = entities(&prose, &found);
    let named = grouped.iter().flat_map(|e| &e.mentions).filter(|n| n.form != Form::Adjective);
    assert_eq!(named.count(), found.iter().filter(|m| m.kind != Kind::Person).count());
}

#[test]
fn a_text_in_parts_is_read_like_one_part() {
    let mut text = String::new();
    for ward in 0.. {
        if text.len() > 2 * PART {
            break;
        }
        let _ = write!(
            text,
            "Ann Miller of Acme Corp. met Lee{ward} Ruiz in Paris.\nRuiz was with the IAEA. "
        );
    }
    let prose = Prose::plain(&text, None);
    let parts = Parts::of(&prose);
    let whole = Parts { prose: &prose, whole: Some(Tokens::of(&text, &prose.sentences)) };
    assert!(parts.whole.is_none());
    let found = [parts, whole].map(|parts| {
        let (memory, read) = first_reading(&MODEL, &parts);
        second_reading(&MODEL, &memory, &parts, &read)
    });
    let shown = |found: &[Found]| found.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>();
    assert_eq!(shown(&found[0]), shown(&found[1]));
}

#[test]
fn a_token_too_long_to_count_is_followed_by_the_next() {
    for (unit, last) in [("a", "end"), ("é", "end"), ("1", "end"), ("aé", ".")] {
        let text = format!("Ann {} {last}", unit.repeat(70_000));
        let mut tokens = Vec::new();
        token::tokens(&text, &(0..text.len()), &mut tokens);
        let ranges: Vec<_> = tokens.iter().map(Token::range).collect();
        assert_eq!(ranges.len(), 3, "{unit}");
        assert_eq!(ranges[1].start, 4);
        assert!(text.get(ranges[1].clone()).is_some_and(|own| own.len() > 65_000));
        assert_eq!(text.get(ranges[2].clone()), Some(last));
    }
    assert_eq!(size_of::<Token>(), 16);
}

use super::find;
use crate::lexicon;
use crate::wire::{agency, place};

/// Text | dateline | place | date | agency.
const FOUND: &[[&str; 5]] = &[
    ["CAIRO (AP) — Egypt's president said", "CAIRO (AP) —", "CAIRO", "", "Associated Press"],
    [
        "CAGUAS, Puerto Rico (AP)_ Kidnappers kept",
        "CAGUAS, Puerto Rico (AP)_",
        "CAGUAS, Puerto Rico",
        "",
        "Associated Press",
    ],
    [
        "BEIJING, Nov. 14(Xinhua)-- Passengers",
        "BEIJING, Nov. 14(Xinhua)--",
        "BEIJING",
        "Nov. 14",
        "Xinhua",
    ],
    [
        "MAR DEL PLATA, Argentina, Nov. 5 (Xinhua) -- The",
        "MAR DEL PLATA, Argentina, Nov. 5 (Xinhua) --",
        "MAR DEL PLATA, Argentina",
        "Nov. 5",
        "Xinhua",
    ],
    ["Jan. 10 (Xinhua) -- Shares rose", "Jan. 10 (Xinhua) --", "", "Jan. 10", "Xinhua"],
    [
        "Paris, Jan 5, 2024 (AFP) - The strike",
        "Paris, Jan 5, 2024 (AFP) -",
        "Paris",
        "Jan 5, 2024",
        "Agence France-Presse",
    ],
    [
        "Paris, 5 janv 2024 (AFP) - La grève",
        "Paris, 5 janv 2024 (AFP) -",
        "Paris",
        "5 janv 2024",
        "Agence France-Presse",
    ],
    ["PARIS (AFP) – La grève", "PARIS (AFP) –", "PARIS", "", "Agence France-Presse"],
    [
        "Berlin/Hamburg (dpa/lno) - Der Sturm",
        "Berlin/Hamburg (dpa/lno) -",
        "Berlin/Hamburg",
        "",
        "Deutsche Presse-Agentur",
    ],
    ["BERLIN taz | Der Senat", "BERLIN taz |", "BERLIN", "", "taz"],
    ["BERLIN dpa | Der Senat", "BERLIN dpa |", "BERLIN", "", "Deutsche Presse-Agentur"],
    [
        "MOSCOW, January 21. /TASS/. The minister",
        "MOSCOW, January 21. /TASS/.",
        "MOSCOW",
        "January 21",
        "TASS",
    ],
    [
        "Madrid, 10 abr (EFE).- El Gobierno",
        "Madrid, 10 abr (EFE).-",
        "Madrid",
        "10 abr",
        "Agencia EFE",
    ],
    [
        "(ANSA) - ROMA, 05 GEN - Il governo",
        "(ANSA) - ROMA, 05 GEN -",
        "ROMA",
        "05 GEN",
        "Agenzia Nazionale Stampa Associata",
    ],
    [
        "New Delhi, Jan 5 (PTI) The government",
        "New Delhi, Jan 5 (PTI)",
        "New Delhi",
        "Jan 5",
        "Press Trust of India",
    ],
    [
        "Pyongyang, January 5 (KCNA) -- The",
        "Pyongyang, January 5 (KCNA) --",
        "Pyongyang",
        "January 5",
        "Korean Central News Agency",
    ],
    ["WASHINGTON — The Senate voted", "WASHINGTON —", "WASHINGTON", "", ""],
    ["WASHINGTON _", "WASHINGTON _", "WASHINGTON", "", ""],
    ["NEWARK, N.J. _ A new task force", "NEWARK, N.J. _", "NEWARK, N.J.", "", ""],
    ["LITTLETOWN, Pa. -- The mill burned", "LITTLETOWN, Pa. --", "LITTLETOWN, Pa.", "", ""],
    ["DeKALB, Ill. (AP) — A judge", "DeKALB, Ill. (AP) —", "DeKALB, Ill.", "", "Associated Press"],
    [
        "NEW DELHI: The government on Friday said that it would cut the tax.",
        "NEW DELHI:",
        "NEW DELHI",
        "",
        "",
    ],
    [
        "Berlin – Der Bundestag hat am Freitag ein neues Gesetz beschlossen.",
        "Berlin –",
        "Berlin",
        "",
        "",
    ],
    [
        "МОСКВА, 5 янв — РИА Новости. Министр",
        "МОСКВА, 5 янв — РИА Новости.",
        "МОСКВА",
        "5 янв",
        "RIA Novosti",
    ],
    [
        "Москва. 5 января. INTERFAX.RU - Министр",
        "Москва. 5 января. INTERFAX.RU -",
        "Москва",
        "5 января",
        "Interfax",
    ],
    [
        "(서울=연합뉴스) 홍길동 기자 = 정부는",
        "(서울=연합뉴스) 홍길동 기자 =",
        "서울",
        "",
        "Yonhap News Agency",
    ],
    ["【東京共同】政府は", "【東京共同】", "東京", "", "Kyodo News"],
    ["【ワシントン時事】米国", "【ワシントン時事】", "ワシントン", "", "Jiji Press"],
    ["[東京　５日　ロイター] - 日銀は", "[東京　５日　ロイター] -", "東京", "５日", "Reuters"],
    ["新华社北京1月5日电 国务院", "新华社北京1月5日电", "北京", "1月5日", "Xinhua"],
    ["（中央社記者王小明台北5日電）行政院", "（中央社記者王小明台北5日電）", "台北", "5日", "CNA"],
    ["واشنطن (رويترز) - قال", "واشنطن (رويترز) -", "واشنطن", "", "Reuters"],
    [
        "LONDON, England (CNN) -- Police said",
        "LONDON, England (CNN) --",
        "LONDON, England",
        "",
        "CNN",
    ],
    ["(Bloomberg) -- Shares rose", "(Bloomberg) --", "", "", "Bloomberg"],
    [
        "ABOARD AIR FORCE ONE (AP) — The president",
        "ABOARD AIR FORCE ONE (AP) —",
        "ABOARD AIR FORCE ONE",
        "",
        "Associated Press",
    ],
    ["TOKYO, Jan. 5, Kyodo - The yen", "TOKYO, Jan. 5, Kyodo -", "TOKYO", "Jan. 5", "Kyodo News"],
    ["UNITED NATIONS (AP) _", "UNITED NATIONS (AP) _", "UNITED NATIONS", "", "Associated Press"],
];

/// Openings that are no datelines.
const NONE: &[&str] = &[
    "WATCH — The moment the bridge fell into the river on Friday",
    "BREAKING NEWS — The president has resigned, his office said",
    "EXCLUSIVE: The minister knew of the plan, papers show to the full",
    "Q: Why did you do it? A: Because I had to.",
    "NEW YORK's mayor said on Friday that taxes would rise",
    "THE BIG PICTURE — What it means for the voters in the north",
    "WASHINGTON The president said on Friday",
    "Berlin is a city — and a state.",
    "The report by Reuters (Reuters) said that sales fell",
    "Washington (the state) is far from Washington (the city)",
    "Paris, London, Berlin: three cities, one plan for the trains",
    "IBM (NYSE: IBM) — The company said on Friday",
    "January 5 — The day that changed everything for them",
    "Bayern - Dortmund 3:1",
    "John Smith (R) — the incumbent — said",
    "JOHN: I never said that. MARY: You did, and all of us heard it.",
    "PHOTOS: Floods in Spain leave hundreds without homes",
    "SPORTS — The team won again on Friday night at home",
    "— Bonjour, dit-il.",
    "(LEAD) Nothing of the kind",
    "(Photo by Jane Doe/AP) The bridge",
    "I - the undersigned - declare",
    "GDP grew by 2 percent (AP) - no",
    "",
];

#[test]
fn datelines_are_found() {
    let mut wrong = Vec::new();
    for row in FOUND {
        let [text, raw, place, date, agency] = *row;
        let Some(found) = find(text) else {
            wrong.push(format!("{text:?}: none"));
            continue;
        };
        let part = |range: &Option<std::ops::Range<usize>>| {
            range.clone().map_or("", |range| text.get(range).expect("a range"))
        };
        let name = found.agency.as_ref().map_or(part(&found.agency_text), |agency| agency.name);
        let got = [
            text.get(found.range.clone()).expect("a range"),
            part(&found.place),
            part(&found.date),
            name,
        ];
        if got != [raw, place, date, agency] {
            wrong.push(format!("{text:?}: {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nothing_else_is_a_dateline() {
    let found: Vec<_> = NONE.iter().filter(|text| find(text).is_some()).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn openings_of_the_agency_table_are_datelines() {
    let mut wrong = Vec::new();
    for row in lexicon::rows(include_str!("../../../lexicon/agencies.tsv")) {
        let &[name, _, _, _, _, opening, close] = row.as_slice() else {
            panic!("{row:?}");
        };
        let text = format!("{opening}The government said on Friday that it would act.");
        let read = find(&text).and_then(|found| found.agency).map(|agency| agency.name);
        if !opening.is_empty() && read != Some(name) {
            wrong.push(format!("{opening:?}: {read:?}"));
        }
        if !close.is_empty() && !is_close(close, name) {
            wrong.push(format!("{close:?} closes nothing"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether the line credits the agency, signs off or ends the copy.
fn is_close(line: &str, name: &str) -> bool {
    let credit = crate::wire::credit::read(line).or_else(|| crate::wire::credit::copyright(line));
    credit.and_then(|credit| credit.agency).is_some_and(|agency| agency.name == name)
        || !crate::wire::sign_off::read(line, None).is_empty()
        || crate::wire::slug::line(line).is_some()
        || line.starts_with("SOURCE ")
}

#[test]
fn tables_are_sound() {
    lexicon::check(place::PLACES, 2);
    lexicon::check(crate::wire::slug::SLUGS, 3);
    lexicon::check(crate::wire::sign_off::CUES, 2);
    lexicon::assert_sorted_and_unique(place::LABELS);
    assert!(agency::named("AP").is_some() && agency::named("ap").is_none());
}

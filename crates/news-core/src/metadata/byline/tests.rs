use std::fmt::Write as _;

use proptest::prelude::*;

use super::tables::{AGENCIES, JUNK_LIST, ROLES};
use super::*;
use crate::lexicon;

/// Visible text: language, text, people. People are joined by ` + `; `*` marks an organisation,
/// `<…>` the role, `[…]` the organisation of a person or the full name of an agency, `{…}` the
/// address for mail, `(…)` the page.
const VISIBLE: &[(&str, &str, &str)] = &[
    ("", "By Jane Doe", "Jane Doe"),
    ("", "by Jane Doe", "Jane Doe"),
    ("", "BY JANE DOE", "Jane Doe"),
    ("", "By: Jane Doe", "Jane Doe"),
    ("", "By  Jane   Doe ", "Jane Doe"),
    ("", "By Jane Doe and John Roe", "Jane Doe + John Roe"),
    ("", "By Jane Doe & John Roe", "Jane Doe + John Roe"),
    ("", "By Jane Doe, John Roe and Max Muster", "Jane Doe + John Roe + Max Muster"),
    ("", "By Jane Doe, John Roe, and Max Muster", "Jane Doe + John Roe + Max Muster"),
    (
        "",
        "By Jane Doe and John Roe, Political Editors, The Associated Press | 5 May 2024",
        "Jane Doe <Political Editors> [Associated Press] + John Roe <Political Editors> [Associated Press]",
    ),
    ("", "By Jane Doe, Staff Writer", "Jane Doe <Staff Writer>"),
    (
        "",
        "By Jane Doe, Senior Political Correspondent",
        "Jane Doe <Senior Political Correspondent>",
    ),
    (
        "",
        "By Jane Doe, Political Editor, and John Roe, Reporter",
        "Jane Doe <Political Editor> + John Roe <Reporter>",
    ),
    ("", "By Jane Doe Senior Reporter", "Jane Doe <Senior Reporter>"),
    ("", "By Jane Doe, BBC News", "Jane Doe [BBC News]"),
    ("en", "By Jane Doe of The Daily Example", "Jane Doe [The Daily Example]"),
    ("", "By Jane Doe for The Daily Example", "Jane Doe [The Daily Example]"),
    ("", "By Jane Doe in Berlin", "Jane Doe"),
    ("", "By Jane Doe, Berlin", "Jane Doe"),
    ("", "By Jane Doe May 5, 2024 10:00 AM", "Jane Doe"),
    ("", "By Jane Doe Published May 5, 2024", "Jane Doe"),
    ("", "By Jane Doe on Dec. 19, 2024", "Jane Doe"),
    ("", "By Jane Doe | Updated 5 May 2024 10:00 GMT", "Jane Doe"),
    ("", "Jane Doe 5 min read", "Jane Doe"),
    ("", "Jane Doe • 5 minutes to read", "Jane Doe"),
    ("", "Jane Doe · 2 May 2024", "Jane Doe"),
    ("", "Jane Doe @jdoe", "Jane Doe"),
    ("", "By Jane \"Jay\" Doe", "Jane \"Jay\" Doe"),
    ("", "By Dr. Jane Doe", "Dr. Jane Doe"),
    ("", "By Jane Doe, Ph.D.", "Jane Doe"),
    ("", "By Jane Doe, MD, MPH", "Jane Doe"),
    ("", "By John Roe Jr.", "John Roe Jr."),
    ("", "By John Roe, Jr.", "John Roe Jr."),
    ("", "By JOHN ROE III", "John Roe III"),
    ("", "By J. K. Doe", "J. K. Doe"),
    ("", "By JANE O'DOE AND JEAN-PIERRE MCROE", "Jane O'Doe + Jean-Pierre McRoe"),
    ("", "By Jane van der Berg", "Jane van der Berg"),
    ("", "By JAN VAN DER BERG", "Jan van der Berg"),
    ("", "By PEDRO DE LA CRUZ", "Pedro de la Cruz"),
    ("", "By Ahmed al-Masri", "Ahmed al-Masri"),
    ("", "By Leonardo d'Esempio", "Leonardo d'Esempio"),
    ("", "By quillo", "quillo"),
    ("", "By Madonna", "Madonna"),
    ("", "Written By Tilly and Moe", "Tilly + Moe"),
    ("", "Posted in Politics by Jane Doe", "Jane Doe"),
    ("", "Posted by Jane Doe on 5 May 2024", "Jane Doe"),
    ("", "View all posts by Jane Doe", "Jane Doe"),
    ("", "Written by Jane Doe", "Jane Doe"),
    ("", "Story by Jane Doe; Photos by John Roe", "Jane Doe"),
    ("", "Words: Jane Doe Photos: John Roe", "Jane Doe"),
    ("", "Photo: Jane Doe", ""),
    ("", "Photograph by Jane Doe", ""),
    ("", "Jane Doe (AP)", "Jane Doe [Associated Press]"),
    ("", "By Jane Doe/AP", "Jane Doe + AP* [Associated Press]"),
    ("", "By Jane Doe, Associated Press", "Jane Doe [Associated Press]"),
    ("", "Associated Press", "Associated Press*"),
    ("", "Reuters", "Reuters*"),
    ("", "By Reuters Staff", "Reuters Staff* [Reuters]"),
    (
        "",
        "Reporting by Jane Doe in Seoul and John Roe in Paris; Editing by Max Muster",
        "Jane Doe + John Roe + Max Muster <editor>",
    ),
    ("", "(Reporting by Jane Doe; editing by John Roe)", "Jane Doe + John Roe <editor>"),
    ("", "By Jane Doe with AFP", "Jane Doe + AFP* [Agence France-Presse]"),
    ("", "By Jane Doe with reporting by John Roe", "Jane Doe + John Roe"),
    ("", "Jane Doe and John Roe contributed to this report.", "Jane Doe + John Roe"),
    ("", "Jane Doe is a reporter at The Daily Example.", "Jane Doe"),
    ("", "By Jane Doe\nPolitical Editor", "Jane Doe <Political Editor>"),
    ("", "By Jane Doe\nThe Daily Example", "Jane Doe [The Daily Example]"),
    ("", "Jane Doe | Reporter", "Jane Doe <Reporter>"),
    ("", "Political Editor Jane Doe", "Jane Doe <Political Editor>"),
    ("", "Special to The Daily Example", ""),
    ("", "By Jane Doe Special to The Daily Example", "Jane Doe [Daily Example]"),
    ("", "Follow", ""),
    ("", "Follow Jane Doe", ""),
    ("", "Share", ""),
    ("", "Email the author", ""),
    ("", "Updated 5 May 2024", ""),
    ("", "Home", ""),
    ("", "The economy grew by 3 percent", ""),
    ("", "", ""),
    ("", "5 May 2024", ""),
    ("", "Comments (12)", ""),
    ("", "Medically reviewed by Jane Doe", "Jane Doe <editor>"),
    ("", "By Jane Doe\nEdited by John Roe", "Jane Doe + John Roe <editor>"),
    ("", "Translated by Jane Doe", "Jane Doe <translator>"),
    ("de", "Von Max Muster", "Max Muster"),
    ("de", "VON MAX MUSTER", "Max Muster"),
    ("de", "Von Max Muster und Erika Beispiel", "Max Muster + Erika Beispiel"),
    (
        "de",
        "Von Max Muster, Erika Beispiel und Jan Probe",
        "Max Muster + Erika Beispiel + Jan Probe",
    ),
    ("de", "Von Max Muster, Berlin", "Max Muster"),
    ("de", "Von Max Muster, dpa", "Max Muster [Deutsche Presse-Agentur]"),
    ("de", "Von Max Muster/dpa", "Max Muster + dpa* [Deutsche Presse-Agentur]"),
    ("de", "Von Hans von Storch", "Hans von Storch"),
    ("de", "Von unserem Redakteur Max Muster", "Max Muster <Redakteur>"),
    ("de", "Ein Gastbeitrag von Erika Beispiel", "Erika Beispiel"),
    ("de", "Text: Max Muster Foto: Erika Beispiel", "Max Muster"),
    ("de", "Foto: Max Muster", ""),
    ("de", "Autor: Max Muster", "Max Muster"),
    ("de", "Max Muster, Redakteur", "Max Muster <Redakteur>"),
    ("de", "Von Max Muster, Korrespondent in Rom", "Max Muster <Korrespondent in Rom>"),
    ("de", "Von Max Muster 2. Mai 2024, 10:00 Uhr", "Max Muster"),
    (
        "de",
        "Von Max Muster, ABC KURIER Stand: 28. April 2024, 05:00 Uhr",
        "Max Muster [ABC KURIER]",
    ),
    ("de", "Veröffentlicht am 2. Mai 2024 von Erika Beispiel", "Erika Beispiel"),
    ("de", "Redaktion", "Redaktion*"),
    ("de", "Aus dem Englischen von Erika Beispiel", "Erika Beispiel <translator>"),
    ("fr", "Par Jean Dupont", "Jean Dupont"),
    ("fr", "Par Jean DUPONT et Marie DURAND", "Jean Dupont + Marie Durand"),
    ("fr", "Par Jean Dupont avec AFP", "Jean Dupont + AFP* [Agence France-Presse]"),
    ("fr", "Propos recueillis par Marie Durand", "Marie Durand"),
    ("fr", "Jean Dupont, correspondant à Rome", "Jean Dupont <correspondant à Rome>"),
    ("fr", "La rédaction", "La rédaction*"),
    ("es", "Por Ana Pérez", "Ana Pérez"),
    ("es", "Por Ana Pérez y Luis García", "Ana Pérez + Luis García"),
    ("es", "Ana Pérez, corresponsal", "Ana Pérez <corresponsal>"),
    ("es", "Ana Pérez en Madrid", "Ana Pérez"),
    ("es", "Redacción", "Redacción*"),
    ("it", "di Marco Rossi", "Marco Rossi"),
    ("it", "di Marco Rossi e Anna Bianchi", "Marco Rossi + Anna Bianchi"),
    ("it", "a cura di Marco Rossi", "Marco Rossi"),
    ("", "di Marco Rossi", "di Marco Rossi"),
    ("pt", "Por João Silva", "João Silva"),
    (
        "pt",
        "Por João Silva e Ana Souza, repórteres",
        "João Silva <repórteres> + Ana Souza <repórteres>",
    ),
    ("nl", "Door Jan Jansen en Piet de Vries", "Jan Jansen + Piet de Vries"),
    ("nl", "Tekst: Jan Jansen", "Jan Jansen"),
    ("sv", "Av Anna Svensson", "Anna Svensson"),
    ("sv", "Text: Anna Svensson", "Anna Svensson"),
    ("no", "Av Ola Hansen og Kari Olsen", "Ola Hansen + Kari Olsen"),
    ("da", "Af Lars Jensen", "Lars Jensen"),
    ("fi", "Teksti: Matti Virtanen", "Matti Virtanen"),
    ("pl", "Autor: Jan Kowalski", "Jan Kowalski"),
    ("pl", "Jan Kowalski, PAP", "Jan Kowalski [PAP]"),
    ("cs", "Autor: Jan Novák, ČTK", "Jan Novák [CTK]"),
    ("hu", "Szerző: Kovács János", "Kovács János"),
    ("ro", "de Ion Popescu", "Ion Popescu"),
    ("ru", "Автор: Иван Петров", "Иван Петров"),
    ("ru", "Иван Петров, корреспондент", "Иван Петров <корреспондент>"),
    ("ru", "Текст: Иван Петров Фото: Анна Иванова", "Иван Петров"),
    ("ru", "РИА Новости", "РИА Новости* [RIA Novosti]"),
    ("uk", "Автор: Іван Петренко", "Іван Петренко"),
    ("el", "Του Γιώργου Παπαδόπουλου", "Γιώργου Παπαδόπουλου"),
    ("tr", "Yazan: Ahmet Yılmaz", "Ahmet Yılmaz"),
    ("tr", "AHMET YILMAZ", "Ahmet Yılmaz"),
    ("id", "Oleh Budi Santoso", "Budi Santoso"),
    ("vi", "Tác giả: Nguyễn Văn An", "Nguyễn Văn An"),
    ("ar", "بقلم: محمد علي", "محمد علي"),
    ("ar", "كتب محمد علي", "محمد علي"),
    ("he", "מאת: דוד כהן", "דוד כהן"),
    ("hi", "लेखक: राम कुमार", "राम कुमार"),
    ("th", "โดย สมชาย ใจดี", "สมชาย ใจดี"),
    ("ja", "【記者 山田太郎】", "山田太郎 <記者>"),
    ("ja", "山田太郎記者", "山田太郎 <記者>"),
    ("ja", "文・山田太郎", "山田太郎"),
    ("ja", "取材・文：山田太郎", "山田太郎"),
    ("ja", "大川 美咲", "大川 美咲"),
    ("ja", "共同通信", "共同通信* [Kyodo News]"),
    ("ja", "写真：山田太郎", ""),
    ("ko", "홍길동 기자", "홍길동 <기자>"),
    ("ko", "홍길동 기자 hong@example.co.kr", "홍길동 <기자> {hong@example.co.kr}"),
    ("ko", "홍길동·김철수 기자", "홍길동 <기자> + 김철수 <기자>"),
    ("ko", "(서울=연합뉴스) 홍길동 기자 =", "연합뉴스* [Yonhap News Agency] + 홍길동 <기자>"),
    ("ko", "온라인뉴스팀", "온라인뉴스팀*"),
    ("zh", "記者 王小明", "王小明 <記者>"),
    ("zh", "記者王小明／台北報導", "王小明 <記者>"),
    ("zh", "文/王小明", "王小明"),
    ("zh", "作者：王小明", "王小明"),
    ("zh", "本报记者 王小明 李四平", "王小明 <本报记者> + 李四平 <本报记者>"),
    ("zh", "新华社记者王小明", "新华社* [Xinhua] + 王小明 <记者>"),
    ("zh", "（责任编辑：王小明、李四平）", "王小明 <editor> + 李四平 <editor>"),
    ("zh", "来源：新华网", ""),
];

/// Values of fields that are meant for authors.
const STATED: &[(&str, &str, &str)] = &[
    ("", "Jane Doe", "Jane Doe"),
    ("", "Jane Doe, John Roe", "Jane Doe + John Roe"),
    ("", "Jane Doe; John Roe", "Jane Doe + John Roe"),
    ("", "Jane Doe | John Roe", "Jane Doe + John Roe"),
    ("", "Jane Doe and John Roe", "Jane Doe + John Roe"),
    ("", "Doe, Jane", "Jane Doe"),
    ("", "Doe, Jane M.", "Jane M. Doe"),
    ("", "van der Berg, Jan", "Jan van der Berg"),
    ("", "Doe, Jane; Roe, John", "Jane Doe + John Roe"),
    ("", "Madonna", "Madonna"),
    ("", "annette muster", "annette muster"),
    ("", "gamma302", "gamma302"),
    ("", "Max.Muster", "Max.Muster"),
    ("", "jane-doe", "Jane Doe"),
    ("", "jdoe@example.com (Jane Doe)", "Jane Doe {jdoe@example.com}"),
    ("", "Jane Doe <jdoe@example.com>", "Jane Doe {jdoe@example.com}"),
    ("", "jdoe@example.com", ""),
    ("", "@handle", ""),
    ("", "https://www.facebook.com/jane.doe", ""),
    ("", "facebook.com/jane.doe", ""),
    ("", "https://example.com/author/jane", ""),
    ("", "Jane Doe https://example.com/author/jane", "Jane Doe (https://example.com/author/jane)"),
    ("", "admin", ""),
    ("", "null", ""),
    ("", "Staff", "Staff*"),
    ("", "Editorial Board", "Editorial Board*"),
    ("de", "Redaktion", "Redaktion*"),
    ("", "7 NEWS WXYZ", "7 NEWS WXYZ*"),
    ("", "Example News", "Example News*"),
    ("", "The Daily Example", "The Daily Example*"),
    ("", "example.com", "example.com*"),
    ("", "Example.org/ab", "Example.org/ab*"),
    ("", "abc/dpa", "abc/dpa*"),
    ("", "AFP/dpa", "AFP* [Agence France-Presse] + dpa* [Deutsche Presse-Agentur]"),
    ("", "AP", "AP* [Associated Press]"),
    ("", "The Associated Press", "The Associated Press* [Associated Press]"),
    ("", "ap", "ap"),
    ("", "Jane Doe for Daily Example", "Jane Doe [Daily Example]"),
    (
        "",
        "By Jane Doe And John Roe For The Daily Example",
        "Jane Doe [The Daily Example] + John Roe [The Daily Example]",
    ),
    ("de", "Brot und Salz", "Brot und Salz"),
    (
        "de",
        "Max Muster und Erika Beispiel, dpa",
        "Max Muster [Deutsche Presse-Agentur] + Erika Beispiel [Deutsche Presse-Agentur]",
    ),
    ("de", "ABC mit dpa", "ABC + dpa* [Deutsche Presse-Agentur]"),
    ("fr", "L'Exemple et AFP", "L'Exemple + AFP* [Agence France-Presse]"),
    ("", "Jane Doe, CEO of Example", "Jane Doe <CEO of Example>"),
    (
        "",
        "Jane Doe, Senior Director, Content & Marketing, Example Institute",
        "Jane Doe <Senior Director> [Example Institute]",
    ),
    (
        "",
        "Jane Doe, VMD, DACVB; John Roe, BA, LVT; Max Muster, DVM & Erika Beispiel, DVM",
        "Jane Doe + John Roe + Max Muster + Erika Beispiel",
    ),
    ("", "Budget Garden Expert", "Budget Garden Expert"),
    ("de", "Von ABC-Online-Experte Max Muster", "Max Muster <ABC-Online-Experte>"),
    ("", "example.de, Frankfurt, Germany", "example.de*"),
    ("", "Jane Doe, Jane Doe", "Jane Doe"),
    ("", "JANE DOE, JANE DOE", "Jane Doe"),
    ("", "Jane Doe\nJohn Roe", "Jane Doe + John Roe"),
    ("ja", "山田太郎", "山田太郎"),
    ("zh", "王小明", "王小明"),
    ("ko", "홍길동", "홍길동"),
];

fn context(language: &str, is_stated: bool) -> BylineContext<'_> {
    BylineContext {
        language: (!language.is_empty()).then_some(language),
        is_stated,
        publisher: None,
    }
}

fn line(authors: &[Author]) -> String {
    let one = |author: &Author| {
        let mut line = author.name.clone();
        if author.is_organisation {
            line.push('*');
        }
        for (open, part, close) in [
            ('<', &author.role, '>'),
            ('[', &author.organisation, ']'),
            ('{', &author.email, '}'),
            ('(', &author.url, ')'),
        ] {
            if let Some(part) = part {
                write!(line, " {open}{part}{close}").expect("a string takes all");
            }
        }
        line
    };
    authors.iter().map(one).collect::<Vec<_>>().join(" + ")
}

fn wrong<'a>(
    table: &[(&'a str, &'a str, &'a str)],
    is_stated: bool,
) -> Vec<(&'a str, String, &'a str)> {
    table
        .iter()
        .map(|(language, text, expected)| {
            (*text, line(&read(text, &context(language, is_stated))), *expected)
        })
        .filter(|(_, got, expected)| got != expected)
        .collect()
}

#[test]
fn reads_visible_bylines() {
    assert_eq!(wrong(VISIBLE, false), []);
}

#[test]
fn reads_stated_authors() {
    assert_eq!(wrong(STATED, true), []);
}

#[test]
fn the_publisher_is_an_organisation() {
    let context =
        BylineContext { publisher: Some("Brot und Kopf"), language: None, is_stated: true };
    assert_eq!(line(&read("Brot und Kopf", &context)), "Brot und Kopf*");
    assert_eq!(line(&read("Jane Doe, Brot", &context)), "Jane Doe");
    let context = BylineContext { publisher: Some("Kleinstadt"), ..context };
    assert_eq!(line(&read("Jane Doe, KLEINSTADT", &context)), "Jane Doe [KLEINSTADT]");
}

#[test]
fn long_bylines_are_cut() {
    let text = "Jane Doe, ".repeat(10_000);
    assert_eq!(line(&read(&text, &context("", true))), "Jane Doe");
    let many: Vec<String> = (0..400).map(|n| format!("Jane{} Doe", "x".repeat(n % 60))).collect();
    assert!(read(&many.join("; "), &context("", true)).len() <= AUTHORS);
}

#[test]
fn tables_are_sound() {
    lexicon::check(AGENCIES, 7);
    lexicon::check(include_str!("../../../lexicon/byline_cues.tsv"), 4);
    lexicon::check(JUNK_LIST, 2);
    lexicon::check(include_str!("../../../lexicon/organisation_words.tsv"), 2);
    lexicon::check(ROLES, 3);
}

/// Texts of the parts of bylines, which reach further into the reader than any string does.
fn byline_like() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("By".to_owned()),
        Just("Jane".to_owned()),
        Just("DOE".to_owned()),
        Just("and".to_owned()),
        Just("Editor".to_owned()),
        Just("dpa".to_owned()),
        Just("記者王小明".to_owned()),
        Just("홍길동 기자".to_owned()),
        Just("j@example.com".to_owned()),
        Just("https://example.com/a".to_owned()),
        Just("2 May 2024".to_owned()),
        Just("İ".to_owned()),
        "[,:;/|()=&.-]",
    ];
    prop::collection::vec(part, 0..16).prop_map(|parts| parts.join(" "))
}

proptest! {
    #[test]
    fn any_string_is_read_without_panic(text in any::<String>(), language in "[a-z]{0,3}", is_stated: bool) {
        for author in read(&text, &context(&language, is_stated)) {
            prop_assert!(!author.name.trim().is_empty());
        }
    }

    #[test]
    fn byline_like_strings_are_read_without_panic(text in byline_like(), is_stated: bool) {
        for author in read(&text, &context("en", is_stated)) {
            prop_assert!(!author.name.trim().is_empty());
        }
    }
}

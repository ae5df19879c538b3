//! Bytes whose label says nothing, or the wrong thing.

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, ISO_2022_JP, SHIFT_JIS, WINDOWS_1251};
use news_core::article::EncodingBasis;
use news_core::{Article, Options, Source, extract};

const JAPANESE: &str =
    "市議会は火曜日、古い水車小屋をもう一年開けておくことを決めた。反対した議員はいなかった。";
const RUSSIAN: &str =
    "Городской совет во вторник решил оставить старую мельницу открытой ещё на год.";
const CHINESE: &str = "市议会星期二决定让旧磨坊再开放一年，没有议员反对，市长说这是一个好消息。";
const TRADITIONAL: &str =
    "市議會星期二決定讓舊磨坊再開放一年，沒有議員反對，市長說這是一個好消息。";
const KOREAN: &str =
    "시의회는 화요일 오래된 방앗간을 일 년 더 열어 두기로 결정했다. 반대한 의원은 없었다.";

fn page(charset: &str, line: &str) -> String {
    let meta = if charset.is_empty() { String::new() } else { format!("<meta charset={charset}>") };
    let lines = format!("<p>{line} {line}</p>").repeat(3);
    format!(
        "<html><head>{meta}<title>Mill</title></head><body><article>{lines}</article></body></html>"
    )
}

fn read(bytes: &[u8]) -> Article {
    extract(&Source::bytes(bytes), &Options::default())
        .unwrap_or_else(|refused| panic!("{refused}"))
}

fn encoded(page: &str, encoding: &'static Encoding) -> Vec<u8> {
    encoding.encode(page).0.into_owned()
}

#[test]
fn latin_1_is_not_believed_of_other_scripts() {
    for (encoding, line) in [
        (WINDOWS_1251, RUSSIAN),
        (SHIFT_JIS, JAPANESE),
        (GB18030, CHINESE),
        (BIG5, TRADITIONAL),
        (EUC_KR, KOREAN),
    ] {
        let article = read(&encoded(&page("iso-8859-1", line), encoding));
        assert!(article.text().contains(line), "{}: {}", encoding.name(), article.text());
    }
}

#[test]
fn latin_1_is_believed_of_accents() {
    let line =
        "L’été dernier, à Orléans, l’élève zélé a été récompensé : « bientôt la fête », dit-il.";
    for charset in ["iso-8859-1", "windows-1252"] {
        let article = read(&encoded(&page(charset, line), encoding_rs::WINDOWS_1252));
        assert_eq!(article.encoding.name, "windows-1252");
        assert!(article.text().contains(line), "{}", article.text());
    }
}

#[test]
fn escapes_tell_japanese() {
    for charset in ["", "utf-8"] {
        let article = read(&encoded(&page(charset, JAPANESE), ISO_2022_JP));
        assert!(article.text().contains(JAPANESE), "{charset:?}: {}", article.text());
    }
}

#[test]
fn thirty_two_bits() {
    let page = page("utf-8", RUSSIAN);
    let units = ['\u{feff}'].into_iter().chain(page.chars()).map(u32::from);
    let little: Vec<u8> = units.clone().flat_map(u32::to_le_bytes).collect();
    let big: Vec<u8> = units.flat_map(u32::to_be_bytes).collect();
    for (bytes, name) in [(little, "UTF-32LE"), (big, "UTF-32BE")] {
        let article = read(&bytes);
        let encoding = &article.encoding;
        assert_eq!((encoding.name.as_str(), encoding.basis), (name, EncodingBasis::Bom));
        assert!(article.text().contains(RUSSIAN), "{}", article.text());
    }
}

#[test]
fn controls_do_not_make_a_page_binary() {
    let page =
        page("utf-8", RUSSIAN).replace("<article>", &format!("{}<article>", "\0".repeat(5_000)));
    assert!(read(page.as_bytes()).text().contains(RUSSIAN));
}

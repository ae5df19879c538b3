#!/usr/bin/env python3
"""Writes what the detector of languages knows of each: its alphabet and its 300 most frequent trigrams.

    curl -LO https://static.crates.io/crates/whatlang/whatlang-0.18.0.crate && tar xzf whatlang-0.18.0.crate
    tools/language/profiles.py whatlang-0.18.0/src > crates/news-core/lexicon/language_profiles.tsv

The numbers are those of the crate whatlang (MIT). Scripts that one language alone is written in need none.
"""
import re
import sys
from pathlib import Path

HEAD = """\
# What the detector of languages knows: script, language, alphabet (none: not asked), trigrams by falling frequency, `_` for
# what is no letter. Written by tools/language/profiles.py from the crate whatlang 0.18.0.
# whatlang: MIT, (c) Sergey Potapov; a derivative work of franc: MIT, (c) Titus Wormer."""

# The two-letter codes of ISO 639-1; Norwegian as pages state it.
CODES = dict(pair.split(":") for pair in """
epo:eo eng:en rus:ru spa:es por:pt ita:it fra:fr deu:de ukr:uk ara:ar hin:hi heb:he yid:yi pol:pl jav:jv nob:no dan:da
swe:sv fin:fi tur:tr nld:nl hun:hu ces:cs bul:bg bel:be mar:mr ron:ro slv:sl hrv:hr srp:sr mkd:mk lit:lt lav:lv est:et
vie:vi urd:ur uzb:uz aze:az ind:id pes:fa nep:ne tuk:tk aka:ak zul:zu sna:sn afr:af lat:la slk:sk cat:ca tgl:tl
cym:cy""".split())


def alphabets(source):
    found = {}
    for name in ("latin", "cyrillic"):
        text = (source / "alphabets" / f"{name}.rs").read_text()
        found |= {lang.lower(): letters for lang, letters in re.findall(r'const ([A-Z]{3}): &str =\s*"([^"]*)";', text)}
    return found


def profiles(source):
    text = (source / "trigrams" / "profiles.rs").read_text()
    for script, body in re.findall(r"pub static ([A-Z]+)_LANGS: LangProfileList = &\[(.*?)\n\];", text, re.S):
        for lang, grams in re.findall(r"Lang::(\w+),\s*&\[(.*?)\n        \]", body, re.S):
            trigrams = re.findall(r"Trigram\('(.)', '(.)', '(.)'\)", grams)
            yield script.lower(), lang.lower(), ["".join(three).replace(" ", "_") for three in trigrams]


def main():
    source = Path(sys.argv[1])
    letters = alphabets(source)
    lines = ["\t".join((script, CODES[lang], letters.get(lang, ""), " ".join(trigrams)))
             for script, lang, trigrams in profiles(source)]
    print(HEAD, *sorted(lines), sep="\n")


if __name__ == "__main__":
    main()

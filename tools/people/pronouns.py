#!/usr/bin/env python3
"""Trains the model of pronouns: whom he and she mean.

    pip install numpy scipy && cargo build --release -p models
    tools/people/pronouns.py ../shared/corpora/language/people

Corpora: names_gum (GUM, annotations CC BY 4.0) and gap (Apache-2.0).  A linear model, softmax over the people that a pronoun
can mean.  What a pronoun can mean depends on how those before it were decided, so the texts are read anew with the
weights of each round.  The names in the model's file are those of the measures in pronoun.rs, in their order: a new
measure is added to both.  News and interviews count three times.  Prints the accuracy under ten-fold cross-validation by text.
"""
import collections
import json
import os
import subprocess
import sys
import tempfile
import zlib

import numpy as np
from scipy.optimize import minimize

ROUNDS, FOLDS, L2, NEWS = 3, 10, 3.0, 3.0
MODEL = "crates/news-core/src/reading/people/pronoun.model"
SETS = ("names_gum/dev.jsonl", "gap/dev.jsonl", "gap/val.jsonl")


def lines(path):
    with open(path, encoding="utf8") as file:
        return {(record := json.loads(line))["id"]: record for line in file}


def same(a, b):
    """As score_names.py: the same last word, the shorter name within the longer one."""
    a, b = sorted(([word.lower().strip(".,") for word in name.split()] for name in (a, b)), key=len)
    return bool(a) and a[-1] == b[-1] and set(a) <= set(b) and len(a) > (1 if len(b) > 1 else 0)


def right_people(text, span, people):
    """Places of the people whom the pronoun at span means; None where gold does not say."""
    if "pronoun" in text:
        meant = text["a"] if text["a_coref"] else text["b"] if text["b_coref"] else None
        if tuple(text["pronoun"]) != span or meant is None:
            return None
        return {i for i, p in enumerate(people) if any(s < meant[1] and meant[0] < e for s, e in p["spans"])}
    names = [m["full_name"] for m in text["resolve"] if m["kind"] == "he/she" and tuple(m["span"]) == span]
    return {i for i, p in enumerate(people) if same(p["name"], names[0])} if names else None


def read(corpora, weights, work):
    """Choices: (text, group, measures, right, weight)."""
    choices = []
    for name in SETS:
        out = os.path.join(work, "read.jsonl")
        subprocess.run(["target/release/models", "pronouns", out, weights, os.path.join(corpora, name)], check=True)
        gold = lines(os.path.join(corpora, name))
        for id, text in lines(out).items():
            news = gold[id].get("genre") in ("news", "interview")
            group = "news, interview" if news else name.split("/")[0]
            for choice in text["choices"]:
                right = right_people(gold[id], tuple(choice["span"]), text["people"])
                if right is not None and choice["cands"]:
                    measures = np.array([m for _, m in choice["cands"]])
                    y = np.array([person in right for person, _ in choice["cands"]])
                    choices.append((id, group, measures, y, NEWS if news else 1.0))
    return choices


def fit(choices):
    choices = [c for c in choices if c[3].any() and len(c[3]) > 1]
    x, y = np.concatenate([c[2] for c in choices]), np.concatenate([c[3] for c in choices])
    sizes, weight = np.array([len(c[3]) for c in choices]), np.array([c[4] for c in choices])
    owner, start = np.repeat(np.arange(len(sizes)), sizes), np.r_[0, np.cumsum(sizes)[:-1]]

    def loss(b):
        scores = x @ b
        e = np.exp(scores - np.maximum.reduceat(scores, start)[owner])
        all_, right = np.add.reduceat(e, start), np.add.reduceat(e * y, start)
        slope = (e * y / right[owner] - e / all_[owner]) * weight[owner]
        return -(weight * np.log(right / all_)).sum() + L2 * (b @ b) / 2, -(x.T @ slope) + L2 * b

    return minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x


def accuracy(choices, weights_of):
    counts = collections.defaultdict(lambda: [0, 0])
    for choice in choices:
        counts[choice[1]][0] += choice[3][np.argmax(choice[2] @ weights_of(choice[0]))]
        counts[choice[1]][1] += 1
    return {group: f"{100 * right / all_:.1f} % of {all_}" for group, (right, all_) in counts.items()}


def main():
    corpora = sys.argv[1]
    with open(MODEL) as file:
        names = [line.split("\t")[0] for line in file if not line.startswith("#")]
    with tempfile.TemporaryDirectory() as work:
        weights = "-"
        for _ in range(ROUNDS):
            choices = read(corpora, weights, work)
            model = fit(choices)
            with open(MODEL, "w") as file:
                file.write("# tools/people/pronouns.py CORPORA/language/people\n")
                file.writelines(f"{name}\t{weight:.3f}\n" for name, weight in zip(names, model))
            weights = MODEL
        def fold(id):
            return zlib.crc32(id.encode()) % FOLDS

        folds = [fit([c for c in choices if fold(c[0]) != k]) for k in range(FOLDS)]
        print("trained on", accuracy(choices, lambda id: model))
        print("left out  ", accuracy(choices, lambda id: folds[fold(id)]))


main()

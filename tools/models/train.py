#!/usr/bin/env python3
"""Trains the block model (which segments are the story) and the page model (does the page hold one).

    pip install numpy lightgbm
    tools/models/train.sh ../shared/corpora/pages

Labels of segments: a segment belongs to the story when its letters stand in the page's gold body; pages with snippets
only (trafilatura-eval) label the segments that hold a snippet and leave the rest out.  Labels of pages: the sets of
articles against wcxb-other.  Validation is grouped by host, so that no publisher stands on both sides.  Seeds are fixed:
same data, same models.
"""
import argparse
import json
import os
import re
import zlib

import lightgbm as lgb
import numpy as np

PARAMS = dict(objective="binary", learning_rate=0.05, num_leaves=20, min_data_in_leaf=60, feature_fraction=0.7,
              bagging_fraction=0.8, bagging_freq=1, lambda_l2=5.0, cat_smooth=20, max_bin=255, num_threads=2, seed=7, verbose=-1,
              deterministic=True, force_row_wise=True)
FOLDS = 5
ZONES = slice(44, 56)           # features named z_*


def letters(text):
    return "".join(c for c in text.lower() if c.isalnum())


def words(text):
    return re.findall(r"\w", text) if re.search("[\u3040-\u9fff]", text) else re.findall(r"\w+", text.lower())


def grams(ws, n=3):
    return {tuple(ws[i:i + n]) for i in range(len(ws) - n + 1)}


def label_body(texts, gold):
    """Label (0/1) and trust (0..1) of each segment of a page whose whole body is known."""
    lines = gold["paragraphs"] or [x for x in (gold["body"] or "").split("\n") if x.strip()]
    lines_l = {letters(x) for x in lines}
    whole = "".join(letters(x) for x in lines)
    gold_grams = grams(words(" ".join(lines)))
    seg = [letters(t) for t in texts]
    y, trust = np.zeros(len(seg)), np.ones(len(seg))
    for i, s in enumerate(seg):
        if len(s) >= 25:
            if s in whole:
                y[i] = 1
            else:
                g = grams(words(texts[i]))
                c = len(g & gold_grams) / len(g) if g else 0.0
                y[i], trust[i] = float(c > 0.6), 1.0 if c > 0.8 or c < 0.2 else 0.3
        else:
            y[i] = float(s in lines_l)
    for i, s in enumerate(seg):
        if 0 < len(s) < 25 and not y[i]:
            near = (i and y[i - 1] and len(seg[i - 1]) >= 25 and seg[i - 1][-40:] + s in whole) or \
                   (i + 1 < len(seg) and y[i + 1] and len(seg[i + 1]) >= 25 and s + seg[i + 1][:40] in whole)
            y[i] = float(bool(near) and len(s) > 1)
    return y, trust


def label_snippets(texts, gold):
    seg = [letters(t) for t in texts]
    y, trust = np.zeros(len(seg)), np.zeros(len(seg))
    for snippets, value in ((gold["without"], 0.0), (gold["with"], 1.0)):
        for snippet in snippets or []:
            s = letters(snippet)
            for i, t in enumerate(seg):
                if s and (s in t or (len(t) > 10 and t in s)):
                    y[i], trust[i] = value, 1.0
    return y, trust


def read(prefix, corpora):
    golds = {}
    pages = [json.loads(x) for x in open(prefix + ".jsonl", encoding="utf-8")]
    for name in {p["set"] for p in pages}:
        folder = name if name == COMPOSED else os.path.join(corpora, name)
        for line in open(os.path.join(folder, "gold.jsonl"), encoding="utf-8"):
            g = json.loads(line)
            golds[name, g["id"]] = g
    n = sum(len(p["texts"]) for p in pages)
    X = np.fromfile(prefix + ".f32", dtype="<f4").reshape(n, -1)
    y, w, fold, page_of = np.zeros(n), np.zeros(n), np.zeros(n, int), np.zeros(n, int)
    at = 0
    for k, p in enumerate(pages):
        m = len(p["texts"])
        g = golds[p["set"], p["id"]]
        rows = slice(at, at + m)
        at += m
        page_of[rows] = k
        fold[rows] = fold_of(g.get("host"), p["id"])
        if not m or p["set"] == "wcxb-other":
            continue
        units = np.maximum(X[rows, 0], 1.0)
        if p["set"] == "trafilatura-eval":
            labels, trust = label_snippets(p["texts"], g)
            weight = np.full(m, 4.0)
        elif g.get("body") is None or not (g["body"] or "").strip():
            continue
        else:
            labels, trust = label_body(p["texts"], g)
            covered = sum(len(letters(t)) for t, v in zip(p["texts"], labels) if v) / max(1, len(letters(g["body"])))
            if not 0.6 < covered < 3:
                continue                     # the gold is of another text than the page
            weight = np.sqrt(units) + 3
            weight *= 250 / weight.sum() ** 0.7
            if p["set"] == COMPOSED:
                weight *= COMPOSED_WEIGHT
                deck = letters(g.get("description") or "")   # its gold leaves decks out, others count them
                trust = np.where([bool(deck) and letters(t)[:40] == deck[:40] for t in p["texts"]], 0, trust)
            seen = {}
            for i, t in enumerate(p["texts"]):          # a text that stands twice belongs once
                if labels[i] and len(t) > 25:
                    j = seen.setdefault(t, i)
                    if j != i:
                        trust[i if X[rows][j, 15] >= X[rows][i, 15] else j] = 0.2
        y[rows], w[rows] = labels, trust * weight
    return pages, golds, X, y, w, fold, page_of


def without_names(X):
    """The same segments on a page whose classes and ids say nothing, as on pages of the 2000s."""
    X = X.copy()
    X[:, ZONES] = 0
    return X


NAMELESS_WEIGHT = 0.3
COMPOSED, COMPOSED_WEIGHT = "fixtures", 3.0       # this repository's own pages: epochs and languages that the corpora lack


def train(X, y, w, rounds):
    rows = w > 0
    X, y, w = X[rows], y[rows], w[rows]
    data = lgb.Dataset(np.vstack([X, without_names(X)]), np.concatenate([y, y]), weight=np.concatenate([w, NAMELESS_WEIGHT * w]))
    return lgb.train(PARAMS, data, rounds)


def report(name, pages, X, y, w, page_of, score):
    """Per set: units-weighted F1 of each page, and the share of labelled segments that are right."""
    print(name)
    units = X[:, 0]
    per = {}
    for k in np.unique(page_of[w > 0]):
        rows = (page_of == k) & (w > 0)
        a, b, u = score[rows] > 0.5, y[rows] > 0.5, units[rows]
        tp, fp, fn = (u[a & b]).sum(), (u[a & ~b]).sum(), (u[~a & b]).sum()
        n = (a != b).sum(), len(a)
        per.setdefault(pages[k]["set"], []).append((2 * tp / max(1, 2 * tp + fp + fn), *n, tp / max(1, tp + fp), tp / max(1, tp + fn)))
    for s, v in sorted(per.items()):
        v = np.array(v, float)
        print(f"  {s:18} pages {len(v):4}  unit F1 {v[:, 0].mean():.4f}  P {v[:, 3].mean():.4f} R {v[:, 4].mean():.4f} segments wrong {v[:, 1].sum() / v[:, 2].sum():.4f}")


def dump(model, path, command):
    """One tree a block: `feature threshold left right` for inner nodes, `value` for leaves; missing values do not occur."""
    trees = model.dump_model()["tree_info"]
    with open(path, "w", encoding="ascii") as out:
        print(f"# {command}", file=out)
        for t in trees:
            nodes = []

            def walk(n):
                i = len(nodes)
                nodes.append(None)
                if "leaf_value" in n and "split_feature" not in n:
                    nodes[i] = f"{n['leaf_value']:.4g}"
                    return i
                assert n["decision_type"] == "<="
                left, right = walk(n["left_child"]), walk(n["right_child"])
                assert left == i + 1
                nodes[i] = f"{n['split_feature']} {n['threshold']:.6g} {right}"
                return i
            walk(t["tree_structure"])
            print(";".join(nodes), file=out)


VERDICT = dict(PARAMS, num_leaves=8, min_data_in_leaf=20, learning_rate=0.08, lambda_l2=10.0)
NOT_ARTICLES = "wcxb-other"


def fold_of(host, fallback):
    return zlib.crc32(".".join((host or fallback).split(".")[-2:]).encode()) % FOLDS


def pages_main(a):
    """The page model, from the features that `models predict` writes beside its predictions."""
    X, y, fold, names = [], [], [], []
    for name in sorted(os.listdir(a.features)):
        if not name.endswith(".jsonl"):
            continue
        for line in open(os.path.join(a.features, name), encoding="utf-8"):
            p = json.loads(line)
            if "page_features" not in p:
                continue
            X.append(p["page_features"])
            y.append(float(name != NOT_ARTICLES + ".jsonl"))
            fold.append(fold_of(p.get("host"), p["id"]))
            names.append(name[:-6])
    X, y, fold, names = np.array(X), np.array(y), np.array(fold), np.array(names)
    w = np.where(y > 0, 1.0, 2.5)
    score = np.zeros(len(y))

    def fit(rows):
        return lgb.train(VERDICT, lgb.Dataset(X[rows], y[rows], weight=w[rows]), a.rounds)
    for k in range(FOLDS):
        model = fit(fold != k)
        score[fold == k] = model.predict(X[fold == k])
        dump(model, f"{a.fold_out}.verdict.{k}", f"fold {k}")
    for name in sorted(set(names)):
        s = score[names == name]
        print(f"  {name:18} pages {len(s):4}  taken for articles at .3/.5: {(s > 0.3).mean():.3f} {(s > 0.5).mean():.3f}")
    model = fit(y >= 0)
    gain = model.feature_importance("gain")
    print("gain", [(int(i), int(gain[i])) for i in np.argsort(-gain)[:12]])
    if a.out:
        dump(model, a.out, COMMAND)


COMMAND = "tools/models/train.sh ../shared/corpora/pages"


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("kind", choices=["blocks", "verdict"])
    ap.add_argument("features")
    ap.add_argument("corpora")
    ap.add_argument("--out")
    ap.add_argument("--fold-out", required=True, help="write the model of fold K, trained without that fold, to PATH.KIND.K")
    ap.add_argument("--rounds", type=int, default=240)
    ap.add_argument("--importance", action="store_true")
    a = ap.parse_args()
    if a.kind == "verdict":
        return pages_main(a)
    pages, golds, X, y, w, fold, page_of = read(a.features, a.corpora)
    print(f"{len(pages)} pages, {len(y)} segments, {int((w > 0).sum())} labelled, {y[w > 0].mean():.3f} of them story")
    score = np.zeros(len(y))
    for k in range(FOLDS):
        model = train(X, y, np.where(fold == k, 0, w), a.rounds)
        score[fold == k] = model.predict(X[fold == k])
        dump(model, f"{a.fold_out}.blocks.{k}", f"fold {k}")
    report("held-out hosts", pages, X, y, w, page_of, score)
    np.save(a.features + ".score.npy", score)
    model = train(X, y, w, a.rounds)
    report("training", pages, X, y, w, page_of, model.predict(X))
    if a.importance:
        for i in np.argsort(-model.feature_importance("gain")):
            print(i, model.feature_importance("gain")[i])
    if a.out:
        dump(model, a.out, COMMAND)
        print(os.path.getsize(a.out), "bytes")


if __name__ == "__main__":
    main()

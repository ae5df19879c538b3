#!/usr/bin/env python3
"""Trains the block models (which segments are the story, and which the content of other pages), the page model (does the page hold one) and the models of
confidence (how likely body, headline, authors and day are right).

    pip install numpy lightgbm
    tools/models/train.sh ../shared/corpora/pages

Labels of segments: a segment belongs to the story when its letters stand in the page's gold body; pages with snippets
only (trafilatura-eval) label the segments that hold a snippet and leave the rest out.  Labels of pages: the sets of
articles against wcxb-other, and those of this repository's own pages.  Labels of values: the scorers of `news eval`
say which are right.  Validation is grouped by host, so that no publisher stands on both sides.  Seeds are fixed:
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
              bagging_fraction=0.8, bagging_freq=1, lambda_l2=5.0, cat_smooth=20, max_bin=255, num_threads=1, seed=7, verbose=-1,
              deterministic=True, force_row_wise=True)
# Few trees with long steps: most segments are far from the threshold after twenty, and ask no more (trees.rs).
BLOCKS, BLOCK_ROUNDS = dict(PARAMS, learning_rate=0.1, num_leaves=28, seed=11), 120
FOLDS = 5
NOT_ARTICLES = "wcxb-other"
ZONES = slice(44, 56)           # features named z_*
ROOT_DISTANCE, HEADLINE_DISTANCE, POSITION, PROSE_BEFORE, PROSE_AFTER = 17, 19, 21, 22, 23
FARTHEST = 200                  # what headline_distance ends at
LIST_LINES, LIST_PROSE, LIST_WEIGHT = (500, 25_000), (0.01, 100), 0.15


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


def read(prefix, corpora, other=False):
    """Segments with labels: of stories, or of `other` pages."""
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
        if not m or other != (p["set"] == NOT_ARTICLES):
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
            if not (0.5 < covered < 4 if other else 0.6 < covered < 3):
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
OTHER_ROUNDS = 100
COMPOSED, COMPOSED_WEIGHT = "fixtures", 3.0       # this repository's own pages: epochs and languages that the corpora lack


def with_lists(X, y, w, page_of):
    """The same segments, each story with a list of that many lines in it, some of single words and some of prose: what
    follows the list is far from all that came before, and late on its page, as in a story with all results or all
    closings.  Other pages weigh 0."""
    X, of_story = X.copy(), np.zeros(len(y))
    rng = np.random.default_rng(PARAMS["seed"])
    for page in np.split(np.arange(len(y)), np.flatnonzero(np.diff(page_of)) + 1):
        story = page[(y[page] > 0.5) & (w[page] > 0)]
        if len(story) < 4:
            continue
        first = story[rng.integers(1, len(story) - 1)]
        lines = int(np.exp(rng.uniform(*np.log(LIST_LINES))))
        added = lines * (page >= first)
        X[page, POSITION] = (np.arange(len(page)) + added) / (len(page) + lines)
        X[page, ROOT_DISTANCE] += added
        X[page, HEADLINE_DISTANCE] = np.minimum(X[page, HEADLINE_DISTANCE] + added, FARTHEST)
        prose = np.exp(rng.uniform(*np.log(LIST_PROSE)))          # of that of the page
        X[page, PROSE_BEFORE] = (X[page, PROSE_BEFORE] + prose * (page >= first)) / (1 + prose)
        X[page, PROSE_AFTER] = (X[page, PROSE_AFTER] + prose * (page < first)) / (1 + prose)
        of_story[page] = 1
    return X, w * of_story


def train(X, y, w, params, rounds, lists):
    """The model of the segments, of those without names, and of those in `lists`: segments and weights, or none."""
    parts = [(X, y, w), (without_names(X), y, NAMELESS_WEIGHT * w)]
    if lists:
        parts.append((lists[0], y, LIST_WEIGHT * np.where(w > 0, lists[1], 0)))
    X, y, w = (np.concatenate([part[i][part[2] > 0] for part in parts]) for i in range(3))
    return lgb.train(params, lgb.Dataset(X, y, weight=w), rounds)


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


VERDICT = dict(PARAMS, num_leaves=16, min_data_in_leaf=10, learning_rate=0.08, lambda_l2=10.0, feature_fraction=0.2)
VERDICT_ROUNDS = 200
THRESHOLD = 0.45                 # verdict.rs: where an article begins
STATED = [*range(12, 20), 75, 76]                    # features (verdict/features.rs) of what a page states: types, day, authors
DEPTH, SLUG_WORDS, HOME = 20, 21, 33
ADDRESS = [*range(20, 25), *range(47, 54), 78]       # those of its address
BARE_WEIGHT, BARE_SLUG_WORDS = 0.1, (1, 4)
READ_KINDS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "read_kinds.tsv")
REFUSED_TYPES = ("product", "listing", "collection", "service", "forum")


def fold_of(host, fallback):
    return zlib.crc32(".".join((host or fallback).split(".")[-2:]).encode()) % FOLDS


def read_predictions(folder):
    """Lines that `models predict` wrote, each with its set."""
    for name in sorted(os.listdir(folder)):
        if name.endswith(".jsonl"):
            for line in open(os.path.join(folder, name), encoding="utf-8"):
                p = json.loads(line)
                if "page_features" in p:
                    p["set"] = name[:-6]
                    p["fold"] = fold_of(p.get("host"), p["id"])
                    yield p


def is_article(p):
    return p["set"] != NOT_ARTICLES and p.get("page_type") != "not-article"


def is_told(p):
    """Whether the set says what the page is: sets of dates and snippets hold home pages too."""
    return not (p["set"] in ("htmldate", "trafilatura-eval") and p["page_features"][HOME] > 0)


def read_kinds():
    """Kind of each page of the sets of articles that is no story, by set and id."""
    lines = [x.split() for x in open(READ_KINDS, encoding="utf-8") if not x.startswith("#")]
    return {(name, page): kind for name, page, kind in lines}


def bare(X):
    """The same pages without a word about themselves, at an address that says nothing."""
    X, has_address = X.copy(), X[:, DEPTH] >= 0
    X[:, STATED] = 0
    X[np.ix_(has_address, ADDRESS)] = 0
    X[has_address, DEPTH] = 1
    first, last = BARE_SLUG_WORDS
    X[has_address, SLUG_WORDS] = np.random.default_rng(PARAMS["seed"]).integers(first, last + 1, has_address.sum())
    return X


def train_verdict(X, y, w, params, rounds):
    """The model of the pages as they are and, at a small weight, of the same pages bare."""
    both = lgb.Dataset(np.concatenate([X, bare(X)]), np.concatenate([y, y]), weight=np.concatenate([w, BARE_WEIGHT * w]))
    return lgb.train(params, both, rounds)


def train_plain(X, y, w, params, rounds):
    return lgb.train(params, lgb.Dataset(X, y, weight=w), rounds)


def held_out(X, y, w, fold, params, rounds, train=train_plain):
    """Scores of each row by a model that saw no row of its fold, and those of the training rows, averaged."""
    score, seen = np.zeros(len(y)), np.zeros(len(y))
    models = []
    for k in range(FOLDS):
        rows = fold != k
        model = train(X[rows], y[rows], w[rows], params, rounds)
        score[~rows] = model.predict(X[~rows])
        seen[rows] += model.predict(X[rows]) / (FOLDS - 1)
        models.append(model)
    return score, seen, models


def verdict_weights(pages, y):
    manual = np.array([p.get("page_type") == "documentation" for p in pages])
    composed = np.array([p["set"] == COMPOSED for p in pages])
    corpora = np.where(y > 0, 1.0, np.where(manual, MANUAL_WEIGHT, REFUSED_WEIGHT))
    return np.where(composed, np.where(y > 0, *COMPOSED_VERDICT_WEIGHTS), corpora)


REFUSED_WEIGHT, MANUAL_WEIGHT = 10.0, 0.5         # manuals read like articles, and nobody asks for their refusal
COMPOSED_VERDICT_WEIGHTS = 8.0, 2.0               # stories, others: of one hand, and stories without metadata are few


def verdict_shares(pages, taken):
    """Share taken for articles, by set, by type where the set holds no articles, and by what the pages are when read."""
    kinds, read = {}, read_kinds()
    for p, t in zip(pages, taken):
        kind = read.get((p["set"], p["id"]), "story").rstrip("?")
        if is_article(p) and p["set"] != COMPOSED:
            names = [f"read: {kind}"] + ["read: all but stories"] * (kind != "story")
            for name in names:
                kinds.setdefault(name, []).append(t)
        if is_told(p):
            names = [p["set"], "all articles"] if is_article(p) else [f"{p['set']}: {p.get('page_type')}"]
            names += ["all to be refused"] * (p.get("page_type") in REFUSED_TYPES)
            for name in names:
                kinds.setdefault(name, []).append(t)
    return {name: (len(v), float(np.mean(v))) for name, v in kinds.items()}


def verdict_main(a):
    """The page model, from the features that `models predict` writes beside its predictions."""
    pages = list(read_predictions(a.features))
    X = np.array([p["page_features"] for p in pages])
    y = np.array([float(is_article(p)) for p in pages])
    fold = np.array([p["fold"] for p in pages])
    read = read_kinds()
    w = verdict_weights(pages, y) * np.array([(p["set"], p["id"]) not in read for p in pages])
    score, seen, models = held_out(X, y, w, fold, VERDICT, a.rounds, train_verdict)
    for k, model in enumerate(models):
        dump(model, f"{a.fold_out}.verdict.{k}", f"fold {k}")
    if a.curve:
        curve("the model of verdicts", X, y, w, fold, [p.get("host") or p["id"] for p in pages], VERDICT, a.rounds, train_verdict)
    own, trained = verdict_shares(pages, score > THRESHOLD), verdict_shares(pages, seen > THRESHOLD)
    for name, (n, share) in sorted(own.items()):
        print(f"  {name:32} pages {n:4}  taken for articles, held-out hosts {share:.3f}  training {trained[name][1]:.3f}")
    model = train_verdict(X, y, w, VERDICT, a.rounds)
    gain = model.feature_importance("gain")
    print("gain", [(int(i), int(gain[i])) for i in np.argsort(-gain)[:12]])
    if a.out:
        dump(model, a.out, COMMAND)


CONFIDENCE = dict(PARAMS, num_leaves=2, min_data_in_leaf=25, learning_rate=0.08, lambda_l2=10.0, feature_fraction=0.4)
CONFIDENCE_ROUNDS = 200
FIELDS = {"body": "body", "title": "headline", "authors": "authors", "published": "published"}
BINS = 10


def reliability(c, y):
    """Mean confidence, share right, Brier score and expected calibration error, as `news eval --calibration`."""
    bins = np.minimum((c * BINS).astype(int), BINS - 1)
    ece = sum(abs(c[bins == k].sum() - y[bins == k].sum()) for k in range(BINS)) / len(y)
    return f"{len(y):5} values  confidence {c.mean():.3f}  right {y.mean():.3f}  Brier {((c - y) ** 2).mean():.4f}  ECE {ece:.3f}"


def confidence_main(a):
    """The models of confidence, from what `models predict` writes beside its predictions; held-out confidences go
    into the predictions, so that `news eval --calibration --pred` shows them."""
    pages = list(read_predictions(a.features))
    print("verdicts, held-out hosts")
    for name, (n, share) in sorted(verdict_shares(pages, [p["verdict"]["is_article"] for p in pages]).items()):
        print(f"  {name:32} pages {n:4}  taken for articles {share:.3f}")
    for p in pages:
        p["confidence"] = {}
    for field, name in FIELDS.items():
        rows = [p for p in pages if field in p["right"] and p["rows"][field]]
        X = np.array([p["rows"][field] for p in rows])
        y = np.array([float(p["right"][field]) for p in rows])
        fold = np.array([p["fold"] for p in rows])
        w = np.ones(len(y))
        score, seen, _ = held_out(X, y, w, fold, CONFIDENCE, a.rounds)
        print(name)
        for part in sorted({p["set"] for p in rows}):
            of = np.array([p["set"] == part for p in rows])
            print(f"  {part:18} {reliability(score[of], y[of])}")
        print(f"  {'held-out hosts':18} {reliability(score, y)}")
        print(f"  {'training':18} {reliability(seen, y)}")
        for p, s in zip(rows, score):
            p["confidence"][field] = float(s)
        if a.out:
            dump(train_plain(X, y, w, CONFIDENCE, a.rounds), f"{a.out}/{name}.model", COMMAND)
    for part in sorted({p["set"] for p in pages}):
        with open(f"{a.fold_out}.{part}.jsonl", "w", encoding="utf-8") as out:
            for p in pages:
                if p["set"] == part:
                    keep = {k: v for k, v in p.items() if k not in ("page_features", "rows", "right", "set", "fold")}
                    print(json.dumps(keep, ensure_ascii=False), file=out)


CURVE = (0.1, 0.25, 0.5, 1.0)


def curve(name, X, y, w, fold, hosts, params, rounds, train=train_plain):
    """Held-out and training log loss by the share of the other folds' hosts that a model is trained on."""
    print(f"learning curve of {name}")
    rng = np.random.default_rng(7)
    place = {h: rng.random() for h in sorted(set(hosts))}
    place = np.array([place[h] for h in hosts])
    for share in CURVE:
        sums = np.zeros(4)
        for k in range(FOLDS):
            rows, test = (fold != k) & (place < share) & (w > 0), (fold == k) & (w > 0)
            model = train(X[rows], y[rows], w[rows], params, rounds)
            for i, part in enumerate((rows, test)):
                p = np.clip(model.predict(X[part]), 1e-6, 1 - 1e-6)
                loss = -(y[part] * np.log(p) + (1 - y[part]) * np.log(1 - p))
                sums[2 * i:2 * i + 2] += (w[part] * loss).sum() / w[part].sum(), (w[part] * ((p > 0.5) != (y[part] > 0.5))).sum() / w[part].sum()
        loss, wrong, test_loss, test_wrong = sums / FOLDS
        print(f"  {share:4.0%} of hosts  training: loss {loss:.4f} wrong {wrong:.4f}  held-out: loss {test_loss:.4f} wrong {test_wrong:.4f}")


COMMAND = "tools/models/train.sh ../shared/corpora/pages"


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("kind", choices=["blocks", "pages", "verdict", "confidence"])
    ap.add_argument("features")
    ap.add_argument("corpora")
    ap.add_argument("--out")
    ap.add_argument("--fold-out", required=True, help="write the model of fold K, trained without that fold, to PATH.KIND.K")
    ap.add_argument("--rounds", type=int, default=0, help="trees; 0 for those of the shipped model")
    ap.add_argument("--curve", action="store_true", help="also train on part of the hosts")
    ap.add_argument("--importance", action="store_true")
    a = ap.parse_args()
    a.rounds = a.rounds or {"blocks": BLOCK_ROUNDS, "pages": OTHER_ROUNDS, "verdict": VERDICT_ROUNDS, "confidence": CONFIDENCE_ROUNDS}[a.kind]
    if a.kind == "verdict":
        return verdict_main(a)
    if a.kind == "confidence":
        return confidence_main(a)
    pages, golds, X, y, w, fold, page_of = read(a.features, a.corpora, a.kind == "pages")
    params, lists = (BLOCKS, with_lists(X, y, w, page_of)) if a.kind == "blocks" else (PARAMS, None)
    print(f"{len(pages)} pages, {len(y)} segments, {int((w > 0).sum())} labelled, {y[w > 0].mean():.3f} of them story")
    score = np.zeros(len(y))
    for k in range(FOLDS):
        model = train(X, y, np.where(fold == k, 0, w), params, a.rounds, lists)
        score[fold == k] = model.predict(X[fold == k])
        dump(model, f"{a.fold_out}.{a.kind}.{k}", f"fold {k}")
    report("held-out hosts", pages, X, y, w, page_of, score)
    np.save(a.features + ".score.npy", score)
    model = train(X, y, w, params, a.rounds, lists)
    report("training", pages, X, y, w, page_of, model.predict(X))
    if a.curve:
        hosts = np.array([p.get("host") or p["id"] for p in pages])[page_of]
        curve(f"the model of {a.kind}", X, y, w, fold, hosts, params, a.rounds)
    if a.importance:
        for i in np.argsort(-model.feature_importance("gain")):
            print(i, model.feature_importance("gain")[i])
    if a.out:
        dump(model, a.out, COMMAND)
        print(os.path.getsize(a.out), "bytes")


if __name__ == "__main__":
    main()

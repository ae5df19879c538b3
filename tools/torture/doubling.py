#!/usr/bin/env python3
"""What twice as much of the same costs: tools/torture/doubling.py [--news NEWS] [--md]

Each shape is read at n and at 2n. Prints CPU seconds (the least of three runs, less those of an empty page), their ratio,
the size of the page at 2n in MB and the peak of memory in MiB (not less than this script's own, which the child begins with). Exits with 1 where the ratio is over 2.2 or a case costs over a second.
Needs Python's standard library only.
"""
import argparse
import os
import subprocess
import sys
import tempfile

STORY = "<h1>Mill stays</h1>" + "<p>The council voted on Tuesday to keep the old mill open for another year.</p>" * 6
RATIO, SECONDS = 2.2, 1.0
# Below this much work a ratio is noise.
LEAST = 0.05


def page(before="", inside="", after=""):
    return f"<!DOCTYPE html><html><head><title>Mill stays</title></head><body>{before}<article>{STORY}{inside}</article>{after}</body></html>"


def nested(tag):
    return lambda n: page(before=f"<{tag}>" * n + f"</{tag}>" * n)


def repeated(piece):
    return lambda n: page(inside=piece * n)


SHAPES = [
    # name, page of n, n
    *((f"depth: {tag}", nested(tag), 100_000) for tag in ["div", "span", "b", "a", "li", "p", "object", "template", "table", "select", "font", "section"]),
    ("depth: svg", lambda n: page(before="<svg>" + "<g>" * n + "</g>" * n + "</svg>"), 100_000),
    ("depth: not closed", lambda n: page(before="<div>" * n), 200_000),
    ("depth: table cells", lambda n: page(before="<table><tr><td>" * n), 30_000),
    ("adoption: b div", repeated("<b><div>"), 20_000),
    ("adoption: a div", repeated("<a><div>x</a>"), 20_000),
    ("adoption: open b, then p", lambda n: page(before="<b>" * n, inside="<p>x" * n), 5_000),
    ("adoption: font p", repeated("<font><p>x"), 20_000),
    ("adoption: crossed", repeated("<i><b>x</i>y</b>"), 40_000),
    ("adoption: end tags of nothing", lambda n: page(before="<span>" * 400, inside="</em></i></b>" * n), 50_000),
    ("adoption: foster parents", repeated("<table>x<tr>y<td>z</table>"), 30_000),
    ("attributes: one tag", lambda n: page(before="<div" + "".join(f" a{i}=x" for i in range(n)) + ">"), 500_000),
    ("attributes: the same", lambda n: page(before="<div" + " a=x" * n + ">"), 500_000),
    ("attributes: one value", lambda n: page(before="<div a='" + "x&amp;" * n + "'>"), 500_000),
    ("attributes: class words", lambda n: page(before="<div class='" + " ".join(f"c{i}" for i in range(n)) + "'>"), 300_000),
    ("attributes: many tags", repeated("<i a=1 b=2 c=3 d=4 e=5>x</i>"), 40_000),
    ("attributes: repeated body", repeated("<body a=1 b=2 c=3>"), 50_000),
    ("breadth: paragraphs", repeated("<p>One word more, and then another."), 60_000),
    ("breadth: line breaks", repeated("line<br><br>"), 120_000),
    ("breadth: comments", repeated("<!--x-->"), 500_000),
    ("breadth: links", repeated("<a href=/x>Mill stays</a> "), 60_000),
    ("breadth: authors", repeated("<span itemprop=author>Ana Ruiz</span>"), 20_000),
    ("breadth: cells", lambda n: page(inside="<table>" + "<tr><td>a<td>b" * n + "</table>"), 50_000),
    ("text: one word", repeated("a"), 1_000_000),
    ("text: addresses", repeated("http://"), 150_000),
    ("text: separators", repeated("word\u2028word\u2029"), 50_000),
    ("text: quotation marks", repeated("\u201c"), 200_000),
    ("text: names", repeated("Ana Ruiz "), 100_000),
    ("text: dates", repeated("1 May 2024 "), 60_000),
    ("text: prose", repeated("The mayor, Ana Ruiz, said \u201cno\u201d on 3 May. "), 20_000),
    ("json: nested", lambda n: page(before="<script type=application/ld+json>" + "[" * n + "]" * n + "</script>"), 500_000),
    ("json: authors", lambda n: page(before="<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":[" + ",".join("{\"@type\":\"Person\",\"name\":\"Ana Ruiz\"}" for _ in range(n)) + "]}</script>"), 40_000),
]


def measured(news, build, n, base):
    """CPU seconds at n and 2n beside those of an empty page, their ratio, MiB at 2n."""
    (once, _), (twice, memory) = cost(news, build(n)), cost(news, build(2 * n))
    once, twice = max(once - base, 0.001), max(twice - base, 0.001)
    return once, twice, twice / once, memory


def cost(news, text):
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8", errors="surrogatepass") as file:
        file.write(text)
        file.flush()
        seconds, memory = [], 0
        for _ in range(3):
            child = subprocess.Popen([news, "extract", "--format", "json", file.name], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(child.pid, 0)
            if os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) not in (0, 1):
                sys.exit(f"{news} failed: {status}")
            seconds.append(usage.ru_utime + usage.ru_stime)
            memory = max(memory, usage.ru_maxrss / 1024)
    return min(seconds), memory


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--news", default="target/release/news")
    parser.add_argument("--md", action="store_true", help="print a Markdown table")
    options = parser.parse_args()
    base, _ = cost(options.news, page())
    if options.md:
        print("| shape | n | s at n | s at 2n | ratio | MB at 2n | peak MiB at 2n |\n|---|---|---|---|---|---|---|")
    bad = []
    for name, build, n in SHAPES:
        size = len(build(2 * n).encode()) / 1e6
        # What is over is measured once more: other work on the machine makes times noisy.
        for _ in range(2):
            once, twice, ratio, memory = measured(options.news, build, n, base)
            slow = name.split(":")[0] in ("depth", "adoption", "attributes") and twice > SECONDS
            fails = slow or twice > LEAST and ratio > RATIO
            if not fails:
                break
        row = [name, f"{n:,}", f"{once:.3f}", f"{twice:.3f}", f"{ratio:.2f}", f"{size:.1f}", f"{memory:.0f}"]
        print("| " + " | ".join(row) + " |" if options.md else f"{row[0]:<32}{row[1]:>10}{row[2]:>8}{row[3]:>8}{row[4]:>6}{row[5]:>7}{row[6]:>6}" + ("  <-- over" if fails else ""), flush=True)
        if fails:
            bad.append(name)
    if bad:
        sys.exit("not linear, or too slow: " + ", ".join(bad))


if __name__ == "__main__":
    main()

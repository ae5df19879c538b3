"""resiliparse's plain main text over the pages of a corpus, as benches/peers measures the others.

Its crate builds with vcpkg and a patched lexbor only; the Python package is the same C and Rust code,
already built. Use: pip install resiliparse; python3 benches/peers/resiliparse.py FOLDER…
"""

import gzip
import json
import sys
import time
from pathlib import Path

# Python takes this script's folder first, and this script has the package's name.
sys.path.pop(0)
from resiliparse.extract.html2text import extract_plain_text  # noqa: E402

ROUNDS = 5


def pages(folder):
    for line in (folder / "gold.jsonl").read_text().splitlines():
        path = folder / json.loads(line)["page"]
        data = path.read_bytes()
        data = gzip.decompress(data) if path.suffix == ".gz" else data
        yield data.decode("utf-8", "replace")


def fastest(page):
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        extract_plain_text(page, main_content=True)
        best = min(best, time.process_time() - start)
    return best


texts = [text for folder in sys.argv[1:] for text in pages(Path(folder))]
size = sum(len(text.encode()) for text in texts) / 1e6
seconds = sum(map(fastest, texts))
print(f"resiliparse, plain main text: {size:.1f} MB, {len(texts)} pages, {seconds:.3f} s,", end=" ")
print(f"{size / seconds:.1f} MB/s, {len(texts) / seconds:.0f} pages/s")

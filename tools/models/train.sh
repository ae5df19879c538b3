#!/usr/bin/env bash
# Trains both models on the labelled pages and writes them into news-core: tools/models/train.sh CORPORA/pages [WORK_DIR]
# Needs: pip install numpy lightgbm
set -euo pipefail
pages=$(realpath "$1"); work=${2:-$(mktemp -d)}; cd "$(dirname "$0")/../.."
sets=(fundus-eval fundus-pub wcxb-article readability newspaper4k trafilatura-eval wcxb-other)
cargo build --release -q -p models
target/release/models features "$work/features" "${sets[@]/#/$pages/}" fixtures
python3 tools/models/train.py blocks "$work/features" "$pages" --fold-out "$work/fold" --out crates/news-core/src/content/blocks.model
rm -f "$work"/fold.verdict.*
target/release/models predict "$work/fold" "$work/pages" "${sets[@]/#/$pages/}"
python3 tools/models/train.py verdict "$work/pages" "$pages" --fold-out "$work/fold" --rounds 60 --out crates/news-core/src/verdict.model
target/release/models predict "$work/fold" "$work/predictions" "${sets[@]/#/$pages/}" "$pages/htmldate"

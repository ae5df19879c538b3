#!/usr/bin/env bash
# Trains the models of pages and writes them into news-core: tools/models/train.sh CORPORA/pages [WORK_DIR]
# Needs: pip install numpy lightgbm. PROFILE=quick builds faster and runs slower.
set -euo pipefail
pages=$(realpath "$1"); work=${2:-$(mktemp -d)}; mkdir -p "$work"; cd "$(dirname "$0")/../.."
sets=(fundus-eval fundus-pub wcxb-article readability newspaper4k trafilatura-eval wcxb-other)
all=("${sets[@]/#/$pages/}" "$pages/htmldate" fixtures)
profile=${PROFILE:-release}; models=${CARGO_TARGET_DIR:-target}/$profile/models; core=crates/news-core/src
cargo build --profile "$profile" -q -p models
"$models" features "$work/features" "${sets[@]/#/$pages/}" fixtures
python3 tools/models/train.py blocks "$work/features" "$pages" --curve --fold-out "$work/fold" --out $core/content/blocks.model
python3 tools/models/train.py pages "$work/features" "$pages" --fold-out "$work/fold" --out $core/content/pages.model
rm -f "$work"/fold.verdict.*
"$models" predict "$work/fold" "$work/pages" "${all[@]}"
python3 tools/models/train.py verdict "$work/pages" "$pages" --curve --fold-out "$work/fold" --out $core/verdict/page.model
"$models" predict "$work/fold" "$work/predictions" "${all[@]}"
python3 tools/models/train.py confidence "$work/predictions" "$pages" --fold-out "$work/held_out" --out $core/confidence

#!/usr/bin/env bash
# Reads the sets that the tagger is trained on with models that did not see what they read, in three parts, and scores
# that and the teacher's labels: tools/tagger/folds.sh SHARED WORK_DIR, where WORK_DIR is what train.sh left (4 minutes).
set -euo pipefail
shared=$(realpath "$1"); work=$(realpath "$2"); cd "$(dirname "$0")/../.."
profile=${PROFILE:-release}; tagger=${CARGO_TARGET_DIR:-target}/$profile/tagger
cargo build --profile "$profile" -q -p tagger
for part in 0 1 2; do
  "$tagger" train "$work/$part.model" "$work/silver.jsonl=1" "$work/gold.jsonl=2" --without "$part/3"
done
for set in wikigold uner_ewt ner_meantime; do
  gold=$shared/corpora/language/entities/$set/dev.jsonl
  for part in 0 1 2; do
    "$tagger" predict "$work/$part.model" "$work/$set.$part.jsonl" "$gold" --only "$part/3"
  done
  cat "$work/$set".[012].jsonl >"$work/$set.jsonl"
  for read in "$work/$set.jsonl" "$work/labels/$set.jsonl"; do
    echo "$read"; python3 "$shared/score/score_ner.py" "$gold" "$read"
  done
done

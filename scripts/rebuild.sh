#!/usr/bin/env bash
# Rebuild the corpus and the built-in model from nothing, into FOLDER. Each step goes on where it was stopped or is
# skipped when its result exists. Needs `arc-ttt` on the path (`. .venv/bin/activate` after `make demo`) and `uv`, which
# makes the environment of RE-ARC's generators.
#
#     scripts/rebuild.sh FOLDER [CONFIG]
#     PAIRS=3 RULES=40 scripts/rebuild.sh FOLDER CONFIG    # a small corpus, to try it
#
# ARCGEN=CHECKOUT is a clone of google/ARC-GEN; without it one is made in FOLDER. CROSSED=N (PAIRS from 20) adds a fifth
# corpus of N programs on inputs that they were not made for. SPLIT=open takes all tasks that ARC-AGI-2's evaluation
# allows, ARC-1's evaluation tasks among them: for competitions alone. FROM=MODEL trains on from a finished or a shipped model.
# Cost in core-hours: corpora 1.5, check 0.5; 191.5 million tokens at 9,300 a second on two cores 11.4.
set -euo pipefail
fail() { echo "$1" >&2 && exit 2; }
[[ ${1:--} != -* && $# -le 2 ]] || fail "usage: [ARCGEN=CHECKOUT] [PAIRS=200] [RULES=20000] [CROSSED=0] [SPLIT=open] [FROM=MODEL] scripts/rebuild.sh FOLDER [CONFIG]"
pairs=${PAIRS:-200} rules=${RULES:-20000} crossed=${CROSSED:-0} split=${SPLIT:-pretraining}
[[ $pairs =~ ^[1-9][0-9]*$ && $rules =~ ^[1-9][0-9]*$ ]] || fail "PAIRS=$pairs RULES=$rules: both are numbers from 1 on"
[[ $crossed =~ ^(0|[1-9][0-9]*)$ ]] || fail "CROSSED=$crossed: must be a number"
((crossed == 0 || pairs >= 20)) || fail "CROSSED=$crossed: PAIRS must be 20 or more"
[[ $split == pretraining || $split == open ]] || fail "SPLIT=$split: there are pretraining and open"
[[ ! -e $1 || -d $1 ]] || fail "$1: is a file"
[[ -z ${2:-} || -f $2 ]] || fail "$2: no such configuration"
command -v arc-ttt > /dev/null || fail "no arc-ttt on the path; after make demo: . .venv/bin/activate"
command -v uv > /dev/null || fail "no uv on the path: pip install uv"
[[ -z ${ARCGEN:-} || -d $ARCGEN/tasks ]] || fail "ARCGEN=$ARCGEN: no clone of google/ARC-GEN"
mkdir -p "$1/corpus"
out=$(cd "$1" && pwd)
[ -z "${2:-}" ] || config=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
arcgen=${ARCGEN:+$(cd "$ARCGEN" && pwd)}
from=${FROM:-}
[ ! -d "$from" ] || from=$(cd "$from" && pwd)
arcgen=${arcgen:-$out/ARC-GEN}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
config=${config:-data/models/arc-mini/pretrain.toml}
corpora=("$out"/corpus/{rearc,arcgen,public,rules})
((crossed == 0)) || corpora+=("$out/corpus/crossed")

# What `pretrain` would refuse is refused now, not after the corpora.
python - "$config" "${#corpora[@]}" "$out/model" ${from:+"$from"} <<< '
import sys
from pathlib import Path
from arc_ttt.config import read_pretrain
from arc_ttt.errors import ArcError
from arc_ttt.pretrain.training import beginning
config, corpora, out, *start = sys.argv[1:]
try:
    beginning(read_pretrain(Path(config)), int(corpora), Path(out), Path(start[0]) if start else None)
except ArcError as fault:
    sys.exit(f"error: {fault}")
'
made="SPLIT=$split PAIRS=$pairs RULES=$rules CROSSED=$crossed"
[ -e "$out/corpus/made" ] || echo "$made" > "$out/corpus/made"
[[ $(< "$out/corpus/made") == "$made" ]] || fail "$out: its corpora were begun with $(< "$out/corpus/made"), not $made"

# 1. The corpora: about 4, 7, 0.1 and 30 minutes of two cores.
[ -d "$arcgen/tasks" ] || git clone --quiet --depth 1 https://github.com/google/ARC-GEN "$arcgen"
[ -e "$out/corpus/rearc/state.json" ] || uv run scripts/make_rearc.py "$out/corpus/rearc" --pairs "$pairs"
[ -e "$out/corpus/arcgen/state.json" ] || python scripts/make_arcgen.py "$arcgen" "$out/corpus/arcgen" --pairs "$pairs" --split "$split"
[ -e "$out/corpus/public/state.json" ] || python scripts/make_public.py "$out/corpus/public" --split "$split"
[ -e "$out/corpus/rules/state.json" ] || python scripts/make_rules.py "$out/corpus/rules" --rules "$rules" --pairs 20

((crossed == 0)) || [ -e "$out/corpus/crossed/state.json" ] ||
    python scripts/make_crossed.py "$out"/corpus/{rearc,arcgen} "$out/corpus/crossed" --rules "$crossed" --pairs 20

# 2. Pairs that are also an evaluation or validation task's, turned or recoloured, go; what is left is checked.
python scripts/check_corpus.py --split "$split" --drop "${corpora[@]}" >> "$out/corpus/dropped.txt"
python scripts/check_corpus.py --split "$split" "${corpora[@]}"

# 3. The weights: OUT/model is what data/models holds.
arc-ttt pretrain "$config" "${corpora[@]/#/--corpus=}" --out "$out/model" ${from:+--from "$from"}

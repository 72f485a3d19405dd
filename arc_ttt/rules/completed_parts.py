"""Parts of a picture that stands somewhere in full are completed: whatever they lack, in one piece or several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from arc_ttt.rules.language import Argument, fits, makes, operation
from arc_ttt.rules.templates import KEPT, TURNED, images, kept_or_not
from arc_ttt.rules.things import Thing, colours, paste, things
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

_MOST_LOOSE, _MOST_THINGS, _MOST_WHOLE, _MOST_TRIED = 150, 30, 150, 4
# Cells of a part at least, and of a whole picture.
_LEAST, _LEAST_WHOLE = 3, 5
# Places of an image that are looked at.
_MOST_PLACES = 60


def _fitting(image: Cells, group: Sequence[Thing], loose: Cells, label: np.ndarray) -> Iterator[tuple[int, int, int]]:
    """(cells, top, left): where all that lies in an image's cells is the image's, and belongs to no thing that is in
    part outside of it."""
    rows, columns = loose.shape
    height, width = image.shape
    worked(0)
    mask = image != 0
    tried: set[tuple[int, int]] = set()
    for t in group:
        if t.size < 2 or t.height > height or t.width > width:
            continue
        cells = t.cells != 0
        windows = np.lib.stride_tricks.sliding_window_view(image, t.cells.shape)[:, :, cells]
        for r, c in np.argwhere((windows == t.cells[cells]).all(axis=2)).tolist():
            top, left = t.top - r, t.left - c
            if (top, left) in tried or not (0 <= top <= rows - height and 0 <= left <= columns - width):
                continue
            if len(tried) == _MOST_PLACES:
                return
            tried.add((top, left))
            here = loose[top : top + height, left : left + width][mask]
            number = int(np.count_nonzero(here))
            if number < _LEAST or ((here != 0) & (here != image[mask])).any():
                continue
            within = np.unique(label[top : top + height, left : left + width][mask])
            if sum(group[n - 1].size for n in within.tolist() if n) == number:
                yield number, top, left


@lru_cache(maxsize=64)
def _completed(raw: bytes, width: int, turned: str) -> tuple[Cells, tuple[Thing, ...]] | None:
    cells = np.frombuffer(raw, np.uint8).reshape(-1, width)
    group = things(cells, "mixed")
    if not 2 <= len(group) <= _MOST_THINGS:
        return None
    out = cells.copy()
    whole: list[Thing] = []
    left = [t for t in group if t.size <= _MOST_WHOLE]
    pictures = [t for t in left if t.size >= _LEAST_WHOLE and len(colours(t.cells)) > 1]
    for picture in sorted(pictures, key=lambda t: (-len(colours(t.cells)), -t.size))[:_MOST_TRIED]:
        if not any(t is picture for t in left):
            continue
        # Parts of a picture that is enlarged may have more cells than it.
        parts = [t for t in left if t is not picture and (turned == "scaled" or t.size < picture.size)]
        if not 0 < sum(t.size for t in parts) <= _MOST_LOOSE:
            continue
        used = _parts_of(picture, parts, turned, out)
        if used:
            whole.append(picture)
            left = [t for t in left if t is not picture and not any(t is u for u in used)]
    return (out, tuple(whole)) if whole else None


def _parts_of(picture: Thing, group: Sequence[Thing], turned: str, out: Cells) -> list[Thing]:
    """The things that are parts of the picture, which is painted over them into `out`, the best ones first."""
    loose, label = np.zeros_like(out), np.zeros(out.shape, np.int32)
    for n, t in enumerate(group, 1):
        loose[t.box][t.cells != 0] = t.cells[t.cells != 0]
        label[t.box][t.cells != 0] = n
    found = [
        (n / np.count_nonzero(image), -k, top, left, image)
        for k, image in enumerate(images(picture.cells, turned))
        for n, top, left in _fitting(image, group, loose, label)
    ]
    used: set[int] = set()
    for _, _, top, left, image in sorted(found, key=lambda f: f[:2], reverse=True):
        at = set(label[top : top + image.shape[0], left : left + image.shape[1]][image != 0].tolist()) - {0}
        if at and not at & used:
            paste(out, image, top, left)
            used |= at
    return [group[n - 1] for n in sorted(used)]


@operation("shapes", "markers", turned=TURNED, kept=KEPT, weight=0)
def complete_partial(cells: Cells, turned: str, kept: str) -> Cells | None:
    """Things (or several together) that are a part of a larger picture of several colours, perhaps turned, mirrored or
    scaled, are completed to it, whatever they lack."""
    return kept_or_not(_completed(cells.tobytes(), cells.shape[1], turned), kept)


@fits("complete_partial")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(s.shape != w.shape for s, w in zip(shown, wanted, strict=True)):
        return
    # What is there already stays, but for whole pictures that vanish.
    changed = [w[(s != 0) & (s != w)] for s, w in zip(shown, wanted, strict=True)]
    if any(c.any() for c in changed):
        return
    kept = "remove" if any(c.size for c in changed) else "keep"
    for turned in ("never", "turned", "any", "scaled"):
        if makes(complete_partial, (turned, kept), shown, wanted):
            yield turned, kept
            return

"""A pair → the key it shares with all its views; so that a pair is found again however it was turned or recoloured."""

from arc_ttt.arc.augment import SYMMETRIES, turn
from arc_ttt.types import COLOURS, Pair


def canonical(pair: Pair) -> bytes:
    """A key that two pairs share if and only if an `Augmentation` takes one to the other.

    `canonical(view.apply_pair(pair)) == canonical(pair)` for every view, and pairs of one key are such views of
    each other: input and output turned by the same symmetry and recoloured by the same permutation.
    """
    return min(_recoloured(pair, symmetry) for symmetry in range(SYMMETRIES))


def _recoloured(pair: Pair, symmetry: int) -> bytes:
    """The two shapes, then the cells of both grids under `symmetry`, each colour as its rank by first occurrence."""
    given, made = turn(pair.input.cells, symmetry), turn(pair.output.cells, symmetry)
    cells = given.tobytes() + made.tobytes()
    # Ten searches for one byte cost less than any pass over the cells in numpy.
    first = sorted((at, colour) for colour in range(COLOURS) if (at := cells.find(colour)) >= 0)
    ranks = bytes.maketrans(bytes(colour for _, colour in first), bytes(range(len(first))))
    # The shapes come first: without them, grids of other shapes with the same cells in a row would be one.
    return bytes((*given.shape, *made.shape)) + cells.translate(ranks)

"""Lengths at which models change how they compute, and what they hold; memory is estimated by them, too. No torch."""

from __future__ import annotations

# Up to this many keys products of attention are batched plainly on a processor. Their scores are kept for the backward
# pass, heads times keys of them for each token; so the built-in model, which has two heads, may have more.
PLAIN_KEYS = 1024
PLAIN_KEYS_OWN = 2048
GROWTH = 128  # tokens by which a cache grows, so that it is copied rarely


def plain_keys(own: bool) -> int:
    """Up to how many keys attention is plain on a processor: in the built-in model (`own`), in any other."""
    return PLAIN_KEYS_OWN if own else PLAIN_KEYS

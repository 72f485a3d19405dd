"""Decoding: rows in a cache, drafts, search and scores, on tiny models whose every answer can be computed by hand."""

from __future__ import annotations

import copy
import itertools
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from arc_ttt.lm import rows as module
from arc_ttt.lm.batch import collate
from arc_ttt.lm.decode import Completion, decode, sampler
from arc_ttt.lm.load import LanguageModel, load_model
from arc_ttt.lm.rows import Chunk, Rows, part, prefill
from arc_ttt.lm.score import score
from arc_ttt.lm.search import Limits, search
from arc_ttt.text.format import PromptFormat, load
from arc_ttt.text.grammar import GridGrammar, spell
from arc_ttt.types import Grid, Pair, Prompt, Question

GRIDS = [Grid([[1, 2]]), Grid(np.arange(30).reshape(5, 6) % 10), Grid([[3], [4], [5]])]
LONG = tuple(Pair(Grid(np.full((4, 4), c)), Grid(np.full((4, 4), c + 1))) for c in range(3))


def llama() -> LanguageModel:
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=16,
        hidden_size=32,
        intermediate_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=4096,
    )
    model = LlamaForCausalLM(config).eval().requires_grad_(False)
    return LanguageModel("llama", model, torch.device("cpu"), torch.float32, False, "0")


@pytest.fixture(params=["built-in", "llama"])
def lm(request: pytest.FixtureRequest, tiny_folder: Path) -> LanguageModel:
    """The built-in architecture and one of Hugging Face's, in float32."""
    return llama() if request.param == "llama" else load_model(tiny_folder, dtype="float32", device="cpu")


@pytest.fixture(params=["pair", "context"])
def form(request: pytest.FixtureRequest) -> PromptFormat:
    return load(request.param)


def questions(form: PromptFormat, grids: Sequence[Grid] = GRIDS) -> list[Prompt]:
    context = LONG if form.context == "all" else ()
    return [form.question(Question(context, g)) for g in grids]


def rows_of(lm: LanguageModel, prompts: Sequence[Prompt]) -> Rows:
    return prefill(lm.module, lm, prompts, 14)


def joined(prompt: Prompt, chunk: Chunk) -> Prompt:
    n = len(chunk)
    return Prompt(
        np.concatenate([prompt.tokens, np.array(chunk.tokens, dtype=np.int64)]),
        np.concatenate([prompt.positions, np.array(chunk.positions, dtype=np.int64).reshape(-1, 3)]),
        np.concatenate([prompt.blocks, np.zeros(n, dtype=np.int64)]),
        np.zeros(len(prompt) + n, dtype=np.bool_),
    )


def after(lm: LanguageModel, prompt: Prompt, chunk: Chunk) -> torch.Tensor:
    """Logits (n, V) after the prompt's last token and each of the chunk's, by running the whole sequence."""
    batch = collate([joined(prompt, chunk)], 14)
    with torch.no_grad():
        logits: torch.Tensor = lm.module(**batch.inputs(lm.grid_positions)).logits[0]
    return logits[len(prompt) - 1 :]


def spelled(grammar: GridGrammar, tokens: Sequence[int]) -> Chunk:
    grammar = grammar.copy()
    return Chunk(list(tokens), [grammar.advance(t) for t in tokens])


def plain(
    lm: LanguageModel, form: PromptFormat, prompt: Prompt, steps: int, size: tuple[int, int] | None = None
) -> Completion:
    """Greedy decoding by running the whole sequence again for each token."""
    grammar = GridGrammar(form, size)
    start, tokens, logprobs = grammar.copy(), list[int](), list[float]()
    while not grammar.done and len(tokens) < steps:
        last = after(lm, prompt, spelled(start, tokens))[-1]
        allowed = list(grammar.allowed())
        scores = last[allowed].log_softmax(-1)
        best = int(scores.argmax())
        tokens.append(allowed[best])
        logprobs.append(float(scores[best]))
        grammar.advance(allowed[best])
    return Completion(tuple(tokens), tuple(logprobs), grammar.done)


def same(a: Completion, b: Completion) -> None:
    assert a.tokens == b.tokens
    assert a.done == b.done
    assert a.logprobs == pytest.approx(b.logprobs, abs=1e-4)


@pytest.mark.parametrize("worth", [0, 10**9])
def test_rows_fed_cut_back_and_fed_again_equal_recomputing(
    lm: LanguageModel, form: PromptFormat, worth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ragged chunks, a cut in the middle and other tokens after it: each row's logits are those of its sequence,
    whether what is used of the cache is looked at or all of it."""
    monkeypatch.setattr(module, "WORTH", worth)
    prompts = questions(form)
    rows = rows_of(lm, prompts)
    start = rows.lengths.copy()
    wrong, right = (
        [spelled(GridGrammar(form), [(3 * r + i) % 10 for i in range(n)]) for r, n in enumerate(ns)]
        for ns in ((5, 0, 9), (8, 4, 2))
    )
    rows.feed(wrong)
    rows.crop(start + np.array([2, 0, 1]))
    kept = [Chunk(w.tokens[:k], w.positions[:k]) for w, k in zip(wrong, (2, 0, 1), strict=True)]
    more = [spelled(GridGrammar(form), [*k.tokens, *w.tokens]) for k, w in zip(kept, right, strict=True)]
    logits = rows.feed([Chunk(m.tokens[len(k) :], m.positions[len(k) :]) for m, k in zip(more, kept, strict=True)])
    for r, (prompt, chunk, k) in enumerate(zip(prompts, more, kept, strict=True)):
        n = len(chunk) - len(k)
        assert torch.allclose(logits[r, :n], after(lm, prompt, chunk)[len(k) + 1 :], atol=1e-4)


def test_a_fork_goes_its_own_way(lm: LanguageModel) -> None:
    """Copies of a row, fed differently, do not disturb each other nor the row they come from."""
    form = load("context")
    prompts = questions(form)
    rows = rows_of(lm, prompts)
    forked = rows.fork([1, 1, 0])
    chunks = [spelled(GridGrammar(form), t) for t in ([1, 2, 3], [4], [5, 6])]
    logits = forked.feed(chunks)
    for r, i in enumerate((1, 1, 0)):
        assert torch.allclose(logits[r, : len(chunks[r])], after(lm, prompts[i], chunks[r])[1:], atol=1e-4)
    again = rows.feed(chunks)
    assert torch.allclose(again[2, :2], after(lm, prompts[2], chunks[2])[1:], atol=1e-4)


def test_a_shared_beginning_is_computed_once(lm: LanguageModel) -> None:
    """The demonstrations of a view are prefilled once for all its questions, and nothing comes out differently."""
    form = load("context")
    prompts = questions(form)
    rows = rows_of(lm, prompts)
    length = len(prompts[0]) - len(form.question(Question((), GRIDS[0]))) + 12  # without query and header
    assert rows.computed <= sum(map(len, prompts)) - 2 * (length - 1)
    for r, prompt in enumerate(prompts):
        assert torch.allclose(rows.last[r], after(lm, prompt, Chunk())[-1], atol=1e-4)


DRAFTS = ["none", "right", "wrong", "half", "foreign", "short"]


@pytest.mark.parametrize("draft", DRAFTS)
def test_verified_drafts_equal_plain_decoding(lm: LanguageModel, form: PromptFormat, draft: str) -> None:
    """Whatever is guessed, each row decodes as it would alone, token by token, and as surely."""
    prompts = questions(form)
    expected = [plain(lm, form, p, 36) for p in prompts]
    guesses: dict[str, list[list[int]]] = {
        "none": [[], [], []],
        "right": [list(e.tokens) for e in expected],
        "wrong": [[(t + 1) % 10 for t in e.tokens] for e in expected],
        "half": [[t if i % 7 else 9 - t % 10 for i, t in enumerate(e.tokens)] for e in expected],
        "foreign": [[99, 14, 3], [form.vocabulary.end] * 4, [15]],
        "short": [list(e.tokens[:4]) for e in expected],
    }
    made, spent = decode(
        rows_of(lm, prompts), [GridGrammar(form) for _ in prompts], max_new_tokens=36, drafts=guesses[draft]
    )
    for a, b in zip(made, expected, strict=True):
        same(a, b)
    longest = max(len(e.tokens) for e in expected)
    if draft == "right":
        assert spent.passes <= 2
        assert spent.accepted == spent.drafted
    if draft == "none":
        assert spent.passes == longest - 1
        assert spent.drafted == 0


def test_in_bfloat16_drafts_change_ties_alone(tiny_folder: Path, form: PromptFormat) -> None:
    """Where the result differs in bfloat16, the two tokens were nearly equal in probability."""
    lm = load_model(tiny_folder, dtype="bfloat16", device="cpu")
    prompts = questions(form) * 2
    grammars = [[GridGrammar(form) for _ in prompts] for _ in range(2)]
    one, _ = decode(rows_of(lm, prompts), grammars[0], max_new_tokens=40)
    two, _ = decode(
        rows_of(lm, prompts), grammars[1], max_new_tokens=40, drafts=[[*c.tokens[:20], 3, 3, 3] for c in one]
    )
    for prompt, a, b in zip(prompts, one, two, strict=True):
        k = next((i for i, (x, y) in enumerate(zip(a.tokens, b.tokens, strict=False)) if x != y), None)
        if k is not None:
            last = after(lm, prompt, spelled(GridGrammar(form), a.tokens[:k]))[-1].float()
            assert abs(float(last[a.tokens[k]] - last[b.tokens[k]])) < 0.1


class Scripted:
    """A grammar that allows one token at a time: what is decoded is known."""

    def __init__(self, tokens: list[int]) -> None:
        self.left, self.done = tokens, False

    def allowed(self) -> tuple[int, ...]:
        return tuple(self.left[:1])

    def advance(self, token: int) -> tuple[int, int, int]:
        assert token == self.left[0]
        self.left = self.left[1:]
        self.done = not self.left
        return 1, 0, 0

    def copy(self) -> Scripted:
        return copy.copy(self)


def test_rows_that_end_at_different_times(lm: LanguageModel) -> None:
    """Each row gets all of its own tokens and none of another's, also after the batch has shrunk twice."""
    wanted = [[1] * n for n in (3, 40, 1, 7, 200)]
    prompts = questions(load("pair"), [*GRIDS, *GRIDS[:2]])
    for drafts in (None, wanted):
        made, _ = decode(rows_of(lm, prompts), [Scripted(list(w)) for w in wanted], max_new_tokens=300, drafts=drafts)
        assert [list(c.tokens) for c in made] == wanted
        assert all(c.done and c.logprob == 0.0 for c in made)


def test_it_stops_at_the_limit(lm: LanguageModel) -> None:
    """An answer that does not end is cut off and says so, also in the middle of a right draft."""
    for drafts in (None, [[1] * 50]):
        made, _ = decode(
            rows_of(lm, questions(load("pair"))[:1]), [Scripted([1] * 50)], max_new_tokens=9, drafts=drafts
        )
        assert len(made[0].tokens) == 9
        assert not made[0].done


def test_a_tick_can_stop_it(lm: LanguageModel) -> None:
    """What the caller raises between two passes comes through."""

    class Enough(Exception):
        pass

    seen: list[float] = []

    def tick(share: float) -> None:
        seen.append(share)
        if len(seen) == 3:
            raise Enough

    rows = rows_of(lm, questions(load("pair"))[:1])
    with pytest.raises(Enough):
        decode(rows, [Scripted([1] * 50)], max_new_tokens=9, tick=tick)


def test_sampling_is_a_function_of_its_numbers(lm: LanguageModel) -> None:
    """The same uniform numbers give the same samples with and without a draft; many of them meet the distribution."""
    form = load("pair")
    prompts = questions(form)[:1]
    n = 400
    uniform = np.random.default_rng(0).random((n, 40))
    forked = rows_of(lm, prompts).fork([0] * n)
    made, _ = decode(
        forked, [GridGrammar(form, (1, 1)) for _ in range(n)], max_new_tokens=40, pick=sampler(uniform, 1.0)
    )
    again, spent = decode(
        forked,
        [GridGrammar(form, (1, 1)) for _ in range(n)],
        max_new_tokens=40,
        pick=sampler(uniform, 1.0),
        drafts=[c.tokens for c in made],
    )
    assert [c.tokens for c in again] == [c.tokens for c in made]
    assert spent.accepted == spent.drafted
    expected = after(lm, prompts[0], Chunk())[-1][:10].softmax(-1)
    counts = np.bincount([c.tokens[0] for c in made], minlength=10) / n
    assert np.abs(counts - expected.numpy()).max() < 0.08


SIZE = (2, 2)


def tree(lm: LanguageModel, form: PromptFormat, prompt: Prompt, colours: int) -> dict[tuple[int, ...], float]:
    """The log-probability of every 2 × 2 answer in `colours` colours."""
    answers = [spell(form, Grid(np.array(c).reshape(SIZE))) for c in itertools.product(range(colours), repeat=4)]
    whole = [joined(prompt, spelled(Few(form, colours), tokens)) for tokens in answers]
    with torch.no_grad():
        batch = lm.module(**collate(whole, 14).inputs(lm.grid_positions)).logits[:, len(prompt) - 1 :]
    found = {}
    for logits, tokens in zip(batch, answers, strict=True):
        grammar, total = Few(form, colours), 0.0
        for logit, token in zip(logits, tokens, strict=False):
            allowed = list(grammar.allowed())
            total += float(logit[allowed].log_softmax(-1)[allowed.index(token)])
            grammar.advance(token)
        found[tokens] = total
    return found


class Few(GridGrammar):
    """2 × 2 answers in the first few colours: few enough to be written down."""

    def __init__(self, form: PromptFormat, colours: int) -> None:
        super().__init__(form, SIZE)
        self.colours = colours

    def allowed(self) -> tuple[int, ...]:
        return tuple(t for t in super().allowed() if t < self.colours or t > 9)


@pytest.mark.parametrize("min_prob", [0.5, 0.03, 0.002])
@pytest.mark.parametrize("draft", [False, True])
def test_search_finds_exactly_what_is_above_the_threshold(
    lm: LanguageModel, form: PromptFormat, min_prob: float, draft: bool
) -> None:
    """On a tree that is enumerated: no grid is missed, none is below, and each has its probability."""
    prompts = questions(form)
    expected = [{t: p for t, p in tree(lm, form, prompt, 4).items() if p >= math.log(min_prob)} for prompt in prompts]
    drafts = [[3, 1, form.vocabulary.row, 2, 0]] * 3 if draft else None
    found, _ = search(rows_of(lm, prompts), [Few(form, 4) for _ in prompts], min_prob=min_prob, drafts=drafts)
    for row, wanted in zip(found, expected, strict=True):
        assert {c.tokens for c in row} == wanted.keys()
        assert [c.logprob for c in row] == pytest.approx([wanted[c.tokens] for c in row], abs=1e-4)
        assert [c.logprob for c in row] == sorted((c.logprob for c in row), reverse=True)


def test_a_search_ends_early_with_what_it_has(lm: LanguageModel) -> None:
    """A limit on nodes leaves some of the grids, one on seconds perhaps none; rows stay usable."""
    form = load("pair")
    prompts = questions(form)
    rows = rows_of(lm, prompts)
    grammars = [Few(form, 4) for _ in prompts]
    everything, _ = search(rows, grammars, min_prob=0.0005)
    some, _ = search(rows, grammars, min_prob=0.0005, limits=Limits(nodes=40))
    none, _ = search(rows, grammars, min_prob=0.0005, limits=Limits(seconds=0.0))
    assert all(0 < len(s) < len(e) for s, e in zip(some, everything, strict=True))
    assert none == [[], [], []]
    again, _ = search(rows, grammars, min_prob=0.0005)
    assert [[c.tokens for c in row] for row in again] == [[c.tokens for c in row] for row in everything]


def test_a_branch_that_would_lose_too_much_is_left_out(lm: LanguageModel) -> None:
    """What is expected of the rest leaves fewer completions for fewer passes: those alone whose every branch, with
    what it is expected to lose yet, stays above the threshold; nothing expected leaves all."""
    form = load("pair")
    prompts = questions(form)
    rows = rows_of(lm, prompts)
    grammars = [Few(form, 4) for _ in prompts]
    everything, all_spent = search(rows, grammars, min_prob=0.0005)
    same, _ = search(rows, grammars, min_prob=0.0005, tails=[[0.0] * 4] * 3)
    assert [[c.tokens for c in row] for row in same] == [[c.tokens for c in row] for row in everything]
    tail, least = [-8.0, -6.2, -4.9, -4.9, -3.5, -2.2], math.log(0.0005)
    fewer, spent = search(rows, grammars, min_prob=0.0005, tails=[tail] * 3)
    for some, whole in zip(fewer, everything, strict=True):
        ends = [list(itertools.accumulate(c.logprobs)) for c in whole]
        kept = [all(e + t >= least for e, t in zip(so_far, [*tail[1:], *[0.0] * 9], strict=False)) for so_far in ends]
        left = [c for c, keep in zip(whole, kept, strict=True) if keep]
        assert [c.tokens for c in some] == [c.tokens for c in left]
    assert 0 < sum(map(len, fewer)) < sum(map(len, everything)) and spent.computed < all_spent.computed


def test_scores_are_the_probabilities_of_given_answers(lm: LanguageModel, form: PromptFormat) -> None:
    """Each is the sum of its tokens' log-probabilities; an answer of another size than the grammar's has none."""
    prompts = questions(form)
    rows = rows_of(lm, prompts)
    trees = [tree(lm, form, p, 3) for p in prompts]
    for tokens in list(trees[0])[::9]:
        values = score(rows, [Few(form, 3) for _ in prompts], [tokens, None, tokens])
        assert values[0] == pytest.approx(trees[0][tokens], abs=1e-4)
        assert values[1] is None
        assert values[2] == pytest.approx(trees[2][tokens], abs=1e-4)
    assert score(rows, [Few(form, 3)] * 3, [spell(form, GRIDS[0]), None, None]) == [-math.inf, None, None]
    assert part(prompts[0], 0, 3).tokens == prompts[0].tokens[:3].tolist()

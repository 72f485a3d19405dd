"""Small tokenizers and models of published families, made in a moment and never trained."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tokenizers import Regex, decoders, models, pre_tokenizers, trainers
from tokenizers import Tokenizer as Raw
from transformers import AutoConfig, AutoModelForCausalLM, PreTrainedTokenizerFast

from arc_ttt.agents.learner.learner import Learner
from arc_ttt.config import SolveConfig
from arc_ttt.lm.vocabulary import Tokenizer
from arc_ttt.solve.solver import Solver

SPECIALS = (
    "<pad>", "<s>", "</s>",
    "<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>",
    "<|im_start|>", "<|im_end|>", "<|endoftext|>",
)  # fmt: skip
LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
    r"|\s+(?!\S)|\s+"
)
FAMILIES = ("llama", "qwen3", "mistral", "gemma")


def characters(specials: Sequence[str] = SPECIALS, alphabet: str = "") -> PreTrainedTokenizerFast:
    """One token for each character (all printable ASCII by default) and each special token; nothing is merged."""
    letters = alphabet or "\n" + "".join(map(chr, range(32, 127)))
    raw = Raw(models.WordLevel({c: i for i, c in enumerate(letters)}, unk_token=letters[-1]))
    raw.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\s\S]"), "isolated")
    raw.decoder = decoders.Fuse()
    return _fast(raw, specials)


def merged(texts: Sequence[str], pattern: str = LLAMA3, specials: Sequence[str] = SPECIALS) -> PreTrainedTokenizerFast:
    """A byte-level BPE with a published family's way of splitting, trained on `texts`: it merges all that it may."""
    raw = Raw(models.BPE())
    split = pre_tokenizers.Split(Regex(pattern), "isolated")
    raw.pre_tokenizer = pre_tokenizers.Sequence([split, pre_tokenizers.ByteLevel(False, use_regex=False)])
    raw.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=3000, initial_alphabet=alphabet, show_progress=False)
    raw.train_from_iterator(texts, trainer)
    return _fast(raw, specials)


def spaced(specials: Sequence[str] = SPECIALS) -> PreTrainedTokenizerFast:
    """Of the SentencePiece kind: a space is put before each text, and is part of the token that follows."""
    letters = "\n" + "".join(map(chr, range(33, 127)))
    words = ["?", "▁", *letters, *("▁" + c for c in letters)]
    merges = [("▁", c) for c in letters]
    raw = Raw(models.BPE({w: i for i, w in enumerate(dict.fromkeys(words))}, merges, unk_token="?"))
    raw.pre_tokenizer = pre_tokenizers.Metaspace("▁", "first", split=False)
    raw.decoder = decoders.Metaspace("▁", "first")
    return _fast(raw, specials)


def _fast(raw: Raw, specials: Sequence[str]) -> PreTrainedTokenizerFast:
    raw.add_special_tokens(list(specials))
    named = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>"}
    return PreTrainedTokenizerFast(tokenizer_object=raw, **{k: v for k, v in named.items() if v in specials})


def ours(tokenizer: PreTrainedTokenizerFast) -> Tokenizer:
    return Tokenizer(tokenizer)


def model(family: str, *, tied: bool, vocabulary: int, **sizes: Any) -> Any:
    """A tiny random model of `family`, in float32."""
    import torch

    torch.manual_seed(0)
    shape = {
        "vocab_size": vocabulary, "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2,
        "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 16, "max_position_embeddings": 4096,
        "bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 0, "tie_word_embeddings": tied,
    }  # fmt: skip
    config = AutoConfig.for_model(family, **(shape | sizes))
    return AutoModelForCausalLM.from_config(config, dtype=torch.float32).eval()


def folder(path: Path, family: str = "llama", *, tied: bool = True, shards: str = "5GB", **sizes: Any) -> Path:
    """A checkpoint as the hub has them: config.json, safetensors and a tokenizer of characters."""
    tokenizer = characters()
    model(family, tied=tied, vocabulary=len(tokenizer), **sizes).save_pretrained(path, max_shard_size=shards)
    tokenizer.save_pretrained(path)
    return path


class OneLearner(Solver):
    """A solver with one agent, the learner, which tests look at."""

    def __init__(self, lm: Any, form: Any, config: SolveConfig, drafter: OneLearner | None = None, **more: Any) -> None:
        self.learner = Learner(lm, form, config, drafter and drafter.learner, **more)
        super().__init__([self.learner], config)

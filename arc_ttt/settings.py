"""A setting is one field of a frozen dataclass: type and default as such, all else in its metadata.

Options of the command line, files (TOML, and a run's config.json), checks and the table in docs/settings.md are made
from these; nothing else lists settings. Nested dataclasses give groups: the field `tokens` in the group `ttt` has the
path `ttt.tokens`, and the option `--ttt.tokens` unless it names another.
"""

from __future__ import annotations

import dataclasses
import difflib
import math
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from arc_ttt import files
from arc_ttt.errors import ConfigError


@dataclass(frozen=True)
class Bound:
    """What values a setting takes, and how a message says it after the setting's name."""

    words: str
    holds: Callable[[Any], bool]
    # What is meant by other words.
    meant: Mapping[str, str] = dataclasses.field(default_factory=dict)
    # All of them, where they are a few words.
    values: tuple[str, ...] = ()


POSITIVE = Bound("must be positive", lambda v: 0 < v < math.inf)
NOT_NEGATIVE = Bound("must not be negative", lambda v: 0 <= v < math.inf)
SHARE = Bound("is a share from 0 to 1", lambda v: 0 <= v <= 1)
PART = Bound("is a share above 0 and at most 1", lambda v: 0 < v <= 1)
NAMES = Bound("must name something", lambda v: bool(v) and all(v))


def up_to(most: int) -> Bound:
    """Positive numbers to `most`."""
    return Bound(f"must be positive and at most {most:,}", lambda v: 0 < v <= most)


def from_0_to(most: int) -> Bound:
    """Numbers from 0 to `most`."""
    return Bound(f"must be from 0 to {most:,}", lambda v: 0 <= v <= most)


def one_of(*values: str, meant: Mapping[str, str] | None = None) -> Bound:
    """One of some words; `meant` has them by what others call them."""
    few = len(values) < 4
    words = f"is {', '.join(values[:-1])} or {values[-1]}" if few else f"is one of {', '.join(values)}"
    return Bound(words, lambda v: v in values, meant or {}, values)


def setting(
    default: Any,
    help: str = "",
    *,
    option: str = "",
    off: str = "",
    short: str = "",
    metavar: str = "",
    panel: str = "",
    bound: Bound | None = None,
    parse: Callable[[str], Any] | None = None,
    shown: str = "",
    digest: bool = True,
    file: bool = True,
    kept: bool = False,
    needs: tuple[str, tuple[Any, ...]] | None = None,
    bundle: str = "",
) -> Any:
    """A field for a dataclass of settings.

    `option` is its name on the command line where it is not made of the path (`none`: it has none), `short` a letter
    for it, as in `-o`; of a bool, `off` is the option that says no (it alone where `option` is `none`). `parse` reads
    it from a text. `shown` stands for the default in the help where that is not the value. `digest`: answers depend on
    it. `file`: it can stand in a file; `kept`: it goes into a run's config.json though no answer depends on it. `needs`
    names a setting and those of its values without which this one would do nothing; none stand for any but None.
    `bundle` says why a Kaggle bundle does not take it.
    """
    about = {
        "help": help, "option": option, "off": off, "short": short, "metavar": metavar, "panel": panel,
        "bound": bound, "parse": parse, "shown": shown, "digest": digest, "file": file, "kept": kept,
        "needs": needs, "bundle": bundle,
    }  # fmt: skip
    return dataclasses.field(default=default, metadata={"setting": about})


def group(make: type, *, panel: str = "", needs: tuple[str, tuple[Any, ...]] | None = None) -> Any:
    """A field that holds further settings; `panel` and `needs` are those of all that name none."""
    return dataclasses.field(default_factory=make, metadata={"group": {"panel": panel, "needs": needs}})


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A field of settings as it stands in its dataclass. See `setting`."""

    path: str
    type: Any
    default: Any
    optional: bool
    help: str
    option: str
    off: str
    short: str
    metavar: str
    panel: str
    bound: Bound | None
    parse: Callable[[str], Any] | None
    shown: str
    digest: bool
    file: bool
    kept: bool
    needs: tuple[str, tuple[Any, ...]] | None
    bundle: str

    @property
    def name(self) -> str:
        """What messages call it: its option, or where it has none its path."""
        return self.option or self.off or self.path

    @property
    def key(self) -> str:
        """The name of a parameter."""
        return self.path.replace(".", "_")

    def check(self, value: Any) -> None:
        """`ConfigError` for a value out of bounds."""
        if value is not None and self.bound is not None and not self.bound.holds(value):
            shown = value if not isinstance(value, tuple) else ",".join(map(str, value))
            meant = self.bound.meant.get(str(value).lower())
            raise ConfigError(f"{self.name} {self.bound.words}, not {shown}" + (f": that is {meant}" if meant else ""))

    def value(self, given: Any) -> Any:
        """What a file, or a text, says, in the field's type. `ConfigError` for anything else."""
        if isinstance(given, str) and self.parse is not None:
            return self.parse(given)
        if given is None and self.optional:
            return None
        kinds = {int: (int,), float: (int, float), bool: (bool,), str: (str,), Path: (str, Path), tuple: (list, tuple)}
        if not isinstance(given, kinds[self.type]) or isinstance(given, bool) != (self.type is bool):
            raise ConfigError(f"{self.name} must be of type {self.type.__name__}, not {given!r}")
        return self.type(given)


def settings(cls: type, prefix: str = "", inherited: Mapping[str, Any] | None = None) -> Iterator[Setting]:
    """Every setting of `cls` and of the groups in it, in the order of their fields."""
    hints = _hints(cls)
    for f in dataclasses.fields(cls):
        path = f"{prefix}{f.name}"
        if "group" in f.metadata:
            yield from settings(hints[f.name], f"{path}.", f.metadata["group"])
            continue
        if "setting" not in f.metadata:
            raise TypeError(f"{cls.__name__}.{f.name}: is no setting")
        about = dict(f.metadata["setting"])
        for name, value in (inherited or {}).items():
            about[name] = about[name] or value
        if about["option"] == "none" or getattr(cls, "FILE_ONLY", False):
            about["option"] = ""
        else:
            about["option"] = about["option"] or "--" + path.replace("_", "-")
        kind, optional, words = _kind(hints[f.name])
        if words and about["bound"] is None:
            about["bound"] = one_of(*words)
        if words and not about["metavar"]:
            about["metavar"] = "|".join(words)
        yield Setting(path=path, type=kind, default=f.default, optional=optional, **about)


def _hints(cls: type) -> dict[str, Any]:
    """The types of the fields of `cls`, also where a base was written in another module."""
    return typing.get_type_hints(cls)


def _kind(hint: Any) -> tuple[Any, bool, tuple[str, ...]]:
    """The plain type of an annotation, whether it may be None, and the words that it may be."""
    parts = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    (kind,) = [part for part in parts if part is not NoneType]
    optional = NoneType in parts
    if get_origin(kind) is Literal:
        return str, optional, get_args(kind)
    return get_origin(kind) or kind, optional, ()


def check(made: Any) -> None:
    """`ConfigError` where a setting of `made`, a dataclass, is out of bounds. Groups have checked themselves; a class
    that is one says in `PREFIX` what its settings' paths begin with."""
    prefix = getattr(type(made), "PREFIX", "")
    for one in settings(type(made), prefix):
        field = one.path.removeprefix(prefix)
        if "." not in field:
            one.check(getattr(made, field))


def idle(known: Mapping[str, Setting], path: str, value_of: Callable[[str], Any]) -> str | None:
    """Why the setting `path` would do nothing, the others being as `value_of` says; None where it does something."""
    one = at = known[path]
    while at.needs is not None and at.needs[0] != at.path:
        needed, allowed = known[at.needs[0]], at.needs[1]
        value = value_of(needed.path)
        held = value if isinstance(value, tuple) else (value,)
        kinds = {word.partition(":")[0] if isinstance(word, str) else word for word in held}  # as in learner:PATH
        if not (kinds & set(allowed) if allowed else value is not None):
            if not allowed:
                return f"{one.name} is for {needed.name}, which is not given: leave it out"
            if needed.type is bool or allowed == (None,):
                return (
                    f"{needed.name if value else needed.off} leaves nothing for {one.name} to do: leave one of them out"
                )
            wanted, is_now = " or ".join(map(str, allowed)), ",".join(map(str, held))
            what = needed.path.rpartition(".")[2]
            what = f"{what} are" if needed.type is tuple else f"the {what} is"
            return f"{one.name} is for {needed.name} {wanted}, and {what} {is_now}: leave it out"
        at = needed
    return None


def refuse_idle(known: Mapping[str, Setting], asked: Iterable[str], value_of: Callable[[str], Any]) -> None:
    """`ConfigError` for the first of the settings `asked` for that would do nothing."""
    for path in asked:
        if why := idle(known, path, value_of):
            raise ConfigError(why)


def build(cls: type, values: Mapping[str, Any]) -> Any:
    """An instance of `cls` with `values` by path; the others have their defaults."""
    made: dict[str, Any] = {}
    hints = _hints(cls)
    for f in dataclasses.fields(cls):
        if "group" in f.metadata:
            start = f"{f.name}."
            inner = {path.removeprefix(start): value for path, value in values.items() if path.startswith(start)}
            made[f.name] = build(hints[f.name], inner)
        elif f.name in values:
            made[f.name] = values[f.name]
    return cls(**made)


def flatten(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """A table of tables with dotted keys."""
    flat: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat


def values(known: Sequence[Setting], table: Mapping[str, Any]) -> dict[str, Any]:
    """The values in a table from a file, by path. A key is a path or an option without its dashes. `ConfigError` names
    the key that is unknown, and the nearest known one, or what is wrong with a value."""
    by_key = {one.path: one for one in known}
    by_key |= {name.lstrip("-"): one for one in known for name in (one.option, one.off) if name}
    found: dict[str, Any] = {}
    for key, given in flatten(table).items():
        one = by_key.get(key) or by_key.get(key.replace("_", "-"))
        if one is None:
            near = difflib.get_close_matches(key, by_key, n=1, cutoff=0.0)
            raise ConfigError(f"unknown setting {key}; the nearest is {near[0]}" if near else f"unknown setting {key}")
        if not one.file:
            raise ConfigError(f"{key} can only be given on the command line")
        value = one.value(given)
        no = key.replace("_", "-") == one.off.lstrip("-") and one.off != ""
        one.check(value)
        found[one.path] = not value if no else value
    return found


def read(known: Sequence[Setting], path: Path) -> dict[str, Any]:
    """The values in a TOML file, or in a run's config.json, by path; `ConfigError` names the file and its fault."""
    try:
        table: Any = files.json_of(path) if path.suffix == ".json" else files.toml_of(path)
    except OSError as fault:
        raise ConfigError(f"{path}: cannot be read: {fault.strerror}") from fault
    except ValueError as fault:
        raise ConfigError(f"{path}: {fault}") from fault
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: holds no table of settings")
    if path.suffix == ".json" and isinstance(table.get("settings"), dict):
        table = _of_a_run(known, table)
    try:
        return values(known, table)
    except ConfigError as fault:
        raise ConfigError(f"{path}: {fault}") from fault


def _of_a_run(known: Sequence[Setting], document: Mapping[str, Any]) -> dict[str, Any]:
    """What a run's config.json says of settings that can be given again: not those that follow from others."""
    options, model = document.get("options"), document.get("model")
    if not isinstance(options, dict):  # earlier versions kept the model's name alone
        options = {"model": model["name"]} if isinstance(model, dict) and "name" in model else {}
    of_the_call = {one.path for one in known if not one.file}
    table = flatten(document["settings"]) | flatten(options)
    return {key: value for key, value in table.items() if key not in of_the_call}

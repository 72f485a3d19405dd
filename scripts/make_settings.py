"""Write docs/settings.md: every setting of `arc-ttt solve`, made from arc_ttt.config.

python scripts/make_settings.py [OUT]
"""

from runs import out
from tables import heading

from arc_ttt.config import RunConfig, SolveConfig
from arc_ttt.settings import Setting, settings

HEAD = """# Settings

Every setting of `arc-ttt solve` and `arc-ttt eval`, made from `arc_ttt/config.py` by `scripts/make_settings.py`. Each
can be given as an option, or by its key in a TOML file (`--config FILE`, or `--preset` with one of `data/presets/`),
where `ttt.tokens = 80000` and a table `[ttt]` with `tokens = 80000` are the same. Options win over a `--config`, that
over a preset, and these over a prompt format's own; a run's `config.json` is such a file, too. What has no key is given
on the command line alone. An option can also be an environment variable, its key in capitals after ARC_TTT_:
`ARC_TTT_VIEWS=4`, `ARC_TTT_TTT_TOKENS=80000`; the command line wins over it, and what would do nothing there is passed
over. "Digest" marks what answers depend on besides weights, prompt format and tasks: a run is only
resumed with the same.
"""


def document() -> str:
    """The page."""
    panels: dict[str, list[Setting]] = {}
    digested = {one.path for one in settings(SolveConfig) if one.digest}
    for one in (*settings(RunConfig), *settings(SolveConfig)):
        if one.option or one.off or one.file:
            panels.setdefault(one.panel or "General", []).append(one)
    parts = [HEAD]
    for panel, known in panels.items():
        rows = ["", f"## {panel}", "", heading("option | key | default | digest | what it does")]
        parts += ["\n".join([*rows, *(_row(one, digested) for one in known)]) + "\n"]
    return "".join(parts)


def _row(one: Setting, digested: set[str]) -> str:
    names = " / ".join(f"`{name}`" for name in (one.option, one.off, one.short) if name)
    metavar = one.metavar.replace("|", "\\|")
    value = f" {metavar}" if metavar and one.type is not bool else ""
    default = one.shown or ("" if one.default is None else _text(one.default))
    key = f"`{one.path}`" if one.file else ""
    return f"| {names}{value} | {key} | {default} | {'yes' if one.path in digested else ''} | {one.help} |"


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


if __name__ == "__main__":
    out(__doc__, "docs", "settings.md").write_text(document(), encoding="utf-8")

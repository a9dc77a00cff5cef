"""A page for people with all figures of one run, and plots beside it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from eval.answers import AnswerScores, AnswersReport, StyleScores
from eval.metrics import Interval
from eval.perturb import Variant
from eval.retrieval import Measure, RetrievalReport, VariantReport

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_PAGE = "report.md"
_NO_PLOT = "*The plot was left out: matplotlib is not installed.*"
_CAPTION = "Figures are means over all judged questions, one without result counting 0; brackets: 95 % bootstrap interval."
_NDCG = "ndcg@10"


@dataclass(frozen=True, slots=True)
class _Series:
    """Bars of one colour, one for each group; not-a-number where a group has none."""

    label: str
    heights: tuple[float, ...]
    intervals: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class _Panel:
    title: str
    groups: tuple[str, ...]
    series: tuple[_Series, ...]


def write_report(
    directory: Path,
    retrieval: Mapping[str, RetrievalReport],
    answers: Mapping[str, AnswersReport],
    facts: Mapping[str, str],
    sections: Mapping[str, str] = MappingProxyType({}),
) -> Path:
    """The path of a Markdown page in `directory` with `facts` first, then tables and plots, sets in the order given.

    Keys of `retrieval` and `answers` are names of sets; `sections` are further parts, in Markdown, by heading, and end the page.
    The directory is made where it is absent; the files of an earlier page are replaced. Without matplotlib the page says that plots
    were left out.
    """
    directory.mkdir(parents=True, exist_ok=True)
    footer = "; ".join(f"{name}: {value}" for name, value in facts.items())
    parts = ["# Evaluation", markdown_table(("fact", "value"), *facts.items()), _CAPTION]
    if retrieval:
        parts += ["## Retrieval", *(_retrieval_part(name, report) for name, report in retrieval.items())]
        parts.append(_picture(directory / "ndcg.svg", "nDCG@10 by set and variant", [_ndcg_panel(retrieval)], footer))
    if answers:
        parts += ["## Answers", *(_answers_part(name, report) for name, report in answers.items())]
        panels = [_article_hit_panel(name, report) for name, report in answers.items()]
        parts.append(_picture(directory / "article_hit.svg", "Article hit by style", panels, footer))
    parts += [f"## {heading}\n\n{text}" for heading, text in sections.items()]
    page = directory / _PAGE
    page.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return page


def _retrieval_part(name: str, report: RetrievalReport) -> str:
    head = ["variant", "n", *(measure.name for variant in report.variants[:1] for measure in variant.measures), "p95 ms"]
    return f"### {name}\n\n" + markdown_table(head, *map(_retrieval_row, report.variants))


def _retrieval_row(report: VariantReport) -> list[str]:
    figures = (f"{m.mean:.3f} [{m.interval.low:.3f}, {m.interval.high:.3f}]" for m in report.measures)
    return [report.variant.value, str(report.n), *figures, f"{report.p95_ms:.1f}"]


def _answers_part(name: str, report: AnswersReport) -> str:
    tables = [_answers_table("style", (StyleScores("all", report.overall), *report.by_style), report)]
    if report.by_kind:
        tables.append(_answers_table("kind", report.by_kind, report))
    return "\n\n".join([f"### {name}", *tables])


def _answers_table(head: str, rows: Sequence[StyleScores], report: AnswersReport) -> str:
    return markdown_table([head, *report.overall.to_json()], *(_answers_row(row.style, row.scores) for row in rows))


def _answers_row(style: str, scores: AnswerScores) -> list[str]:
    figures = scores.to_json().values()
    return [style, *("–" if figure is None else str(figure) if isinstance(figure, int) else f"{figure:.3f}" for figure in figures)]


def markdown_table(head: Sequence[str], *rows: Sequence[str]) -> str:
    """A table in Markdown; line breaks and bars inside of a cell do it no harm."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(text) for text in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _ndcg_panel(retrieval: Mapping[str, RetrievalReport]) -> _Panel:
    groups = tuple(f"{name}\nn = {max((variant.n for variant in report.variants), default=0)}" for name, report in retrieval.items())
    asked = {variant.variant for report in retrieval.values() for variant in report.variants}
    series = tuple(_ndcg_series(variant, list(retrieval.values())) for variant in Variant if variant in asked)
    return _Panel("nDCG@10 by set and variant, 95 % intervals", groups, series)


def _ndcg_series(variant: Variant, reports: Sequence[RetrievalReport]) -> _Series:
    measures = [_ndcg_of(report, variant) for report in reports]
    return _Series(variant.value, tuple(m.mean for m in measures), tuple(m.interval for m in measures))


def _ndcg_of(report: RetrievalReport, variant: Variant) -> Measure:
    for measured in report.variants:
        if measured.variant is variant:
            return measured.measure(_NDCG)
    return Measure(_NDCG, math.nan, Interval(math.nan, math.nan))


def _article_hit_panel(name: str, report: AnswersReport) -> _Panel:
    groups = tuple(f"{named.style}\nn = {named.scores.answerable}" for named in report.by_style)
    scores = [named.scores for named in report.by_style]
    hits = {
        "hit@1": [one.article_hit_1 for one in scores],
        "hit@3": [one.article_hit_3 for one in scores],
        "hit@5": [one.article_hit_5 for one in scores],
        "hit@10": [one.article_hit_10 for one in scores],
    }
    series = tuple(_Series(label, tuple(math.nan if hit is None else hit for hit in values)) for label, values in hits.items())
    return _Panel(f"Article hit by style, {name} (answerable questions)", groups, series)


def _picture(path: Path, title: str, panels: Sequence[_Panel], footer: str) -> str:
    """The Markdown of a plot written to `path`, or a sentence where it cannot be drawn."""
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError:
        return _NO_PLOT
    widest = max(len(panel.groups) for panel in panels)
    figure = Figure(figsize=(max(7.0, 1.3 * widest), 3.6 * len(panels)), layout="constrained")
    for axes, panel in zip(figure.subplots(len(panels), squeeze=False)[:, 0], panels, strict=True):
        _draw(axes, panel)
    figure.supxlabel(footer, fontsize="x-small")
    # A fixed salt and no date: the same figures give the same file.
    with matplotlib.rc_context({"svg.hashsalt": _PAGE}):
        figure.savefig(path, format="svg", metadata={"Date": None})
    return f"![{title}]({path.name})"


def _draw(axes: Axes, panel: _Panel) -> None:
    width = 0.8 / max(1, len(panel.series))
    for place, series in enumerate(panel.series):
        middles = [group + (place - (len(panel.series) - 1) / 2) * width for group in range(len(panel.groups))]
        axes.bar(middles, series.heights, width, label=series.label, yerr=_error_bars(series), capsize=2)
    axes.set_xticks(range(len(panel.groups)), panel.groups)
    axes.set_ylim(0, 1)
    axes.set_title(panel.title)
    axes.legend(fontsize="small", loc="upper left", bbox_to_anchor=(1, 1))


def _error_bars(series: _Series) -> list[list[float]] | None:
    """Lengths below and above each bar's end, never below 0; None where the series has no intervals."""
    if not series.intervals:
        return None
    pairs = list(zip(series.heights, series.intervals, strict=True))
    # A mean may lie a rounding error outside of its own interval; matplotlib refuses negative lengths.
    below = [max(0.0, height - interval.low) for height, interval in pairs]
    return [below, [max(0.0, interval.high - height) for height, interval in pairs]]

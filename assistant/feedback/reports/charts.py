"""The charts of the session report as PNG images: one series each, its numbers written at the bars."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from assistant.feedback.reports.session_report import written

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_COLOUR = "#9c2b2e"
_GREY = "#555555"
_WIDTH_INCHES = 6.3
_DOTS_PER_INCH = 200


def lying_bars(labels: Sequence[str], counts: Sequence[int]) -> bytes:
    """Bars from left to right, the first at the top: for long labels. 160 mm wide."""
    figure, axes = _figure(0.3 + 0.26 * len(labels))
    bars = axes.barh(range(len(labels)), counts, height=0.7, color=_COLOUR)
    axes.bar_label(bars, [written(count) for count in counts], padding=3, fontsize=8)
    axes.set_yticks(range(len(labels)), labels, fontsize=8)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlim(0, 1.1 * max(counts, default=1) or 1)
    axes.xaxis.set_visible(False)
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.spines["left"].set_color(_GREY)
    return _png(figure)


def standing_bars(labels: Sequence[str], counts: Sequence[int]) -> bytes:
    """Bars from below, the first on the left: for what follows in time. 160 mm wide."""
    figure, axes = _figure(2.6)
    bars = axes.bar(range(len(labels)), counts, width=0.75, color=_COLOUR)
    small = 7 if len(labels) <= 30 else 5
    axes.bar_label(bars, [written(count) for count in counts], padding=2, fontsize=small)
    axes.set_xticks(range(len(labels)), labels, fontsize=small, rotation=60, ha="right", rotation_mode="anchor")
    axes.set_ylim(0, 1.12 * max(counts, default=1) or 1)
    axes.yaxis.set_visible(False)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(_GREY)
    return _png(figure)


def _figure(height_inches: float) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH_INCHES, height_inches), layout="constrained")
    return figure, figure.subplots()


def _png(figure: Figure) -> bytes:
    image = BytesIO()
    # No text about the program: the same counts give the same bytes.
    figure.savefig(image, format="png", dpi=_DOTS_PER_INCH, metadata={"Software": None})
    return image.getvalue()

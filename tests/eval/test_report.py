"""The page for people."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from corpus.ids import ProvisionId
from eval.answers import AnsweredQuestion, AnswersReport, evaluate_answers
from eval.perturb import Variant
from eval.report import write_report
from eval.retrieval import RetrievalReport, evaluate_retrieval
from eval.sets import AnswerQuestion, GoldArticle, Question

_FACTS = {"corpus": "6 codes, 2026-11-01", "encoder": "e5|small", "date": "2026-11-20"}


def _retrieval(*variants: Variant) -> RetrievalReport:
    questions = [Question("q1", "nghỉ việc"), Question("q2", "thừa kế")]
    return evaluate_retrieval(questions, {"q1": {"a"}, "q2": {"b"}}, lambda _: ["a", "b"], variants or tuple(Variant), clock=lambda: 0.0)


def _answers() -> AnswersReport:
    article = ProvisionId.parse("45/2019/QH14@36")
    questions = [
        AnswerQuestion("a", "a", "plain", (GoldArticle(article),), True, ()),
        AnswerQuestion("b", "b", "teencode", (), False, ()),
    ]
    return evaluate_answers(questions, lambda text: AnsweredQuestion(text == "a", (article,)))


def _page(directory: Path) -> str:
    path = write_report(directory, {"drill": _retrieval(), "law|like": _retrieval(Variant.AS_TYPED)}, {"everyday": _answers()}, _FACTS)
    return path.read_text(encoding="utf-8")


def test_facts_stand_before_any_figure(tmp_path: Path) -> None:
    page = _page(tmp_path)
    assert page.index("| corpus | 6 codes, 2026-11-01 |") < page.index("## Retrieval")
    assert "| date | 2026-11-20 |" in page


def test_bar_in_a_text_does_not_split_a_table_cell(tmp_path: Path) -> None:
    assert "| encoder | e5\\|small |" in _page(tmp_path)


def test_tables_hold_every_set_variant_and_style(tmp_path: Path) -> None:
    page = _page(tmp_path)
    assert re.findall(r"^### (.*)$", page, re.MULTILINE) == ["drill", "law|like", "everyday"]
    assert [page.count(f"| {variant} | 2 |") for variant in Variant] == [2, 1, 1, 1]
    assert "| all | 2 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | – | 0.000 | – | – |" in page
    assert "| teencode | 1 | – | – | – | – | – | – | – | 1.000 | 1.000 | – | – | – | – |" in page


def test_rows_of_a_table_have_as_many_cells_as_its_head(tmp_path: Path) -> None:
    for table in re.findall(r"(?:^\|.*\n)+", _page(tmp_path), re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1


def test_every_plot_named_on_the_page_is_a_picture_beside_it(tmp_path: Path) -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", _page(tmp_path / "run" / "1"))
    assert pictures == ["ndcg.svg", "article_hit.svg"]
    for picture in pictures:
        assert ElementTree.parse(tmp_path / "run" / "1" / picture).getroot().tag.endswith("svg")


def test_same_figures_give_the_same_files(tmp_path: Path) -> None:
    assert _page(tmp_path / "1") == _page(tmp_path / "2")
    assert (tmp_path / "1" / "ndcg.svg").read_bytes() == (tmp_path / "2" / "ndcg.svg").read_bytes()


def test_page_without_matplotlib_says_that_plots_were_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # None in sys.modules makes an import fail as it does where the package is absent.
    for name in ("matplotlib", "matplotlib.figure"):
        monkeypatch.setitem(sys.modules, name, None)
    assert _page(tmp_path).count("The plot was left out: matplotlib is not installed.") == 2
    assert [path.name for path in tmp_path.iterdir()] == ["report.md"]


def test_further_sections_end_the_page_in_their_order(tmp_path: Path) -> None:
    page = write_report(tmp_path, {}, {"everyday": _answers()}, _FACTS, {"Days": "| a |", "Commands": "none"}).read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)$", page, re.MULTILINE) == ["Answers", "Days", "Commands"]
    assert page.endswith("## Commands\n\nnone\n")


def test_page_without_sets_has_its_facts_only(tmp_path: Path) -> None:
    page = write_report(tmp_path, {}, {}, _FACTS).read_text(encoding="utf-8")
    assert "## " not in page
    assert "| encoder |" in page

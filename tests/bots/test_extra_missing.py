"""What is said where settings choose a language model and its libraries are not installed."""

from __future__ import annotations

from pathlib import Path

from tests.bots.command import dienhong
from tests.corpus.codification_pages import many_topics, packed

MODEL = {"DIENHONG_ENCODER": "none", "DIENHONG_LLM_URL": "http://127.0.0.1:9/v1", "DIENHONG_LLM_MODEL": "m"}


def test_a_model_without_its_libraries_is_explained_with_code_3_and_names_the_extra(tmp_path: Path) -> None:
    home, absent = tmp_path / "home", tmp_path / "absent"
    (absent / "langchain_core").mkdir(parents=True)
    (absent / "langchain_core" / "__init__.py").write_text("raise ModuleNotFoundError('absent', name='langchain_core')\n")
    dienhong(home, "corpus", "import", str(packed(tmp_path / "toy.zip", many_topics(2))), settings={"DIENHONG_ENCODER": "none"})
    refused = dienhong(home, "ask", "khoản 1 Điều 2 luật 1/2030/QH20", settings={**MODEL, "PYTHONPATH": str(absent)})
    assert (refused.code, refused.out) == (3, "")
    assert "DIENHONG_LLM_URL" in refused.err
    assert "pip install 'dienhong[llm]'" in refused.err
    assert "Traceback" not in refused.err

"""English citations as Vietnamese law writes them."""

from __future__ import annotations

import pytest

from corpus.english_citations import in_vietnamese


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("What does Article 35 of the Labour Code say?", "What does Điều 35 Bộ luật Lao động say?"),
        ("article 35 labor code", "Điều 35 Bộ luật Lao động"),
        ("Article 651 Civil Code 2015", "Điều 651 Bộ luật Dân sự 2015"),
        ("art. 173 of Vietnam's Penal Code", "Điều 173 Bộ luật Hình sự"),
        ("Article 20, 2015 Criminal Code", "Điều 20 Bộ luật Hình sự"),
        ("clause 2 of Article 35 of the Labour Code", "khoản 2 Điều 35 Bộ luật Lao động"),
        ("Article 35(2) of the Vietnamese Labour Code", "khoản 2 Điều 35 Bộ luật Lao động"),
        ("Article 35, clause 2 of the Labour Code", "khoản 2 Điều 35 Bộ luật Lao động"),
        ("point b clause 1 Article 35 Labour Code", "điểm b khoản 1 Điều 35 Bộ luật Lao động"),
        ("Article 12a Code of Civil Procedure", "Điều 12a Bộ luật Tố tụng dân sự"),
        ("Article 9 of the Criminal Procedure Code", "Điều 9 Bộ luật Tố tụng hình sự"),
        ("what is Article 5?", "what is Điều 5?"),
        # No citation: nothing is touched.
        ("Is there a labour code in Vietnam?", "Is there a labour code in Vietnam?"),
        ("I read an article about 35 workers", "I read an article about 35 workers"),
        ("Điều 35 Bộ luật Lao động", "Điều 35 Bộ luật Lao động"),
        ("", ""),
    ],
)
def test_an_english_citation_is_read_as_a_vietnamese_one(english: str, vietnamese: str) -> None:
    assert in_vietnamese(english) == vietnamese
    assert in_vietnamese(vietnamese) == vietnamese

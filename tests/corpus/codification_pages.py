"""Invented pages in the markup of the codification: nested paragraphs, notes in links, cross-references."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

VBPL = "http://vbpl.vn/TW/Pages/vbpq-toanvan.aspx?ItemID="
LAW_NOTE = "(Điều 1 Luật số 1/2030/QH20 Luật Tàu giấy ngày 16/06/2030 của Quốc hội, có hiệu lực thi hành kể từ ngày 01/01/2031)"


def level(label: str, name: str = "") -> str:
    return f"<p class='pChuong'><a name='99'></a>{label}</p>" + (f"<p class='pChuong'>{name}</p>" if name else "")


def law_note(article: int | str, number: str = "1/2030/QH20", since: str = "01/01/2031") -> str:
    return f"(Điều {article} Luật số {number}, có hiệu lực thi hành kể từ ngày {since})"


def article(number: str, note: str | None, text: str = "<p>\n\tTàu phải nổi.</p>", *, title: str = "Tàu", cross: str = "") -> str:
    """One article; `note` None leaves the note away, `cross` is the inside of the brackets of the cross-references."""
    source = "" if note is None else f"<p class='pGhiChu'><a href='{VBPL}142850#Chuong_I_Dieu_1' target='_blank'>{note}</a></p>"
    references = f"<p class='pChiDan'>(Điều này có nội dung liên quan đến {cross})</p>" if cross else ""
    return f"<p class='pDieu'><a name='9900'></a>Điều {number}. {title}</p>{source}<p class='pNoiDung'>{text}</p>{references}"


def inner_link(text: str) -> str:
    return f"""<a href='#' onclick="ViewNoiDungPhapDien('9900'); return false;">{text}</a>"""


def vbpl_link(text: str, item: str = "10809") -> str:
    return f"<a href='{VBPL}{item}#Chuong_IV_Dieu_30' target='_blank'>{text}</a>"


def page(*articles: str, number: str = "99.1", title: str = "Tàu giấy") -> str:
    return (
        "<link href='../lib/css/style.css' rel='stylesheet' type='text/css' />\n"
        "<h3 style='text-transform: uppercase; text-align: center; font-weight: bold'>\n"
        f"    Đề mục {number}\n    <br />\n    {title}\n</h3>\n"
        "<p style='text-align: center; display: none'>(Xem Danh mục: <a class='viewDSVB' href='#'><img src='x.png' alt='' /></a>)</p>"
        f"<div class='_content'>{''.join(articles)}</div>\n"
    )


def packed(path: Path, pages: Mapping[str, str | bytes], tree: str | None = None) -> Path:
    """A zip in the publisher's layout."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pages.items():
            archive.writestr(f"BoPhapDienDienTu/demuc/{name}.html", content)
        archive.writestr("BoPhapDienDienTu/BoPhapDien.html", "<html></html>")
        if tree is not None:
            archive.writestr("BoPhapDienDienTu/jsonData.js", tree)
    return path


def many_topics(count: int, articles_each: int = 4, word: str = "nổi") -> dict[str, str]:
    """Pages with one law each, whose articles refer to the next topic."""
    return {
        f"topic-{topic:02}": page(
            level("Chương I", "CHUNG"),
            *(
                article(
                    f"99.{topic}.LQ.{number}",
                    law_note(number, f"{topic}/2030/QH20"),
                    f"<p>1. Tàu {topic} phải {word}.</p><p>2. Điều {number}.</p>",
                    cross=inner_link(f"Điều 99.{topic % count + 1}.LQ.{number}. Tàu"),
                )
                for number in range(1, articles_each + 1)
            ),
            number=f"99.{topic}",
        )
        for topic in range(1, count + 1)
    }

from __future__ import annotations

import unicodedata

import pytest

from embeddings.language import Language, is_plainly_vietnamese, language_of

VI, EN, OTHER = Language.VIETNAMESE, Language.ENGLISH, Language.OTHER


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Người lao động nghỉ việc có phải báo trước không?", VI),
        ("nghi viec co phai bao truoc khong", VI),  # typed without marks
        ("cty no luong 3 thang r lam sao", VI),  # teencode
        ("Làm passport ở đâu?", VI),  # one foreign word
        ("sổ đỏ", VI),
        ("so do", VI),
        ("Điều 36", VI),
        ("Dieu 36 Bo luat Lao dong", VI),
        (unicodedata.normalize("NFD", "Thủ tục ly hôn"), VI),
        ("ĐĂNG KÝ KẾT HÔN", VI),
        ("xin chao", VI),
        ("Sếp bắt làm overtime mà không trả money thì sao", VI),  # mixed: marks decide
        ("What is the maximum probation period?", EN),
        ("how many days of annual leave do I get", EN),
        ("My employer has not paid my salary for two months", EN),
        ("Can a foreigner own land in Vietnam?", EN),
        ("HOW CAN I DIVORCE MY HUSBAND", EN),
        ("你好，请问怎么办理居留证？", OTHER),
        ("Как получить вид на жительство?", OTHER),
        ("ภาษีที่ดิน", OTHER),
        ("", OTHER),
        ("   \n", OTHER),
        ("🙂🏠", OTHER),
        ("12/2024 ???", OTHER),  # nothing to tell it by
        ("🏠 sổ đỏ bị mất", VI),
        ("Quel est le délai de préavis ?", OTHER),
        ("Comment divorcer au Vietnam ?", OTHER),
        ("¿Cuántos días de vacaciones tengo al año?", OTHER),
        ("Wie lange ist die Probezeit?", OTHER),
        ("Wie viel kostet ein Reisepass?", OTHER),
        ("试用期最长多久", OTHER),
        ("notice period when resigning", EN),  # hardly a word that only joins others
        ("labour contract termination", EN),
        ("maternity leave", EN),
        ("can giay to gi kem theo don", VI),  # "can" and "to" are English too
        ("lm ntn để đc hưởng bhtn z mn", VI),  # chat spelling is no foreign language
        ("facebook bị hack", VI),
        ("karaoke", VI),  # a single foreign word may be used in Vietnamese too
        ("Buôn Đôn, Đắk Lắk", VI),
        ("https://www.example.com/how-to-get-a-visa thử việc", VI),  # an address is of no language
        ("thu viec bao lau, someone@example.com", VI),
    ],
)
def test_language_is_told_by_letters_and_common_words(text: str, language: Language) -> None:
    assert language_of(text) is language


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        ("Thử việc tối đa bao lâu?", True),
        ("thu viec toi da bao lau", True),
        ("can giay to gi kem theo don", True),  # "can" and "to" are English too
        ("xin chào", True),
        ("lam the nao de dang ky ket hon o Ha Noi", True),
        ("How do I register a birth in Hà Nội?", False),  # one name
        ("can I go to Hue", False),
        ("what can i do", False),
        ("karaoke", False),
        ("maternity leave", False),
        ("notice period when resigning", False),
        ("refund", False),
        ("ok", False),
        ("12/2024", False),
        ("", False),
    ],
)
def test_plainly_vietnamese_is_what_can_be_nothing_else(text: str, is_plain: bool) -> None:
    assert is_plainly_vietnamese(text) is is_plain

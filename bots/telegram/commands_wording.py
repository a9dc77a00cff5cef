"""The menu of commands, as Telegram shows it beside the line where people type."""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "vi": (
        ("hoi", "Hỏi thủ tục, pháp luật"),
        ("gui", "Gửi phản ánh, kiến nghị"),
        ("theodoi", "Tra cứu hồ sơ đã gửi"),
        ("diachi", "Chọn xã, phường nơi ở"),
        ("nguoithat", "Cách liên hệ với cán bộ"),
        ("ngonngu", "Đổi ngôn ngữ (Language)"),
        ("huongdan", "Hướng dẫn sử dụng"),
        ("huy", "Dừng việc đang làm dở"),
        ("xoadulieu", "Xóa dữ liệu của ông/bà"),
    ),
    "en": (
        ("ask", "Ask about procedures and law"),
        ("send", "Send a report or a recommendation"),
        ("track", "Look up what you sent"),
        ("address", "Choose the commune you live in"),
        ("person", "How to reach an official"),
        ("language", "Change the language (Ngôn ngữ)"),
        ("help", "How to use this"),
        ("cancel", "Stop what you are doing"),
        ("delete", "Delete your data"),
    ),
}

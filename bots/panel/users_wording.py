"""Sentences of `dienhong user …`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UserSentences:
    """One language. Placeholders are filled by `str.format`."""

    none: str
    invited: str
    shut: str
    reopened: str
    is_invited: str
    has_authenticator: str
    is_shut: str
    name_invalid: str
    name_taken: str
    not_found: str
    last_admin: str
    roles_apart: str
    role_unknown: str


VIETNAMESE = UserSentences(
    none="Chưa có tài khoản nào. Thêm bằng: dienhong user add TÊN --role reviewer",
    invited="Gửi riêng cho người được mời; mở được một lần, đến hết ngày {until}:\n{address}",
    shut="Đã khóa tài khoản {name}.",
    reopened="Đã mở lại tài khoản {name}.",
    is_invited="chưa nhận lời mời",
    has_authenticator="có xác thực hai bước",
    is_shut="đã khóa",
    name_invalid="Tên đăng nhập gồm 2 đến 40 chữ thường không dấu, chữ số, dấu chấm, dấu gạch ngang; tên hiển thị không để trống.",
    name_taken="Đã có tài khoản tên này.",
    not_found="Không có tài khoản tên này.",
    last_admin="Đây là người quản trị cuối cùng. Thêm người quản trị khác trước đã.",
    roles_apart="Người quản trị tài khoản không được giữ hồ sơ bảo mật.",
    role_unknown="Cần ít nhất một vai trò trong các vai trò: {roles}.",
)

ENGLISH = UserSentences(
    none="There is no account yet. Add one: dienhong user add NAME --role reviewer",
    invited="Send this to the invited person alone; it opens once, until {until}:\n{address}",
    shut="The account {name} is shut.",
    reopened="The account {name} is open again.",
    is_invited="has not taken the invitation",
    has_authenticator="two-step sign-in",
    is_shut="shut",
    name_invalid="A user name has 2 to 40 small letters without marks, digits, dots and hyphens; the title must not be empty.",
    name_taken="There is an account of this name.",
    not_found="There is no account of this name.",
    last_admin="This is the last administrator. Add another one first.",
    roles_apart="An account administrator must not keep sealed files.",
    role_unknown="At least one role is needed, of: {roles}.",
)


def user_sentences(language: str) -> UserSentences:
    """The sentences in English for "en", else in Vietnamese."""
    return ENGLISH if language == "en" else VIETNAMESE

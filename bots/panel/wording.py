"""Sentences of the panel's pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.accounts.types import Admin, Given
from assistant.feedback.states import Role


@dataclass(frozen=True, slots=True)
class PanelSentences:
    """One language. Placeholders are filled by `str.format`."""

    title: str
    sign_in: str
    name: str
    password: str
    new_password: str
    password_again: str
    password_hint: str
    go_on: str
    sign_out: str
    refused: str
    signed_out: str
    expired: str
    code_title: str
    code: str
    code_hint: str
    code_wrong: str
    invitation_title: str
    invitation_spent: str
    weak: str
    differ: str
    opened: str
    welcome: str
    your_roles: str
    authenticator_title: str
    authenticator_why: str
    authenticator_steps: tuple[str, str, str]
    secret: str
    open_app: str
    authenticator_set: str
    recovery: str
    recovery_hint: str
    no_pages: str
    foreign: str
    roles: Mapping[Given, str]


VIETNAMESE = PanelSentences(
    title="Trang làm việc",
    sign_in="Đăng nhập",
    name="Tên đăng nhập",
    password="Mật khẩu",  # noqa: S106 - a label
    new_password="Mật khẩu mới",  # noqa: S106 - a label
    password_again="Nhập lại mật khẩu",  # noqa: S106 - a label
    password_hint="Từ {fewest} ký tự trở lên; nên là một câu dài dễ nhớ.",  # noqa: S106 - a hint
    go_on="Tiếp tục",
    sign_out="Đăng xuất",
    refused="Tên, mật khẩu hoặc mã chưa đúng. Sau năm lần sai phải chờ rồi mới thử lại được, lâu nhất 15 phút.",
    signed_out="Ông/bà đã đăng xuất.",
    expired="Phiên làm việc đã hết. Mời ông/bà đăng nhập lại.",
    code_title="Mã xác thực",
    code="Mã 6 số",
    code_hint="Mở ứng dụng xác thực để lấy mã, hoặc nhập một mã dự phòng.",
    code_wrong="Mã chưa đúng. Kiểm tra giờ trên điện thoại rồi nhập mã mới nhất.",
    invitation_title="Đặt mật khẩu",
    invitation_spent="Lời mời đã dùng, đã hết hạn hoặc không có. Ông/bà liên hệ người quản trị để nhận lời mời mới.",
    weak="Mật khẩu cần ít nhất {fewest} ký tự và không được chỉ gồm tên đăng nhập.",
    differ="Hai lần nhập mật khẩu chưa giống nhau.",
    opened="Đã đặt mật khẩu. Mời ông/bà đăng nhập.",
    welcome="Chào {title}",
    your_roles="Vai trò",
    authenticator_title="Ứng dụng xác thực",
    authenticator_why="Vai trò của ông/bà phải đăng nhập bằng mật khẩu và ứng dụng xác thực. Cài đặt một lần, mất khoảng một phút.",
    authenticator_steps=(
        "Cài một ứng dụng xác thực trên điện thoại (loại tạo mã 6 số theo giờ).",
        "Thêm tài khoản bằng khóa dưới đây.",
        "Nhập mã 6 số mà ứng dụng hiện ra.",
    ),
    secret="Khóa",  # noqa: S106 - a label
    open_app="Mở trong ứng dụng xác thực trên máy này",
    authenticator_set="Đã bật xác thực hai bước.",
    recovery="Mã dự phòng",
    recovery_hint="Ghi lại và cất riêng: mỗi mã dùng được một lần khi mất điện thoại. Trang này không hiện lại.",
    no_pages="Các trang làm việc đang được hoàn thiện.",
    foreign="Yêu cầu không đến từ trang này nên chưa được thực hiện. Mời ông/bà mở lại trang và làm lại.",
    roles={
        Role.SCREENER: "Cán bộ tiếp nhận",
        Role.REVIEWER: "Cán bộ xử lý",
        Role.APPROVER: "Người duyệt",
        Role.UNIT_ADMIN: "Quản trị đơn vị",
        Role.SEALED_OFFICER: "Cán bộ giữ hồ sơ bảo mật",
        Role.AGENCY_LIAISON: "Đầu mối cơ quan",
        Role.DEPUTY: "Đại biểu Quốc hội",
        Role.AUDITOR: "Kiểm tra, giám sát hệ thống",
        Admin.ADMIN: "Quản trị tài khoản",
    },
)

ENGLISH = PanelSentences(
    title="Workspace",
    sign_in="Sign in",
    name="User name",
    password="Password",  # noqa: S106 - a label
    new_password="New password",  # noqa: S106 - a label
    password_again="Password again",  # noqa: S106 - a label
    password_hint="At least {fewest} characters; a long sentence is easy to remember.",  # noqa: S106 - a hint
    go_on="Continue",
    sign_out="Sign out",
    refused="The name, the password or the code is not right. After five wrong tries you have to wait, 15 minutes at most.",
    signed_out="You have signed out.",
    expired="Your session is over. Please sign in again.",
    code_title="Authentication code",
    code="Six-digit code",
    code_hint="Open your authenticator for the code, or type a recovery code.",
    code_wrong="That code does not fit. Check the clock of your telephone and type the newest code.",
    invitation_title="Choose a password",
    invitation_spent="This invitation was used, has run out or was never given. Ask an administrator for a new one.",
    weak="A password needs at least {fewest} characters and more than your user name.",
    differ="The two passwords differ.",
    opened="Your password is set. Please sign in.",
    welcome="Welcome, {title}",
    your_roles="Roles",
    authenticator_title="Authenticator",
    authenticator_why="Your role signs in with a password and an authenticator. Setting it up takes about a minute, once.",
    authenticator_steps=(
        "Install an authenticator on your telephone (one that makes six-digit codes by the clock).",
        "Add an account with the key below.",
        "Type the six-digit code that it shows.",
    ),
    secret="Key",  # noqa: S106 - a label
    open_app="Open in the authenticator of this device",
    authenticator_set="Two-step sign-in is on.",
    recovery="Recovery codes",
    recovery_hint="Write them down and keep them apart: each opens once if you lose your telephone. This page does not show them again.",
    no_pages="The pages of the workspace are being made.",
    foreign="The request did not come from this page and was not carried out. Please open the page again and repeat it.",
    roles={
        Role.SCREENER: "Screener",
        Role.REVIEWER: "Reviewer",
        Role.APPROVER: "Approver",
        Role.UNIT_ADMIN: "Unit administrator",
        Role.SEALED_OFFICER: "Officer of sealed files",
        Role.AGENCY_LIAISON: "Liaison of a body",
        Role.DEPUTY: "Deputy of the National Assembly",
        Role.AUDITOR: "Auditor",
        Admin.ADMIN: "Account administrator",
    },
)


def panel_sentences(language: str) -> PanelSentences:
    """The sentences in English for "en", else in Vietnamese."""
    return ENGLISH if language == "en" else VIETNAMESE

"""Sentences about what citizens send: at the command line, in the interface, and in messages to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeedbackSentences:
    """One language. Placeholders are filled by `str.format`."""

    agree_first: str
    received: str
    received_before: str
    status: str
    refused: Mapping[str, str]
    not_found: str
    no_matter: str
    changed_meanwhile: str
    not_allowed: str
    wrong_role: str
    invariant: str
    invariants: Mapping[str, str]
    withdrawn: str
    erased: str
    audit_holds: str
    audit_broken: str
    rotated: str
    old_keys_dropped: str
    purged: str
    worked: str
    nothing_listed: str
    listed: str
    more_listed: str
    due: str
    wrong_cursor: str
    keys_unusable: str
    seal_broken: str
    erased_text: str
    area_then: str
    suggestions: str
    unknown_value: str
    cannot_join: str
    cannot_link: str
    already_linked: str
    nothing_to_undo: str
    needs_its_act: str
    nothing_drafted: str
    denunciation_in_the_open: str
    act_refused: Mapping[str, str]
    personal_data_left: str
    shown_parts: Mapping[str, str]
    done: str
    reports_missing: str
    report_written: str
    trained: Mapping[str, str]


VIETNAMESE = FeedbackSentences(
    agree_first="Chưa gửi. Nếu đồng ý với các điều trên, hãy chạy lại lệnh với --agree.",
    received="Đã tiếp nhận. Mã theo dõi của bạn: {code}\nHãy giữ mã này để xem kết quả, rút hoặc xoá ý kiến.",
    received_before="Ý kiến này đã được tiếp nhận trước đó. Mã theo dõi: {code}",
    status="{code}: {state} (từ {since}). Tiếp nhận {received}.",
    refused={
        "text": "Chưa gửi được: nội dung trống hoặc quá dài. Hãy viết từ 1 đến 100.000 ký tự.",
        "consent": "Chưa gửi được: cần đồng ý với bản thông báo hiện hành trước khi gửi.",
        "channel": "Chưa gửi được: thiếu mã của tin nhắn.",
        "provisions": "Chưa gửi được: điều luật gửi kèm chưa đúng cách ghi. Hãy lấy đúng như trong câu trả lời.",
        "attachment": "Chưa gửi được: tệp kèm theo quá nhiều hoặc quá lớn (tối đa 10 tệp, 20 MB).",
    },
    not_found="Không tìm thấy ý kiến với mã này. Hãy kiểm tra lại từng chữ của mã.",
    no_matter="Không có hồ sơ số {number}, hoặc vai trò này không được xem.",
    changed_meanwhile="Hồ sơ {number} vừa được người khác thay đổi (nay là bản {version}). Hãy mở lại rồi làm tiếp.",
    not_allowed="Không thể chuyển từ «{frm}» sang «{to}». Bước tiếp theo có thể là: {allowed}.",
    wrong_role="Vai trò của bạn không được làm bước này. Cần một trong các vai trò: {allowed}.",
    invariant="Chưa làm được: quy tắc «{name}» không cho phép.",
    invariants={
        "machine_only_suggests": "máy chỉ được gợi ý",
        "sealed_stays_sealed": "hồ sơ bảo mật phải giữ kín",
        "unsealing_needs_a_reason": "mở hồ sơ bảo mật phải nêu lý do",
        "unsealing_needs_another_officer": "mở hồ sơ bảo mật cần hai người giữ hồ sơ khác nhau",
        "rejection_needs_a_reason_code": "không tiếp nhận phải nêu mã lý do",
        "rejection_needs_another_than_the_screener": "người không tiếp nhận phải khác người sàng lọc, và phải có người đã sàng lọc",
        "acceptance_needs_a_kind": "phải xác định loại ý kiến (phản ánh, kiến nghị…) trước khi vào cơ sở dữ liệu",
        "answer_needs_another_than_the_drafter": "người duyệt phải khác người soạn trả lời",
        "publication_needs_confirmed_redaction": "phải xác nhận đã che thông tin cá nhân trước khi công khai",
        "publication_allows_no_sealed_link": "không công khai khi có ý kiến trong diện bảo mật",
    },
    withdrawn="Đã rút ý kiến {code}.",
    erased="Đã xoá nội dung và thông tin liên lạc của {code}. Chỉ còn số đếm thống kê.",
    audit_holds="Nhật ký còn nguyên vẹn: {number} sự kiện, mã cuối {hash}.",
    audit_broken="Nhật ký không còn nguyên vẹn từ sự kiện {number}: {reason}.",
    rotated="Đã thay khoá: {count} mục được mã hoá lại. Hãy khởi động lại dịch vụ đang chạy, "
    "rồi bỏ khoá cũ: dienhong feedback rotate-keys --drop-old",
    old_keys_dropped="Đã bỏ các khoá cũ: {count} mục còn lại được mã hoá lại trước đó.",
    purged="Đã xoá {count} thông tin liên lạc quá hạn lưu giữ.",
    worked="Đã đọc {understood} ý kiến.",
    nothing_listed="Không có hồ sơ nào.",
    listed="Tổng số: {total} hồ sơ.",
    more_listed="Còn hồ sơ tiếp theo, xem bằng: --cursor {cursor}",
    due="hạn {day}",
    wrong_cursor="Vị trí xem tiếp (cursor) không dùng được. Hãy xem lại từ đầu danh sách.",
    keys_unusable="Không dùng được khoá trong {source}: {reason}.",
    seal_broken="Không mở được mục đã mã hoá {place}: {reason}.",
    erased_text="(người gửi đã yêu cầu xoá)",
    area_then="Địa bàn khi đó: {area}",
    suggestions="Máy gợi ý (người xử lý quyết định):",
    unknown_value="Không có «{value}». Hãy chọn một trong: {known}.",
    cannot_join="Không gộp được hồ sơ {number} vào hồ sơ {into}: hồ sơ đã đóng, đã gộp hoặc thuộc diện bảo mật.",
    cannot_link="Không liên kết được với hồ sơ {number}: hồ sơ đã gộp theo dõi chung hoặc thuộc diện bảo mật.",
    already_linked="Ý kiến này đã thuộc hồ sơ {number} hoặc đã được liên kết với hồ sơ đó.",
    nothing_to_undo="Hồ sơ {number} không gộp với hồ sơ nào.",
    needs_its_act="Muốn sang «{to}» phải làm đúng việc đó: gộp hồ sơ, chuyển cơ quan, soạn, duyệt hoặc công khai trả lời.",
    nothing_drafted="Hồ sơ {number} chưa có bản trả lời nào. Hãy soạn trả lời trước.",
    denunciation_in_the_open="Hồ sơ {number} chưa được giữ kín. Nếu là tố cáo, hãy chuyển sang «Lưu bảo mật»; hai người giữ hồ sơ bảo mật sẽ xem.",
    act_refused={
        "text": "Chưa ghi được: nội dung trống hoặc quá dài.",
        "body": "Chưa ghi được: hãy nêu tên cơ quan, tối đa 200 ký tự.",
        "area": "Chưa ghi được: hãy ghi mã địa bàn, ví dụ commune:00454 hoặc province:01.",
        "parts": "Chưa tách được: mỗi phần phải nằm trong nội dung, không trống và không chồng lên nhau (tối đa 10 phần).",
        "code": "Chưa ghi được: có mã không thuộc hồ sơ này. Hãy mở lại hồ sơ và lấy đúng mã.",
        "purpose": "Chưa mở được: hãy nêu mục đích xem thông tin liên lạc, từ 1 đến 500 ký tự.",
        "sender": "Chưa mở được: hồ sơ không có đúng một người gửi. Hãy nêu mã của ý kiến cần xem.",
        "letter": "Chưa liên kết được: không có ý kiến nào mang mã này để liên kết. Hãy kiểm tra lại mã.",
        "reason": "Chưa ghi được: hãy nêu lý do, tối đa 2.000 ký tự.",
        "link": "Chưa hủy được: hồ sơ này không có liên kết đó, hoặc liên kết đã được hủy.",
    },
    personal_data_left="Chưa xác nhận: phần sẽ công khai có thể còn thông tin cá nhân: {found}. Hãy che rồi xác nhận lại; "
    "nếu được phép giữ (như tên người có chức vụ), hãy xác nhận kèm lựa chọn giữ lại (--despite-found).",
    shown_parts={"title": "tiêu đề", "statement": "bản tóm lược", "answer": "nội dung trả lời"},
    done="Đã xong. Hồ sơ {number} nay là bản {version}.",
    reports_missing="Thiếu thư viện để viết văn bản. Hãy cài: pip install 'dienhong[reports]'.",
    report_written="Đã viết báo cáo vào {folder}: {matters} hồ sơ, {claims} số liệu; tính lại khác {differing}.",
    trained={
        "switched": "Đã chuyển sang mô hình {model}. Mô hình cũ: {in_use}. Mô hình mới: {trained}.",
        "not_better": "Giữ mô hình {model}: {in_use}. Bản mới không hơn: {trained}.",
        "too_few": "Mới có {judged} quyết định của người xử lý để so sánh; cần ít nhất 30. Vẫn dùng mô hình {model}.",
    },
)
ENGLISH = FeedbackSentences(
    agree_first="Nothing was sent. If you agree to the above, run the command again with --agree.",
    received="Received. Your tracking code: {code}\nKeep it to follow, withdraw or delete what you sent.",
    received_before="This was received before. Tracking code: {code}",
    status="{code}: {state} (since {since}). Received {received}.",
    refused={
        "text": "Not sent: the text is empty or too long. Write 1 to 100,000 characters.",
        "consent": "Not sent: the current notice must be agreed to first.",
        "channel": "Not sent: the message id is missing.",
        "provisions": "Not sent: a provision is not written as it stands in answers.",
        "attachment": "Not sent: too many or too large files (at most 10 files, 20 MB).",
    },
    not_found="Nothing was found under this code. Check each character of it.",
    no_matter="There is no recommendation {number}, or this role may not see it.",
    changed_meanwhile="Somebody else has just changed recommendation {number} (now version {version}). Open it again and go on.",
    not_allowed="There is no step from “{frm}” to “{to}”. The next may be: {allowed}.",
    wrong_role="Your role may not take this step. One of these roles may: {allowed}.",
    invariant="Not done: the rule “{name}” forbids it.",
    invariants={
        "machine_only_suggests": "a machine only suggests",
        "sealed_stays_sealed": "what is sealed stays sealed",
        "unsealing_needs_a_reason": "unsealing needs a reason",
        "unsealing_needs_another_officer": "unsealing needs two different sealed-file officers",
        "rejection_needs_a_reason_code": "a rejection needs a reason code",
        "rejection_needs_another_than_the_screener": "who rejects must be another person than the screener, and somebody must have screened it",
        "acceptance_needs_a_kind": "its kind (report, recommendation…) must be settled before it goes into the database",
        "answer_needs_another_than_the_drafter": "who approves an answer must not have drafted it",
        "publication_needs_confirmed_redaction": "the redaction must be confirmed before publication",
        "publication_allows_no_sealed_link": "nothing is published while a sealed submission belongs to it",
    },
    withdrawn="{code} is withdrawn.",
    erased="Text and contact details of {code} are deleted. Only counts remain.",
    audit_holds="The audit trail holds: {number} events, last hash {hash}.",
    audit_broken="The audit trail does not hold from event {number} on: {reason}.",
    rotated="The key is exchanged: {count} values sealed anew. Restart the services that are running, "
    "then drop the old keys: dienhong feedback rotate-keys --drop-old",
    old_keys_dropped="The old keys are gone: {count} more values were sealed anew before.",
    purged="{count} contacts past their retention were removed.",
    worked="{understood} submissions were read.",
    nothing_listed="There are no recommendations.",
    listed="In all: {total}.",
    more_listed="There are more: --cursor {cursor}",
    due="due {day}",
    wrong_cursor="This cursor cannot be used. List from the beginning again.",
    keys_unusable="The keys of {source} cannot be used: {reason}.",
    seal_broken="The sealed value {place} cannot be opened: {reason}.",
    erased_text="(deleted at the sender's request)",
    area_then="Area at that time: {area}",
    suggestions="A machine suggests (a person decides):",
    unknown_value="There is no “{value}”. Choose one of: {known}.",
    cannot_join="Recommendation {number} cannot be joined to {into}: one is closed, joined already, or sealed.",
    cannot_link="Nothing can be linked to recommendation {number}: it is followed with another, or sealed.",
    already_linked="This belongs to recommendation {number} already, or is linked to it.",
    nothing_to_undo="Recommendation {number} is joined to no other.",
    needs_its_act="“{to}” is reached by its act only: join, refer, draft, approve or publish an answer.",
    nothing_drafted="Recommendation {number} has no answer yet. Draft one first.",
    denunciation_in_the_open="Recommendation {number} is not sealed. If it is a denunciation, lead it to “Sealed”; two sealed-file officers will look.",
    act_refused={
        "text": "Not kept: the text is empty or too long.",
        "body": "Not kept: name the body, in at most 200 characters.",
        "area": "Not kept: write the code of the area, such as commune:00454 or province:01.",
        "parts": "Not split: parts must lie in the text, must not be empty or overlap (at most 10).",
        "code": "Not kept: a code does not belong to this recommendation. Open it again and take its codes.",
        "purpose": "Not shown: say what the contact details are needed for, in 1 to 500 characters.",
        "sender": "Not shown: there is not exactly one sender. Name the code of the submission.",
        "letter": "Not linked: there is no submission under this code that could be linked. Check the code.",
        "reason": "Not kept: give a reason, in at most 2,000 characters.",
        "link": "Not undone: this recommendation has no such link, or it was undone already.",
    },
    personal_data_left="Not confirmed: what would be public may still hold personal data: {found}. Redact it and confirm again; "
    "where it may stay (the name of an official), confirm with that choice (--despite-found).",
    shown_parts={"title": "the title", "statement": "the statement", "answer": "the answer"},
    done="Done. Recommendation {number} is at version {version} now.",
    reports_missing="The libraries that write documents are missing. Install: pip install 'dienhong[reports]'.",
    report_written="The report is in {folder}: {matters} matters, {claims} numbers; counted anew, {differing} differ.",
    trained={
        "switched": "Now using model {model}. The one before: {in_use}. The new one: {trained}.",
        "not_better": "Kept model {model}: {in_use}. The new one is not better: {trained}.",
        "too_few": "Only {judged} decisions of reviewers to compare on; 30 are needed. Model {model} stays in use.",
    },
)


def feedback_sentences(language: str) -> FeedbackSentences:
    """The sentences of `vi` or `en`."""
    return ENGLISH if language == "en" else VIETNAMESE

"""Every sentence that people read, in Vietnamese and in English. No other module holds prose for people."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one interface language; `{…}` are filled in."""

    # answers
    according_to: str
    no_source: str
    no_source_next: str
    no_such_provision: str
    document_not_held: str
    added_later: str
    which_law: str
    more_of_article: str
    related_heading: str
    not_in_force: str
    empty_question: str
    no_words: str
    too_long: str
    understood_as: str
    later_change_certain: str
    later_change_possible: str
    valid_since: str
    valid_until: str
    validity_unknown: str
    procedure_heading: str
    who_heading: str
    where_heading: str
    steps_heading: str
    papers_heading: str
    to_submit: str
    to_show: str
    originals: str
    copies: str
    form: str
    fee_heading: str
    time_heading: str
    result_heading: str
    notes_heading: str
    basis_heading: str
    change_heading: str
    unchecked_heading: str
    checked_on: str
    online_heading: str
    receives_at: str
    machine_notice: str
    # command line
    chat_welcome: str
    chat_prompt: str
    choose_by_number: str
    serving: str
    serving_telegram: str
    telegram_refused: str
    telegram_unreached: str
    chat_goodbye: str
    chat_erased: str
    preparing: str
    reading_source: str
    indexing_words: str
    indexing_meaning: str
    words_ready: str
    index_ready: str
    imported: str
    failures_heading: str
    failures_more: str
    no_corpus: str
    no_index: str
    stale_index: str
    index_busy: str
    index_unreachable: str
    disk_full: str
    disk_filled: str
    index_unfinished: str
    source_unreadable: str
    bad_date: str
    bad_provision: str
    unknown_provision: str
    unknown_document: str
    model_unavailable: str
    bad_setting: str
    extra_missing: str
    bad_file: str
    interrupted: str
    unexpected: str


VIETNAMESE = Sentences(
    according_to="Theo {where}: {what}",
    no_source="Tôi chưa tìm thấy quy định nào trong kho văn bản hiện có trả lời câu hỏi này.",
    no_source_next="Bạn có thể hỏi lại cụ thể hơn (việc gì, ai với ai, khi nào), hoặc hỏi cơ quan tư pháp, Trung tâm Phục vụ hành chính công nơi bạn ở.",
    no_such_provision="Trong kho văn bản không có {provision}.",
    document_not_held="Kho văn bản hiện chưa có “{document}”. Bạn có thể kiểm tra lại tên, số hoặc năm ban hành.",
    added_later="{provision} được thêm vào bởi {title} số {number}, có hiệu lực từ {since}. Kho văn bản chỉ có bản ban hành ban đầu nên chưa có điều này.",
    which_law="{provision} của luật nào? Bạn hãy hỏi lại kèm tên luật, ví dụ:",
    more_of_article="{article} còn nội dung chưa trích ở trên. Xem toàn văn: trang /provisions/{id} hoặc lệnh dienhong corpus show {id}",
    related_heading="Có thể liên quan (chưa phải câu trả lời):",
    not_in_force="Không có quy định nào có hiệu lực vào ngày {as_of} trả lời câu hỏi này. Vào thời điểm khác thì có:",
    empty_question="Bạn chưa gõ câu hỏi. Hãy gõ điều bạn muốn biết, ví dụ: thử việc tối đa bao lâu?",
    no_words="Tôi chưa đọc được câu hỏi. Bạn hãy gõ bằng chữ, có dấu hay không dấu đều được.",
    too_long="Câu hỏi dài quá {limit} ký tự. Bạn hãy tóm lại trong vài câu: chuyện gì xảy ra và bạn muốn biết điều gì.",
    understood_as="Tôi hiểu là: {text}",
    later_change_certain="Lưu ý: điều này đã được sửa đổi bởi {title} số {number}, có hiệu lực từ {since}. Nội dung trích là bản ban hành ban đầu.",
    later_change_possible="Lưu ý: {title} số {number} (có hiệu lực từ {since}) đã sửa đổi văn bản này; cần kiểm tra điều được trích có bị sửa hay không.",
    valid_since="hiệu lực từ {since}",
    valid_until="đến hết {until}",
    validity_unknown="chưa rõ ngày hiệu lực",
    procedure_heading="Thủ tục: {name}",
    who_heading="Ai làm",
    where_heading="Nộp ở đâu",
    steps_heading="Các bước",
    papers_heading="Giấy tờ cần có",
    to_submit="nộp",
    to_show="xuất trình",
    originals="{count} bản chính",
    copies="{count} bản sao",
    form="mẫu {form}",
    fee_heading="Phí, lệ phí",
    time_heading="Thời hạn giải quyết",
    result_heading="Kết quả",
    notes_heading="Cần nhớ",
    basis_heading="Căn cứ pháp lý",
    change_heading="Thay đổi từ 01/7/2025",
    unchecked_heading="Chưa kiểm tra được",
    checked_on="Thông tin kiểm tra ngày {day}.",
    online_heading="Nộp trực tuyến",
    receives_at="tiếp nhận tại {place}",
    machine_notice="Câu trả lời do máy trích từ văn bản, để tham khảo; khi cần chắc chắn, hãy hỏi cơ quan có thẩm quyền.",
    chat_welcome="Diên Hồng: hỏi pháp luật, thủ tục. Gõ câu hỏi rồi bấm Enter; gõ «thoát» để dừng.",
    chat_prompt="Bạn hỏi: ",
    choose_by_number="Bạn gõ số ở đầu dòng để chọn, hoặc nói lại bằng lời của mình.",
    serving="Diên Hồng đang chạy: mở {url} bằng trình duyệt. Bấm Ctrl+C để dừng.",
    serving_telegram="Bot Telegram cũng đang chạy: mở Telegram và nhắn cho @{name} (https://t.me/{name}).",
    telegram_refused="Telegram không nhận mã của bot, nên bot không chạy; trang web vẫn chạy. Hãy lấy lại mã ở @BotFather (lệnh /token), sửa DIENHONG_TELEGRAM_TOKEN trong tệp .env rồi chạy lại.",
    telegram_unreached="Chưa kết nối được với Telegram; bot vẫn đang thử lại. Nếu máy này không vào được Telegram, hãy đặt DIENHONG_TELEGRAM_PROXY.",
    chat_goodbye="Chào bạn.",
    chat_erased="Đã xóa cuộc trò chuyện. Bạn có thể hỏi việc khác.",
    preparing="Lần chạy đầu: đang chuẩn bị kho văn bản…",
    reading_source="Đọc nguồn",
    indexing_words="Lập chỉ mục theo từ",
    indexing_meaning="Lập chỉ mục theo nghĩa",
    words_ready="Đã tra cứu được theo từ ({passages} đoạn).",
    index_ready="Chỉ mục đã xong: {passages} đoạn, {embedded} đoạn có chỉ mục theo nghĩa.",
    imported="{source}: {batches} phần, bỏ qua {skipped} phần không đổi; thêm {added}, sửa {changed}, giữ nguyên {unchanged}, không còn trong nguồn {vanished}; lỗi {failures}.",
    failures_heading="Những chỗ chưa nhập được:",
    failures_more="… và {count} chỗ nữa; xem bằng: dienhong corpus status --failures",
    no_corpus="Kho văn bản đang trống. Hãy chạy: dienhong corpus import codes",
    stale_index="Lưu ý: kho văn bản đã thay đổi sau lần lập chỉ mục gần nhất. Hãy chạy: dienhong index build",
    no_index="Chưa có chỉ mục. Hãy chạy: dienhong index build",
    index_busy="Một tiến trình khác đang làm chỉ mục ({path}). Hãy chờ tiến trình đó xong rồi thử lại.",
    index_unreachable="Không kết nối được máy chủ Qdrant {url}: {reason}. Hãy kiểm tra địa chỉ (DIENHONG_QDRANT_URL), khóa và mạng rồi thử lại.",
    disk_full="Ổ đĩa đã đầy. Hãy giải phóng chỗ trống rồi chạy lại; dữ liệu cũ còn nguyên.",
    disk_filled="Ổ đĩa bị đầy trong lúc đang lập chỉ mục. Không mất gì: dữ liệu cũ còn nguyên, dịch vụ đang chạy vẫn trả lời như trước. Hãy giải phóng thêm ít nhất {megabytes} MB rồi chạy: dienhong index build (lệnh này làm tiếp từ chỗ đang dở).",
    index_unfinished="Tiến trình lập chỉ mục dừng giữa chừng ({how}). Không mất gì: dữ liệu cũ còn nguyên, dịch vụ đang chạy vẫn trả lời như trước. Hãy chạy: dienhong index build (lệnh này làm tiếp từ chỗ đang dở); nếu vẫn lỗi thì báo cho người quản trị.",
    source_unreadable="Không đọc được nguồn {place}: {reason}",
    bad_date="Ngày «{text}» không hợp lệ. Hãy viết theo dạng NĂM-THÁNG-NGÀY, ví dụ 2025-07-01.",
    bad_provision="«{text}» không phải là mã điều khoản. Hãy viết như 45/2019/QH14@36.1.a hoặc «khoản 1 Điều 36 Bộ luật Lao động».",
    unknown_provision="Kho văn bản không có {provision}.",
    unknown_document="Kho văn bản không có văn bản {document}.",
    model_unavailable="Không dùng được mô hình {name}: {reason}",
    bad_setting="Cài đặt {name} chưa đúng: {reason}",
    extra_missing="{setting} cần thêm thư viện. Cài đặt: pip install 'dienhong[{extra}]' (trong mã nguồn: pip install '.[{extra}]').",
    bad_file="Tệp chưa đúng: {reason}",
    interrupted="Đã dừng. Chạy lại lệnh này để làm tiếp từ chỗ đang dở.",
    unexpected="Có lỗi ngoài dự kiến ({kind}). Dữ liệu đã lưu còn nguyên; hãy thử lại, nếu vẫn lỗi thì gửi nhật ký cho người quản trị.",
)

ENGLISH = Sentences(
    according_to="Under {where}: {what}",
    no_source="I found no provision in the texts at hand that answers this question.",
    no_source_next="Please ask again in more detail (what, between whom, when), or ask the justice office or the Public Administration Service Centre where you live.",
    no_such_provision="The texts at hand hold no {provision}.",
    document_not_held="The texts at hand do not include “{document}”. Please check its name, number or year.",
    added_later="{provision} was added by {title} No. {number}, in force since {since}. The texts at hand hold only the law as first issued, without it.",
    which_law="{provision} of which law? Please ask again with the name of the law, for example:",
    more_of_article="There is more of {article} than is quoted above. The whole text: page /provisions/{id} or the command dienhong corpus show {id}",
    related_heading="Possibly related (not the answer):",
    not_in_force="Nothing in force on {as_of} answers this question. At another time there was:",
    empty_question="You have not typed a question yet. Type what you want to know, for example: how long may a trial period last?",
    no_words="I could not read a question. Please type it in words.",
    too_long="The question is longer than {limit} characters. Please sum it up in a few sentences: what happened, and what you want to know.",
    understood_as="I understood: {text}",
    later_change_certain="Note: this article was amended by {title} No. {number}, in force since {since}. The text quoted is the one first issued.",
    later_change_possible="Note: {title} No. {number} (in force since {since}) amended this document; check whether it changed the article quoted.",
    valid_since="in force since {since}",
    valid_until="until {until}",
    validity_unknown="day of entry into force unknown",
    procedure_heading="Procedure: {name}",
    who_heading="Who",
    where_heading="Where to submit",
    steps_heading="Steps",
    papers_heading="Papers",
    to_submit="submit",
    to_show="show",
    originals="{count} original(s)",
    copies="{count} copy/copies",
    form="form {form}",
    fee_heading="Fees",
    time_heading="Processing time",
    result_heading="Result",
    notes_heading="Keep in mind",
    basis_heading="Legal basis",
    change_heading="Changed on 1 July 2025",
    unchecked_heading="Could not be checked",
    checked_on="Facts checked on {day}.",
    online_heading="Online",
    receives_at="received at {place}",
    machine_notice="A machine quoted this from the texts, for reference; when it matters, ask the competent authority.",
    chat_welcome="Diên Hồng: ask the law and procedures. Type a question and press Enter; type “exit” to stop.",
    chat_prompt="You ask: ",
    choose_by_number="Type the number of a line to choose it, or say it in your own words.",
    serving="Diên Hồng is running: open {url} in a browser. Press Ctrl+C to stop.",
    serving_telegram="The Telegram bot is running too: open Telegram and write to @{name} (https://t.me/{name}).",
    telegram_refused="Telegram refuses the bot's token, so there is no bot; the web service runs. Get the token from @BotFather (/token), correct DIENHONG_TELEGRAM_TOKEN in the file .env and start again.",
    telegram_unreached="Telegram has not been reached yet; the bot goes on trying. If this machine cannot reach Telegram, set DIENHONG_TELEGRAM_PROXY.",
    chat_goodbye="Goodbye.",
    chat_erased="The conversation is deleted. You can ask about something else.",
    preparing="First run: preparing the texts…",
    reading_source="Reading the source",
    indexing_words="Indexing words",
    indexing_meaning="Indexing meaning",
    words_ready="Search by words is ready ({passages} passages).",
    index_ready="The index is ready: {passages} passages, {embedded} of them by meaning.",
    imported="{source}: {batches} parts, {skipped} unchanged ones skipped; {added} added, {changed} changed, {unchanged} kept, {vanished} no longer in the source; {failures} failures.",
    failures_heading="Could not be imported:",
    failures_more="… and {count} more; see: dienhong corpus status --failures",
    no_corpus="The corpus is empty. Run: dienhong corpus import codes",
    stale_index="Note: the corpus has changed since it was last indexed. Run: dienhong index build",
    no_index="There is no index yet. Run: dienhong index build",
    index_busy="Another process is building the index ({path}). Wait until it has finished, then try again.",
    index_unreachable="Cannot reach the Qdrant server {url}: {reason}. Check the address (DIENHONG_QDRANT_URL), the key and the network.",
    disk_full="The disk is full. Free some space and run this again; what was there is untouched.",
    disk_filled="The disk filled up while the index was being built. Nothing is lost: what was there is untouched, and a running service answers as before. Free at least {megabytes} MB more, then run: dienhong index build (it goes on where it stopped).",
    index_unfinished="The process that builds the index ended before it was done ({how}). Nothing is lost: what was there is untouched, and a running service answers as before. Run: dienhong index build (it goes on where it stopped); if it fails again, tell your administrator.",
    source_unreadable="Cannot read the source {place}: {reason}",
    bad_date="“{text}” is not a date. Write YEAR-MONTH-DAY, for example 2025-07-01.",
    bad_provision="“{text}” does not name a provision. Write 45/2019/QH14@36.1.a or “khoản 1 Điều 36 Bộ luật Lao động”.",
    unknown_provision="The corpus has no {provision}.",
    unknown_document="The corpus has no document {document}.",
    model_unavailable="The model {name} cannot be used: {reason}",
    bad_setting="The setting {name} is wrong: {reason}",
    extra_missing="{setting} needs more libraries. Install: pip install 'dienhong[{extra}]' (in the source tree: pip install '.[{extra}]').",
    bad_file="The file is wrong: {reason}",
    interrupted="Stopped. Run the command again to go on from here.",
    unexpected="Something unexpected went wrong ({kind}). What was saved is untouched; try again, and send the log to the administrator if it fails again.",
)

# Parts of a guide, as its list of open points names them.
_PARTS = {
    "name": ("tên thủ tục", "name"),
    "code": ("mã thủ tục", "code"),
    "field": ("lĩnh vực", "field"),
    "who": ("ai làm", "who"),
    "where": ("nơi nộp", "where"),
    "steps": ("các bước", "steps"),
    "papers": ("giấy tờ", "papers"),
    "fee": ("phí, lệ phí", "fee"),
    "processing_time": ("thời hạn", "processing time"),
    "online_level": ("nộp trực tuyến", "online"),
    "online_address": ("địa chỉ nộp trực tuyến", "online address"),
    "result": ("kết quả", "result"),
    "legal_basis": ("căn cứ pháp lý", "legal basis"),
    "two_level_change": ("thay đổi từ 01/7/2025", "change of 1 July 2025"),
    "notes": ("lưu ý", "notes"),
}


def open_point(text: str, words: Sentences) -> str:
    """An entry of `unchecked` ("fee, steps: …") with the names of the parts in the reader's language."""
    names, mark, open_question = text.partition(":")
    place = 1 if words is ENGLISH else 0
    known = [_PARTS[name.strip()][place] for name in names.split(",") if name.strip() in _PARTS]
    return f"{', '.join(known).capitalize()}{mark}{open_question}" if known else text


EXIT_WORDS = frozenset({"thoát", "thoat", "exit", "quit", "q", "/thoat"})


def sentences(language: str) -> Sentences:
    """The sentences of an interface language: `vi` or `en`."""
    return ENGLISH if language == "en" else VIETNAMESE


def language_code(words: Sentences) -> str:
    """The interface language of sentences: `vi` or `en`."""
    return "en" if words is ENGLISH else "vi"

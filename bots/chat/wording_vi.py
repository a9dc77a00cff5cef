"""What is said in a chat, in Vietnamese: sentences and labels by the names that assistant/chats uses; see bots/chat/wording.py."""

from __future__ import annotations

from collections.abc import Mapping

DEFAULT_OFFICE = "Ủy ban Mặt trận Tổ quốc Việt Nam"

GREETING: Mapping[str, str] = {
    "start": "Kính chào ông/bà. Tôi là <b>máy trả lời tự động</b> của hệ thống Diên Hồng, phục vụ {office}.\n"
    "Tôi trả lời câu hỏi về thủ tục, pháp luật; nhận phản ánh, kiến nghị; báo lại kết quả.\n"
    "Câu hỏi chỉ lưu một thời gian rồi xóa. Phản ánh, kiến nghị được mã hóa khi lưu, và chỉ gửi đến cán bộ khi ông/bà bấm đồng ý. "
    "Muốn xóa lúc nào cũng được: /xoadulieu\n"
    "Mời ông/bà chọn một việc dưới đây, hoặc cứ gõ điều muốn hỏi.",
    "help": "Ông/bà cứ gõ điều muốn hỏi, có dấu hay không dấu đều được. Hoặc bấm vào một dòng:\n\n"
    "/hoi – hỏi thủ tục, pháp luật\n"
    "/gui – gửi phản ánh, kiến nghị\n"
    "/theodoi – xem ý kiến đã gửi đến đâu\n"
    "/diachi – ghi xã, phường nơi ở\n"
    "/ngonngu – tiếng Việt, English\n"
    "/nguoithat – gặp cán bộ\n"
    "/xoadulieu – xóa dữ liệu của mình\n"
    "/huy – bỏ việc đang làm dở\n"
    "/batdau – về đầu\n"
    "/huongdan – xem lại các dòng này\n\n"
    "Nếu có người đang gặp nguy hiểm, xin gọi ngay 113, 114 hoặc 115.",
    "ask": "Mời ông/bà gõ câu hỏi. Ví dụ:\n<i>Làm giấy khai sinh cho cháu cần giấy tờ gì?</i>",
    "language": "Ông/bà muốn dùng tiếng nào?\nWhich language would you like?",
    "language.chosen": "Từ nay tôi trả lời bằng tiếng Việt. Mời ông/bà chọn một việc, hoặc cứ gõ điều muốn hỏi.",
    "area": "Ông/bà ở xã, phường nào? Xin gõ tên, tên cũ hay tên mới đều được.\n\n"
    "Nơi ở đang ghi: <b>{place}</b>\n\n"
    "Nơi ở chỉ dùng để điền sẵn khi ông/bà gửi phản ánh.",
    "area.unknown": "Tôi không tìm thấy xã, phường nào có tên như vậy. Xin gõ lại, kèm tên tỉnh hoặc thành phố. "
    "Ví dụ: <i>phường Ba Đình, Hà Nội</i>",
    "area.choose": "Xin ông/bà bấm vào nơi đúng. Nếu không có, xin gõ lại tên.",
    "area.kept": "Đã ghi nơi ở: <b>{place}</b>.\n\nMuốn đổi, xin bấm /diachi",
    "area.dropped": "Đã xóa nơi ở đã ghi.",
    "person": "Ở đây chỉ có máy trả lời. Muốn gặp cán bộ, ông/bà có thể:\n\n"
    "– đến Ủy ban Mặt trận Tổ quốc hoặc Ủy ban nhân dân xã, phường nơi ở;\n"
    "– về thủ tục, hồ sơ: đến Trung tâm Phục vụ hành chính công;\n"
    "– về ý kiến đã gửi qua đây: bấm /theodoi, chọn mã rồi nhắn bổ sung; cán bộ sẽ đọc.\n\n"
    "<b>Điện thoại cơ quan:</b> {telephone}\n\n"
    "<b>Địa chỉ cơ quan:</b> {address}\n\n"
    "<b>Giờ làm việc:</b> {hours}\n\n"
    "Nếu có người đang gặp nguy hiểm, xin gọi ngay 113, 114 hoặc 115.",
    "too_old": "Nút này không còn dùng được. Xin ông/bà gõ lại điều cần hỏi, hoặc bấm /huongdan",
    "slow": "Ông/bà nhắn nhiều quá trong một lúc nên tôi chưa đọc kịp. Xin chờ một phút rồi nhắn lại.",
    "failed": "Xin lỗi ông/bà, máy gặp lỗi nên chưa làm được việc vừa rồi. Xin nhắn lại.\n\nNếu vẫn không được, xin bấm /nguoithat",
    "unsupported": "Tôi chưa đọc được loại tin này. Xin ông/bà gõ bằng chữ, hoặc gửi ảnh, video, ghi âm, tệp, vị trí.",
    "unknown_command": "Tôi không có lệnh này. Xin bấm /huongdan để xem các lệnh.",
    "group": "Trong nhóm, tôi chỉ trả lời câu hỏi về thủ tục, pháp luật.\n\n"
    "Việc khác xin ông/bà nhắn riêng cho tôi, để người trong nhóm không đọc được.",
    "group.rest": "Muốn xem thêm, xin ông/bà nhắn riêng câu hỏi này cho tôi.",
}

ASKING: Mapping[str, str] = {
    "answer.none": "Tôi chưa trả lời được câu này. Xin ông/bà gửi lại câu hỏi.",
    "answer.not_mine": "Xin lỗi, tôi đã hiểu chưa đúng. Xin ông/bà hỏi lại cụ thể hơn: việc gì, của ai, khi nào.",
    "answer.not_mine.restored": "Xin lỗi, tôi đã hiểu câu hỏi là:\n<blockquote>{restored}</blockquote>\n\n"
    "Nếu chưa đúng, xin ông/bà gõ lại, nên gõ có dấu.",
    "answer.account_status": "Nếu là phản ánh, kiến nghị đã gửi qua đây, xin bấm /theodoi",
    "papers": "<b>Giấy tờ cần có</b>\n\nĐã có {had} trên {all} loại. Có loại nào rồi thì xin bấm vào nút của loại đó.\n\n"
    "<b>Chưa có</b>\n{missing}\n\n"
    "<b>Đã có</b>\n{ready}",
    "papers.all": "<b>Giấy tờ cần có</b>\n\nÔng/bà đã có đủ {all} loại.\n\n{ready}",
    "mixed": "Ông/bà còn nêu việc này:\n<blockquote>{text}</blockquote>\nViệc này chưa được chuyển đi. "
    "Muốn có cán bộ xem và trả lời, xin bấm nút dưới đây.",
    "wrong": "Câu trả lời sai hoặc thiếu ở chỗ nào? Xin bấm vào một dòng.",
    "wrong.kept": "Đã ghi nhận. Ông/bà có thể viết thêm sai, thiếu chỗ nào; không viết thì bấm “Bỏ qua”.",
    "wrong.thanks": "Xin cảm ơn ông/bà. Lời góp ý đã được ghi lại để sửa.",
}

SENDING: Mapping[str, str] = {
    "send.what": "Mời ông/bà viết nội dung: chuyện gì, từ khi nào, mong muốn gì.\n\nGửi ảnh hoặc ghi âm cũng được.",
    "send.no_words": "Tôi chưa đọc được nội dung. Xin ông/bà viết vài chữ: chuyện gì, mong muốn gì.",
    "send.two": "Ông/bà còn một ý kiến đang viết dở, chưa gửi:\n<blockquote>{old}</blockquote>\n\n"
    "Vừa rồi ông/bà nêu:\n<blockquote>{new}</blockquote>\n\nÔng/bà muốn gửi việc nào?",
    "send.where": "Việc này ở đâu? Xin gõ địa chỉ hoặc tên xã, phường.",
    "send.files": "Ông/bà có ảnh, ghi âm hoặc giấy tờ kèm theo thì gửi vào đây. Không có thì bấm “Không có, đi tiếp”.",
    "send.contact": "Ông/bà có muốn để lại họ tên, số điện thoại không? Xin viết chung trong một tin nhắn.\n\n"
    "Không để lại cũng gửi được. Có kết quả, tôi vẫn báo ở đây.",
    "send.resume": "Ông/bà đang viết dở một ý kiến:\n<blockquote>{text}</blockquote>",
    "send.like": "Đã có người gửi ý kiến tương tự. Nếu cùng ý, ông/bà chỉ cần bấm “Tôi cũng vậy”, không phải gửi nữa.",
    "consent": "{text}",
    "send.check": "Xin ông/bà xem lại trước khi gửi.\n\n"
    "<b>Nội dung</b>\n<blockquote>{text}</blockquote>\n\n"
    "<b>Nơi xảy ra:</b> {where}\n\n"
    "<b>Số tệp kèm theo:</b> {files}\n\n"
    "<b>Liên lạc</b> (không công khai): {contact}\n\n"
    "<b>Khi công khai, nội dung sẽ như sau:</b>\n<blockquote>{redacted}</blockquote>",
    "sent": "Đã nhận ý kiến của ông/bà. Mã theo dõi:\n<code>{code}</code>\n\n"
    "Tiếp theo, cán bộ đọc và phân loại, dự kiến trước hết ngày {by}. Đây là hạn nội bộ tự đặt ra, không phải hạn do luật định.\n\n"
    "Có tin mới, tôi sẽ nhắn ở đây. Muốn xem đến đâu, xin bấm /theodoi",
    "sent.secret": "Đã nhận ý kiến của ông/bà và lưu bảo mật. Mã theo dõi:\n<code>{code}</code>\n\n"
    "Xin giữ kín mã này. Lời nhắn này không thay cho đơn tố cáo; muốn được giải quyết, ông/bà vẫn phải gửi đơn hoặc đến trình bày.",
    "send.not_a_complaint": "Lời nhắn ở đây <b>không phải là đơn khiếu nại</b>. Muốn được giải quyết khiếu nại, ông/bà phải gửi đơn "
    "có ký tên, hoặc đến trình bày trực tiếp (Điều 8 Luật Khiếu nại số 02/2011/QH13, đã được sửa đổi, bổ sung). "
    "Khiếu nại có thời hạn; gửi ở đây không giữ được thời hạn đó.\n\n"
    "Nếu vẫn muốn cán bộ biết việc này, ông/bà có thể gửi như một ý kiến.",
    "send.not_a_denunciation": "Lời nhắn ở đây <b>không phải là đơn tố cáo</b>. Muốn được giải quyết tố cáo, ông/bà phải gửi đơn "
    "có họ tên, địa chỉ và ký tên đến cơ quan có thẩm quyền, hoặc đến trình bày trực tiếp (Điều 22 và Điều 23 Luật Tố cáo số 25/2018/QH14, "
    "đã được sửa đổi, bổ sung). Điều 8 của Luật này cấm để lộ ai là người tố cáo.\n\n"
    "Ông/bà vẫn có thể gửi ở đây. Nội dung sẽ được <b>lưu bảo mật</b>: không công khai, chỉ người được giao giữ hồ sơ bảo mật mới mở được. "
    "Xin đừng viết họ tên, địa chỉ của ông/bà vào đây.",
    "supported": "Đã tính ông/bà là người cùng ý.\n\nÔng/bà có muốn gửi thêm ý kiến của riêng mình không?",
    "supported.enough": "Vâng. Ông/bà đã được tính là cùng ý. Nội dung vừa soạn không gửi và đã xóa.",
    "send.tap": "Nếu đồng ý gửi, xin ông/bà bấm nút “Đồng ý và gửi” dưới đây.",
    "cancelled": "Đã bỏ. Không có gì được gửi đi; nội dung và tệp vừa soạn đã xóa.",
    "cancelled.nothing": "Vâng. Không có gì được gửi đi, không có gì thay đổi.",
    "skipped": "Vâng. Khi cần, ông/bà cứ gõ điều muốn hỏi.",
    "file.too_many": "Đã đủ {most} ảnh, tệp nên tôi không nhận thêm được nữa. Muốn gửi cái khác, xin bỏ các ảnh, tệp đã gửi rồi chọn lại.",
    "file.too_big": "Tệp này lớn quá. Xin ông/bà gửi tệp dưới 20 MB; nếu là video, xin gửi đoạn ngắn hơn.",
    "file.too_much": "Tôi không nhận tệp vừa gửi, vì tất cả ảnh, tệp kèm theo một ý kiến không được quá 20 MB. "
    "Xin ông/bà gửi tệp nhỏ hơn, hoặc bỏ các ảnh, tệp đã gửi rồi chọn lại.",
    "file.kind": "Tôi chưa nhận được loại tệp này. Xin gửi ảnh, video, ghi âm, tệp PDF hoặc Word.",
    "file.infected": "Tệp này có thể chứa mã độc nên tôi không nhận. Xin ông/bà gửi tệp khác.",
    "file.broken": "Tôi không mở được tệp này. Xin ông/bà gửi lại, hoặc gửi ảnh, video khác.",
    "file.taken": "Đã nhận, tất cả {files} ảnh, tệp. Ông/bà gửi thêm, hoặc bấm “Đủ rồi, đi tiếp”.",
    "file.album": "Đang nhận các ảnh, tệp ông/bà vừa gửi. Gửi xong, xin bấm “Đủ rồi, đi tiếp”.",
    "file.kept": "Đã nhận ảnh, tệp ông/bà vừa gửi.",
    "file.dropped": "Đã bỏ hết ảnh, tệp gửi kèm.",
    "file.words_please": "Đã nhận. Xin ông/bà viết vài chữ: chuyện gì, mong muốn gì.",
    "voice.words_please": "Đã giữ ghi âm để gửi kèm. Tôi chưa nghe được tiếng nói, xin ông/bà viết thêm một dòng: chuyện gì, mong muốn gì.",
    "voice.heard": "Tôi nghe được như sau:\n<blockquote>{words}</blockquote>\n\n"
    "Có đúng không ạ? Chưa đúng thì ông/bà gõ lại, hoặc nói lại.",
    "where.near": "Vị trí này gần các xã, phường sau. Xin ông/bà bấm vào nơi đúng.",
    "area.near": "Vị trí này gần các xã, phường sau. Bấm vào nơi nào thì tôi ghi nơi đó làm nơi ở của ông/bà.\n\n"
    "Muốn báo một việc ở nơi này, xin gửi phản ánh, kiến nghị trước.",
    "where.unknown": "Từ vị trí này tôi chưa biết là xã, phường nào. Xin ông/bà gõ tên xã, phường.",
    "contact.unasked": "Tôi chưa hỏi số điện thoại nên không lưu số này. Muốn gửi phản ánh, kiến nghị, xin bấm /gui",
    "edit.taken": "Đã sửa theo tin nhắn mới.",
    "edit.write_anew": "Nội dung gồm nhiều tin nhắn nên tôi không sửa riêng một tin được. Muốn sửa, xin ông/bà viết lại cả nội dung.",
    "edit.too_late": "Ý kiến <code>{code}</code> đã gửi quá lâu nên không sửa được. Ông/bà có thể nhắn bổ sung.",
    "add": "Mời ông/bà viết điều muốn bổ sung cho ý kiến <code>{code}</code>.",
    "added": "Đã bổ sung vào ý kiến <code>{code}</code>. Cán bộ xử lý sẽ đọc.",
}

FOLLOWING: Mapping[str, str] = {
    "track.choose": "Ông/bà muốn xem ý kiến nào? Xin bấm vào mã, hoặc gõ mã khác.",
    "track.ask": "Xin ông/bà gõ mã theo dõi. Mã có trong tin báo đã nhận ý kiến, dạng như <code>DH-7K3QF-9D2MX-4</code>\n\n"
    "Hồ sơ nộp ở cơ quan nhà nước thì tôi không tra được. Xin ông/bà hỏi nơi đã nhận, hoặc xem trên Cổng Dịch vụ công quốc gia.",
    "track.not_found": "Tôi không tìm thấy ý kiến nào với mã này. Xin ông/bà xem lại từng chữ của mã rồi gõ lại.\n\n"
    "Ý kiến đã xóa thì không tra được nữa.",
    "track.not_possible": "Bây giờ không làm được việc này với ý kiến đó nữa.",
    "track.status": "Ý kiến <code>{code}</code>\n\nTình trạng: <b>{state}</b>, từ ngày {since}\n\nNgày nhận: {received}\n\n"
    "<b>Lời nhắn mới nhất của cơ quan</b>\n<blockquote>{told}</blockquote>",
    "withdraw": "Ông/bà có chắc muốn rút ý kiến <code>{code}</code> không? Rút rồi thì không xử lý nữa.",
    "withdrawn": "Đã rút ý kiến <code>{code}</code>.",
    "asked_again": "Đã gửi đề nghị xem xét lại ý kiến <code>{code}</code>. Cán bộ sẽ xem.",
    "survey.kept": "Xin cảm ơn, đã ghi đánh giá của ông/bà. Muốn nói rõ hơn, xin viết vào đây; không cần ghi họ tên, số điện thoại.",
    "survey.thanks": "Xin cảm ơn ông/bà đã góp ý.",
    "survey.closed": "Bây giờ không đánh giá câu trả lời này được nữa.",
    "survey.too_long": "Lời góp ý dài quá. Xin ông/bà viết gọn trong {most} ký tự.",
    "erase": "Ông/bà muốn xóa gì?\n\n"
    "– Chỉ cuộc trò chuyện: câu đã hỏi, nơi ở đã ghi, ý kiến đang viết dở.\n"
    "– Tất cả: cả nội dung và liên lạc của ý kiến đã gửi (hiện có: {sent}). Chỉ giữ lại con số để đếm.\n\n"
    "Xóa rồi không lấy lại được.",
    "erased.talk": "Đã xóa cuộc trò chuyện, nơi ở và ý kiến đang viết dở. Các tin nhắn còn trên máy của ông/bà thì ông/bà tự xóa.",
    "erased.all": "Đã xóa cuộc trò chuyện và mọi ý kiến ông/bà đã gửi qua đây. Các tin nhắn còn trên máy của ông/bà thì ông/bà tự xóa.",
    "outbox.state": "Ý kiến <code>{code}</code> của ông/bà: <b>{state}</b>\n\n<blockquote>{text}</blockquote>",
    "outbox.message": "Cán bộ xử lý ý kiến <code>{code}</code> nhắn ông/bà:\n<blockquote>{text}</blockquote>",
    "outbox.survey": "Ý kiến <code>{code}</code> đã được trả lời. Ông/bà thấy câu trả lời thế nào?",
    "outbox.guidance": "Ý kiến <code>{code}</code> có thể cần làm theo cách khác thì mới được giải quyết. "
    "Khiếu nại, tố cáo phải bằng đơn hoặc trình bày trực tiếp.\n\nNếu có người đang gặp nguy hiểm, xin gọi ngay 113, 114 hoặc 115.",
    "outbox.guidance.complaint": "Ý kiến <code>{code}</code> có thể là việc khiếu nại. Theo Điều 8 Luật Khiếu nại số 02/2011/QH13 "
    "(đã được sửa đổi, bổ sung), khiếu nại phải bằng đơn hoặc trình bày trực tiếp; lời nhắn ở đây không thay cho đơn.\n\n"
    "Muốn biết cách làm, xin gõ: <i>khiếu nại thế nào</i>",
    "outbox.guidance.denunciation": "Ý kiến <code>{code}</code> có thể là việc tố cáo nên đã được lưu bảo mật. Theo Điều 22 và Điều 23 "
    "Luật Tố cáo số 25/2018/QH14 (đã được sửa đổi, bổ sung), tố cáo phải bằng đơn hoặc trình bày trực tiếp; lời nhắn ở đây không thay "
    "cho đơn.\n\nMuốn biết cách làm, xin gõ: <i>tố cáo thế nào</i>",
    "outbox.guidance.emergency": "Ý kiến <code>{code}</code> có thể là việc khẩn cấp. Ở đây không có người trực để cứu giúp.\n\n"
    "Xin gọi ngay: 113 công an, 114 chữa cháy, cứu nạn, 115 cấp cứu, 111 bảo vệ trẻ em.",
    "outbox.guidance.question": "Ý kiến <code>{code}</code> có thể là một câu hỏi. Ông/bà gõ câu hỏi vào đây, tôi trả lời ngay.",
}

LABELS: Mapping[str, str] = {
    "menu.ask": "Hỏi thủ tục, pháp luật",
    "menu.send": "Gửi phản ánh, kiến nghị",
    "menu.track": "Tra cứu hồ sơ",
    "menu.ask.en": "Ask about procedures, the law",
    "menu.send.en": "Send a report or recommendation",
    "menu.track.en": "Follow what you sent",
    "language.vi": "Tiếng Việt",
    "language.en": "English",
    "area.drop": "Xóa nơi ở đã ghi",
    "place": "{place}",
    "point": "Hoặc gửi vị trí đang đứng",
    "cancel": "Thôi, không làm nữa",
    "skip": "Bỏ qua",
    "more": "Xem thêm",
    "papers.button": "Giấy tờ cần có",
    "where.button": "Nộp ở đâu?",
    "paper.had": "Đã có: {paper}",
    "paper.open": "Chưa có: {paper}",
    "option": "{label}",
    "notmine.button": "Không phải ý tôi",
    "wrong.button": "Sai/Thiếu",
    "wrong.wrong_article": "Không đúng điều luật",
    "wrong.out_of_force": "Quy định đã hết hiệu lực",
    "wrong.incomplete": "Trả lời còn thiếu",
    "wrong.unclear": "Khó hiểu",
    "send.report": "Gửi phản ánh này",
    "send.recommendation": "Gửi kiến nghị này",
    "send.anyway": "Vẫn gửi ý kiến của tôi",
    "send.enough": "Không, thế là đủ",
    "resume": "Viết tiếp",
    "draft.other": "Việc vừa nêu (bỏ việc cũ)",
    "draft.join": "Cùng một việc, gộp lại",
    "draft.old": "Việc đang viết dở (bỏ việc vừa nêu)",
    "afresh": "Viết lại từ đầu",
    "skip.where": "Bỏ qua, không ghi nơi",
    "skip.files": "Không có, đi tiếp",
    "skip.contact": "Không để lại, đi tiếp",
    "where.mine": "Ở nơi tôi đã ghi",
    "files.enough": "Đủ rồi, đi tiếp",
    "files.drop": "Bỏ ảnh, tệp",
    "voice.right": "Đúng, đi tiếp",
    "voice.wrong": "Chưa đúng, tôi viết lại",
    "support": "Tôi cũng vậy: {title}",
    "agree": "Đồng ý và gửi",
    "change": "Viết lại nội dung",
    "track.button": "Xem ý kiến này đến đâu",
    "track.code": "{code}",
    "add.button": "Nhắn bổ sung",
    "reply.button": "Trả lời cán bộ",
    "again.button": "Đề nghị xem xét lại",
    "withdraw.button": "Rút ý kiến này",
    "withdraw.yes": "Có, rút ý kiến này",
    "withdraw.no": "Không rút",
    "erase.talk": "Chỉ xóa cuộc trò chuyện",
    "erase.all": "Xóa tất cả",
}

"""Claims about clauses of an invented law: each row a clause, a claim, the reason why it falls (None: it is kept), and why so."""

from __future__ import annotations

from assistant.language_model.mentions import HIDDEN
from assistant.language_model.verify import DropReason

R = DropReason
HOURS = "1. Trẻ em được thả tàu giấy từ 06 giờ đến 18 giờ."
FINE = "Người làm bẩn ao hồ bị phạt tiền từ 1.000.000 đồng đến 3.000.000 đồng."
SHARE = "Người trông ao được trả ít nhất 30% tiền vé."
LEAVE = "Người làm việc nặng nhọc được nghỉ 14 ngày làm việc mỗi năm."
NOTICE = "Người thả tàu phải báo cho người trông ao ít nhất 3 ngày trước khi thả, trừ trường hợp ao đã đóng cửa."
BAN = "Không được thả tàu giấy trong mùa lũ."
AGES = "Nam từ đủ 20 tuổi trở lên, nữ từ đủ 18 tuổi trở lên được thả tàu lớn."
TWO = "Người thuê ao phải trả tiền thuê. Người cho thuê ao phải dọn cỏ hằng năm."
LIST = "2. Hồ sơ xin giấy phép gồm:\na) Đơn xin phép;\nb) Bản vẽ con tàu;\nc) Ảnh người thả tàu."
EXCEPTED = "Giấy phép không cấp cho:\na) Người chưa đủ 6 tuổi;\nb) Người đang bị cấm thả tàu."
BANNED = "Nghiêm cấm các hành vi sau đây:\na) Thả tàu có lửa;\nb) Bơi ban đêm;\nc) Đổ dầu xuống ao."
SHORTENED = "Được thả tàu lớn khi có đủ điều kiện:\na) Có giấy phép;\n…\nd) Có áo phao."
FROM_DAY = "Quy chế này áp dụng từ ngày 01 tháng 7 năm 2025."
REFERRING = "Người thả tàu được bồi thường theo quy định tại khoản 2 Điều 9 của Luật này khi tàu bị chìm."
FOR_THOSE = "Người quy định tại khoản 2 Điều này được nghỉ thả tàu 5 ngày."
COURT = "Tòa án nhân dân Hà Nội giải quyết tranh chấp về tàu giấy, thuyền giấy và bè giấy."
EITHER = "Người vi phạm bị cảnh cáo hoặc bị phạt tiền."
HALF = "Chủ ao phải hoàn lại một nửa số tiền đặt cọc trong vòng năm ngày."
MANY = "Ao rộng từ mười hai hecta trở lên phải có hai mươi mốt người trông."

CASES: tuple[tuple[str, str, DropReason | None, str], ...] = (
    # As the clause says it
    (HOURS, "Trẻ em được thả tàu giấy từ 06 giờ đến 18 giờ.", None, "word for word"),
    (HOURS, "trẻ em được thả tàu giấy từ 06 giờ đến 18 giờ", None, "no capital, no full stop"),
    (HOURS, "Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.", None, "06 is 6"),
    (HOURS, "Trẻ em được thả tàu giấy từ sáu giờ đến mười tám giờ.", None, "06 is sáu"),
    (HOURS, "Trẻ em được thả tàu giấy từ 6h đến 18h.", None, "figures without zeros, h for giờ"),
    (HOURS, "Theo quy định, trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.", None, "led into"),
    (HOURS, "Cụ thể, trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.", None, "led into otherwise"),
    (HOURS, "Pháp luật quy định rằng trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.", None, "led into by the law in general"),
    (HOURS, "Các trẻ em sẽ được thả tàu giấy từ 6 giờ đến 18 giờ.", None, "words that say nothing"),
    (HOURS, "Trẻ em được phép thả tàu giấy từ 6 giờ đến 18 giờ.", None, "được phép is được"),
    # Numbers
    (HOURS, "Trẻ em được thả tàu giấy từ 7 giờ đến 18 giờ.", R.NUMBER, "another hour"),
    (HOURS, "Trẻ em được thả tàu giấy từ bảy giờ đến 18 giờ.", R.NUMBER, "another hour in words"),
    (HOURS, "Trẻ em được thả tàu giấy từ 6 giờ đến 8 giờ.", R.NUMBER, "a figure lost"),
    (HOURS, "Trẻ em được thả tàu giấy từ 18 giờ đến 6 giờ.", R.WORDING, "the right numbers the wrong way round"),
    (HOURS, "Trẻ em được thả tàu giấy từ 6 ngày đến 18 ngày.", R.WORDING, "another unit"),
    (HOURS, "Trẻ em được thả 2 tàu giấy từ 6 giờ đến 18 giờ.", R.NUMBER, "a number put in"),
    (HOURS, "Trẻ em được thả tàu giấy từ 6,5 giờ đến 18 giờ.", R.NUMBER, "a decimal"),
    (HOURS, "Trẻ em được thả tàu giấy đến 18 giờ.", R.WORDING, "where it begins is left out"),
    (HOURS, "Trẻ em được thả tàu giấy từ 6 giờ.", R.WORDING, "where it ends is left out"),
    (HOURS, "Trẻ em được thả tàu giấy.", R.WORDING, "all limits are left out"),
    (MANY, "Ao rộng từ 12 hecta trở lên phải có 21 người trông.", None, "mười hai is 12, hai mươi mốt is 21"),
    (MANY, "Ao rộng từ mười hai hecta trở lên phải có 21 người trông.", None, "one in words, one in figures"),
    (MANY, "Ao rộng từ 12 hecta trở lên phải có 20 người trông.", R.NUMBER, "hai mươi is not hai mươi mốt"),
    (MANY, "Ao rộng từ 10 hecta trở lên phải có 21 người trông.", R.NUMBER, "mười is not mười hai"),
    (MANY, "Ao rộng từ 21 hecta trở lên phải có 12 người trông.", R.WORDING, "exchanged"),
    (MANY, "Ao rộng từ 12 hecta trở xuống phải có 21 người trông.", R.WORDING, "the other side of the limit"),
    (HALF, "Chủ ao phải hoàn lại 1/2 số tiền đặt cọc trong vòng 5 ngày.", None, "một nửa is 1/2, năm ngày is 5 ngày"),
    (HALF, "Chủ ao phải hoàn lại một phần hai số tiền đặt cọc trong vòng 05 ngày.", None, "một phần hai"),
    (HALF, "Chủ ao phải hoàn lại một nửa số tiền đặt cọc trong thời hạn năm ngày.", None, "trong vòng is trong thời hạn"),
    (HALF, "Chủ ao phải hoàn lại 1/3 số tiền đặt cọc trong vòng 5 ngày.", R.NUMBER, "another part"),
    (HALF, "Chủ ao phải hoàn lại hai phần ba số tiền đặt cọc trong vòng 5 ngày.", R.NUMBER, "another part in words"),
    (HALF, "Chủ ao phải hoàn lại số tiền đặt cọc trong vòng 5 ngày.", R.WORDING, "half becomes all"),
    (HALF, "Chủ ao phải hoàn lại một nửa số tiền đặt cọc trong vòng 15 ngày.", R.NUMBER, "a longer time"),
    ("Giấy phép có thời hạn năm (05) ngày.", "Giấy phép có thời hạn 5 ngày.", None, "the number said twice is one"),
    ("Giấy phép có thời hạn 05 (năm) ngày.", "Giấy phép có thời hạn năm ngày.", None, "twice the other way round"),
    ("Giấy phép có thời hạn hai mươi năm.", "Giấy phép có thời hạn 20 năm.", None, "twenty years, not twenty-five"),
    ("Giấy phép có thời hạn hai mươi năm.", "Giấy phép có thời hạn 25 năm.", R.NUMBER, "năm is no five here"),
    ("Giấy phép có thời hạn một trăm linh năm ngày.", "Giấy phép có thời hạn 105 ngày.", None, "with linh"),
    ("Giấy phép có thời hạn 10-15 ngày.", "Giấy phép có thời hạn 10 đến 15 ngày.", None, "a dash between numbers"),
    # Amounts
    (FINE, "Người làm bẩn ao hồ bị phạt tiền từ một triệu đồng đến ba triệu đồng.", None, "một triệu is 1.000.000"),
    (FINE, "Người làm bẩn ao hồ bị phạt tiền từ 1 triệu đồng đến 3 triệu đồng.", None, "figures and a scale"),
    (FINE, "Người làm bẩn ao hồ bị phạt tiền từ 1.000.000đ đến 3.000.000đ.", None, "đ is đồng"),
    (FINE, "Người làm bẩn ao hồ bị phạt tiền từ 1000000 đồng đến 3000000 VNĐ.", None, "no dots"),
    (FINE, "Người làm bẩn ao hồ bị phạt tiền từ 10.000.000 đồng đến 30.000.000 đồng.", R.NUMBER, "ten times as much"),
    (FINE, "Người làm bẩn ao hồ bị phạt tiền từ 1 triệu đồng đến 3,5 triệu đồng.", R.NUMBER, "a half more"),
    (FINE, "Người làm bẩn ao hồ bị phạt tiền từ 1 nghìn đồng đến 3 nghìn đồng.", R.NUMBER, "a smaller scale"),
    (FINE, "Người làm bẩn ao hồ bị phạt tiền từ 1.000.000 USD đến 3.000.000 USD.", R.NAME, "another currency"),
    (FINE, "Người làm bẩn ao hồ bị phạt tù từ 1.000.000 đồng đến 3.000.000 đồng.", R.WORDING, "another punishment"),
    ("Lệ phí là 1.500.000 đồng.", "Lệ phí là 1,5 triệu đồng.", None, "a decimal with a scale"),
    ("Lệ phí là 1.500.000 đồng.", "Lệ phí là một triệu rưỡi đồng.", None, "a half in words"),
    ("Lệ phí là 2 tỷ 500 triệu đồng.", "Lệ phí là 2.500.000.000 đồng.", None, "two scales"),
    ("Lệ phí là 350.000 đồng một lần.", "Lệ phí là ba trăm năm mươi nghìn đồng một lần.", None, "hundreds of thousands in words"),
    ("Lệ phí là 350.000 đồng một lần.", "Lệ phí là ba trăm nghìn đồng một lần.", R.NUMBER, "fifty lost"),
    # Shares
    (SHARE, "Người trông ao được trả ít nhất ba mươi phần trăm tiền vé.", None, "30% in words"),
    (SHARE, "Người trông ao được trả tối thiểu 30 % tiền vé.", None, "tối thiểu is ít nhất"),
    (SHARE, "Người trông ao được trả ít nhất 40% tiền vé.", R.NUMBER, "more"),
    (SHARE, "Người trông ao được trả tối đa 30% tiền vé.", R.WORDING, "the other limit"),
    (SHARE, "Người trông ao được trả không quá 30% tiền vé.", R.WORDING, "the other limit, otherwise said"),
    (SHARE, "Người trông ao được trả 30% tiền vé.", R.WORDING, "the limit is left out"),
    (SHARE, "Người trông ao được trả ít nhất 30 đồng tiền vé.", R.WORDING, "a share becomes an amount"),
    # Dates
    (FROM_DAY, "Quy chế này áp dụng từ ngày 1/7/2025.", None, "figures"),
    (FROM_DAY, "Quy chế này áp dụng từ 01-07-2025.", None, "with dashes"),
    (FROM_DAY, "Quy chế này áp dụng từ ngày 1 tháng 7 năm 2025.", None, "without the zero"),
    (FROM_DAY, "Quy chế này áp dụng từ ngày 7/1/2025.", R.NUMBER, "day and month exchanged"),
    (FROM_DAY, "Quy chế này áp dụng từ ngày 1/7/2026.", R.NUMBER, "another year"),
    (FROM_DAY, "Quy chế này áp dụng từ ngày 11/7/2025.", R.NUMBER, "another day"),
    (FROM_DAY, "Quy chế này áp dụng từ tháng 7 năm 2025.", R.NUMBER, "a month is no day"),
    (FROM_DAY, "Quy chế này áp dụng đến ngày 1/7/2025.", R.WORDING, "until is not from"),
    ("Hội đồng họp vào ngày 20/11 hằng năm.", "Hội đồng họp vào ngày 20 tháng 11 hàng năm.", None, "no year; hàng năm is hằng năm"),
    # Ages
    (AGES, "Nam từ đủ 20 tuổi trở lên, nữ từ đủ 18 tuổi trở lên được thả tàu lớn.", None, "word for word"),
    (AGES, "Nam từ đủ hai mươi tuổi trở lên, nữ từ đủ mười tám tuổi trở lên được thả tàu lớn.", None, "in words"),
    (AGES, "Nam từ đủ 18 tuổi trở lên được thả tàu lớn.", R.WORDING, "the women's age for men"),
    (
        AGES,
        "Nữ từ đủ 18 tuổi trở lên, nam từ đủ 20 tuổi trở lên được thả tàu lớn.",
        R.WORDING,
        "true, but in another order: cannot be told",
    ),
    (AGES, "Nam từ đủ 16 tuổi trở lên, nữ từ đủ 18 tuổi trở lên được thả tàu lớn.", R.NUMBER, "younger"),
    (AGES, "Nam dưới 20 tuổi, nữ dưới 18 tuổi được thả tàu lớn.", R.WORDING, "the other side of the age"),
    (AGES, "Người từ đủ 18 tuổi trở lên được thả tàu lớn.", R.WORDING, "everybody instead of women"),
    # Working days, years
    (LEAVE, "Người làm việc nặng nhọc được nghỉ 14 ngày làm việc hằng năm.", None, "hằng năm is mỗi năm"),
    (LEAVE, "Người làm việc nặng nhọc được nghỉ 14 ngày mỗi năm.", R.WORDING, "a working day is no day"),
    (LEAVE, "Người làm việc được nghỉ 14 ngày làm việc mỗi năm.", R.WORDING, "the qualifier is left out"),
    (LEAVE, "Người làm việc nặng nhọc được nghỉ 14 ngày làm việc mỗi tháng.", R.WORDING, "another period"),
    (LEAVE, "Người làm việc nặng nhọc chỉ được nghỉ 14 ngày làm việc mỗi năm.", R.WORDING, "a limit put in"),
    (LEAVE, "Người làm việc nặng nhọc phải nghỉ 14 ngày làm việc mỗi năm.", R.WORDING, "may becomes must"),
    (LEAVE, "Người làm việc nặng nhọc được nghỉ 14 ngày làm việc.", R.WORDING, "each year is left out"),
    # Negation
    (BAN, "Không được thả tàu giấy trong mùa lũ.", None, "word for word"),
    (BAN, "Không được phép thả tàu giấy trong mùa lũ.", None, "không được phép is không được"),
    (BAN, "Được thả tàu giấy trong mùa lũ.", R.NEGATION, "the denial is left out"),
    (BAN, "Không được thả tàu giấy ngoài mùa lũ.", R.WORDING, "outside is not during"),
    (BAN, "Chỉ không được thả tàu giấy trong mùa lũ.", R.WORDING, "only is put in"),
    (BAN, "Không được thả tàu giấy.", R.WORDING, "the season is left out"),
    (HOURS, "Trẻ em không được thả tàu giấy từ 6 giờ đến 18 giờ.", R.NEGATION, "a denial put in"),
    (HOURS, "Cấm trẻ em thả tàu giấy từ 6 giờ đến 18 giờ.", R.NEGATION, "a ban put in"),
    (HOURS, "Trẻ em chưa được thả tàu giấy từ 6 giờ đến 18 giờ.", R.NEGATION, "not yet is put in"),
    (LEAVE, "Người làm việc nặng nhọc không được nghỉ 14 ngày làm việc mỗi năm.", R.NEGATION, "a denial put in"),
    ("Nghiêm cấm thả tàu có lửa trên ao.", "Thả tàu có lửa trên ao.", R.NEGATION, "the ban is left out"),
    ("Nghiêm cấm thả tàu có lửa trên ao.", "Nghiêm cấm thả tàu có lửa trên ao", None, "word for word"),
    ("Người mù không phải trả tiền vé.", "Người mù phải trả tiền vé.", R.NEGATION, "need not becomes must"),
    ("Người mù không phải trả tiền vé.", "Người mù không có nghĩa vụ trả tiền vé.", None, "có nghĩa vụ is phải"),
    ("Tàu chưa đăng ký không được thả.", "Tàu đăng ký được thả.", R.NEGATION, "two denials do not make a statement"),
    ("Thời hạn không quá 60 ngày.", "Thời hạn tối đa là 60 ngày.", None, "không quá denies nothing"),
    ("Thời hạn không quá 60 ngày.", "Thời hạn là 60 ngày.", R.WORDING, "at most becomes exactly"),
    ("Thời hạn không quá 60 ngày.", "Thời hạn quá 60 ngày.", R.WORDING, "at most becomes more than"),
    # Conditions and exceptions
    (
        NOTICE,
        "Người thả tàu phải báo cho người trông ao ít nhất ba ngày trước khi thả, trừ trường hợp ao đã đóng cửa.",
        None,
        "with its exception",
    ),
    (NOTICE, "Người thả tàu phải báo cho người trông ao ít nhất 3 ngày trước khi thả.", R.WORDING, "the exception is left out"),
    (NOTICE, "Người thả tàu phải báo cho người trông ao.", R.WORDING, "the time is left out"),
    (
        NOTICE,
        "Người trông ao phải báo cho người thả tàu ít nhất 3 ngày trước khi thả, trừ trường hợp ao đã đóng cửa.",
        R.WORDING,
        "who tells whom is turned round",
    ),
    (
        NOTICE,
        "Người thả tàu phải báo cho người trông ao ít nhất 3 ngày sau khi thả, trừ trường hợp ao đã đóng cửa.",
        R.WORDING,
        "after instead of before",
    ),
    ("Tàu được cấp phép nếu đủ hồ sơ.", "Tàu được cấp phép.", R.WORDING, "the condition is left out"),
    ("Tàu được cấp phép. Trừ tàu có lửa.", "Tàu được cấp phép.", R.WORDING, "an exception in a sentence of its own"),
    ("Tàu được cấp phép. Tuy nhiên, tàu có lửa phải xin riêng.", "Tàu được cấp phép ngay.", R.WORDING, "a word put in"),
    (EITHER, "Người vi phạm bị cảnh cáo hoặc bị phạt tiền.", None, "word for word"),
    (EITHER, "Người vi phạm bị cảnh cáo và bị phạt tiền.", R.WORDING, "or becomes and"),
    (EITHER, "Người vi phạm bị cảnh cáo.", R.WORDING, "one of two is left out"),
    (EITHER, "Người vi phạm bị phạt tiền.", R.WORDING, "the other of two is left out"),
    # More than one sentence, lists
    (TWO, "Người thuê ao phải trả tiền thuê.", None, "the first sentence"),
    (TWO, "Người cho thuê ao phải dọn cỏ hàng năm.", None, "the second sentence"),
    (TWO, "Người thuê ao phải trả tiền thuê, người cho thuê ao phải dọn cỏ hằng năm.", None, "both"),
    (TWO, "Người thuê ao phải dọn cỏ hằng năm.", R.WORDING, "the subject of one, the duty of the other"),
    (TWO, "Người cho thuê ao phải trả tiền thuê.", R.WORDING, "the other way round"),
    (LIST, "Hồ sơ xin giấy phép gồm: đơn xin phép; bản vẽ con tàu; ảnh người thả tàu.", None, "the whole list"),
    (LIST, "Hồ sơ xin giấy phép bao gồm bản vẽ con tàu.", R.WORDING, "one paper is not all of them"),
    (LIST, "Hồ sơ xin giấy phép gồm đơn xin phép, ảnh người thả tàu.", R.WORDING, "two of three"),
    (LIST, "Hồ sơ xin giấy phép gồm ảnh người thả tàu, đơn xin phép.", R.WORDING, "in another order"),
    (LIST, "Hồ sơ xin giấy phép gồm sổ đỏ.", R.WORDING, "an entry put in"),
    (LIST, "Bản vẽ con tàu của người thả.", R.WORDING, "an entry is no statement"),
    (LIST, "Hồ sơ xin giấy phép gồm những giấy tờ sau.", R.WORDING, "the list is left out"),
    (BANNED, "Nghiêm cấm các hành vi sau đây: thả tàu có lửa.", None, "one entry of many"),
    ("Chủ ao không những bị phạt mà còn phải dọn ao.", "Chủ ao không bị phạt mà còn phải dọn ao.", R.WORDING, "không những denies nothing"),
    (BANNED, "Nghiêm cấm: thả tàu có lửa; đổ dầu xuống ao.", R.WORDING, "hành vi is left out"),
    (BANNED, "Nghiêm cấm các hành vi thả tàu có lửa, đổ dầu xuống ao.", None, "two entries of many"),
    (SHORTENED, "Được thả tàu lớn khi có đủ điều kiện: có giấy phép; có áo phao.", R.WORDING, "what the quotation left out is lacking"),
    (EXCEPTED, "Giấy phép không cấp cho người chưa đủ 6 tuổi.", None, "the head denies"),
    (EXCEPTED, "Người chưa đủ 6 tuổi.", R.NEGATION, "without its head an entry says the contrary"),
    (EXCEPTED, "Giấy phép cấp cho người chưa đủ sáu tuổi.", R.NEGATION, "the head's denial is left out"),
    (EXCEPTED, "Giấy phép không cấp cho người đủ 6 tuổi.", R.NEGATION, "the entry's denial is left out"),
    (COURT, "Tòa án nhân dân Hà Nội giải quyết tranh chấp về tàu giấy, thuyền giấy và bè giấy.", None, "names kept"),
    (COURT, "TAND Hà Nội giải quyết tranh chấp về tàu giấy, thuyền giấy và bè giấy.", None, "a common abbreviation"),
    (COURT, "Tòa án nhân dân Hà Nội giải quyết tranh chấp về tàu giấy.", None, "stops at a comma that nothing limits"),
    (COURT, "Tòa án nhân dân Hà Nội giải quyết tranh chấp.", R.WORDING, "stops where no comma is"),
    # Names
    (COURT, "Tòa án nhân dân Huế giải quyết tranh chấp về tàu giấy, thuyền giấy và bè giấy.", R.NAME, "another town"),
    (COURT, "Tòa án nhân dân Hà Nam giải quyết tranh chấp về tàu giấy, thuyền giấy và bè giấy.", R.NAME, "half of a name"),
    (COURT, "Viện kiểm sát Hà Nội giải quyết tranh chấp về tàu giấy, thuyền giấy và bè giấy.", R.WORDING, "another body"),
    (COURT, "Ông Nguyễn Văn A giải quyết tranh chấp về tàu giấy, thuyền giấy và bè giấy.", R.NAME, "a person"),
    (HOURS, "Theo bà Trần Thị Hoa, trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.", R.NAME, "an authority put in"),
    # References to other provisions
    (REFERRING, "Người thả tàu được bồi thường khi tàu bị chìm.", None, "where more is written may be left out"),
    (REFERRING, "Người thả tàu được bồi thường khi tàu bị cháy.", R.WORDING, "another case"),
    (FOR_THOSE, f"Người quy định tại {HIDDEN} được nghỉ thả tàu 5 ngày.", None, "the hidden reference stays hidden"),
    (FOR_THOSE, "Người được nghỉ thả tàu 5 ngày.", R.WORDING, "some people become all"),
    (FOR_THOSE, "Người quy định tại khoản 2 Điều này được nghỉ thả tàu 5 ngày.", R.LAW_NAMED, "as the law has it, and still a law named"),
    # Laws named
    (HOURS, "Theo Điều 5, trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.", R.LAW_NAMED, "an article"),
    (HOURS, "Theo điều 5 thì trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.", R.LAW_NAMED, "in small letters"),
    (HOURS, "Khoản 1 cho trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.", R.LAW_NAMED, "a clause"),
    (HOURS, "Điểm a cho trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.", R.LAW_NAMED, "a point"),
    (HOURS, "Theo Bộ luật Tàu giấy, trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.", R.LAW_NAMED, "a code"),
    (HOURS, "Theo Luật Sao Hỏa, trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.", R.LAW_NAMED, "an invented law"),
    (HOURS, "Nghị định 777/2027/NĐ-CP cho trẻ em thả tàu giấy.", R.LAW_NAMED, "a decree"),
    (HOURS, "Theo thông tư mới, trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.", R.LAW_NAMED, "a kind of document"),
    (HOURS, "Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ (99/2030/QH20).", R.LAW_NAMED, "a number"),
    (HOURS, "Theo án lệ số 999, trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.", R.LAW_NAMED, "a precedent"),
    (HOURS, "Under Article 5 children may float boats.", R.LAW_NAMED, "in English"),
    (HOURS, "The Boats Act 2033 lets children float boats.", R.LAW_NAMED, "an act in English"),
    ("Việc thuê ao theo Luật Đất đai.", "Việc thuê ao theo Luật Đất đai.", R.LAW_NAMED, "as the clause has it, and still a law named"),
    ("Ao phải sạch. Đối với ao nhỏ, chủ tự dọn.", "Đối với ao nhỏ, chủ tự dọn.", None, "a sentence that begins with Đ"),
    (HOURS, "Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ?", R.MARKUP, "a question is no statement"),
    ("Luật sư và pháp luật sư được vào ao.", "Luật sư và pháp luật sư được vào ao.", None, "luật inside other words names no law"),
    ("Điều kiện thả tàu là có giấy phép.", "Điều kiện thả tàu là có giấy phép.", None, "điều kiện is no article"),
    ("Chủ ao có các khoản thu từ vé tàu.", "Chủ ao có các khoản thu từ vé tàu.", None, "khoản thu is no clause"),
    # Addresses
    (HOURS, "Trẻ em được thả tàu giấy, xem https://nop.example/x", R.CONTACT, "a link"),
    (HOURS, "Trẻ em được thả tàu giấy, xem nop-phi.vn để biết thêm", R.CONTACT, "a bare domain"),
    (HOURS, "Trẻ em được thả tàu giấy, hỏi a@rac.example nhé", R.CONTACT, "an e-mail address"),
    (HOURS, "Trẻ em được thả tàu giấy, gọi 0912 345 678 nhé", R.CONTACT, "a phone number"),
    (HOURS, "Trẻ em được thả tàu giấy, gọi +84 912345678 nhé", R.CONTACT, "a phone number from abroad"),
    (HOURS, "Trẻ em được thả tàu giấy, gọi 1900 6192 nhé nhé", R.CONTACT, "a service number"),
    # Markup
    (HOURS, "<b>Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.</b>", R.MARKUP, "HTML"),
    (HOURS, "**Trẻ em** được thả tàu giấy từ 6 giờ đến 18 giờ.", R.MARKUP, "bold"),
    (HOURS, "[Trẻ em](nop) được thả tàu giấy từ 6 giờ đến 18 giờ.", R.MARKUP, "a link of Markdown"),
    (HOURS, "# Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.", R.MARKUP, "a heading"),
    (HOURS, "Trẻ em được thả tàu giấy\ntừ 6 giờ đến 18 giờ.", R.MARKUP, "a second line"),
    (HOURS, "Trẻ em được thả tàu\u200b giấy từ 6 giờ đến 18 giờ.", R.MARKUP, "a hidden character"),
    (HOURS, "Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ ✔", R.MARKUP, "a sign"),
    (HOURS, "Trẻ em được thả tàu giấ\u0338y từ 6 giờ đến 18 giờ.", R.MARKUP, "a letter struck through"),
    (HOURS, "Trẻ em được thả tàu giấy mã KT-PASS-6630 nhé.", R.MARKUP, "a code"),
    (HOURS, "\u202eTrẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.", R.MARKUP, "the direction turned"),
    # Length
    (HOURS, "Trẻ em được.", R.LENGTH, "no statement"),
    (HOURS, "", R.LENGTH, "nothing"),
    (HOURS, "Trẻ em được thả tàu giấy. " * 40, R.LENGTH, "too long"),
    # Other words
    (HOURS, "Các cháu được thả tàu giấy từ 6 giờ đến 18 giờ.", R.WORDING, "another word, though true"),
    (HOURS, "Bạn có thể nghỉ việc bất cứ lúc nào.", R.WORDING, "about something else"),
    (HOURS, "Trẻ em được thả tàu giấy miễn phí từ 6 giờ đến 18 giờ.", R.WORDING, "a favour put in"),
    (HOURS, "Trẻ em được thả tàu giấу từ 6 giờ đến 18 giờ.", R.WORDING, "a Cyrillic letter"),
    (
        "Người lao động báo cho người sử dụng lao động.",
        "Người sử dụng lao động báo cho người lao động.",
        R.WORDING,
        "who is who is turned round",
    ),
    ("Người đại diện theo pháp luật ký đơn.", "Người đại diện ký đơn.", R.WORDING, "theo pháp luật tells which one"),
    ("Tàu cụ thể do chủ tàu chọn.", "Tàu do chủ tàu chọn.", R.WORDING, "cụ thể inside a sentence says something"),
)

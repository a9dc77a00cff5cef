"""What is said in a chat, in English: sentences and labels by the names that assistant/chats uses; see bots/chat/wording.py."""

from __future__ import annotations

from collections.abc import Mapping

DEFAULT_OFFICE = "the Committee of the Vietnam Fatherland Front"

GREETING: Mapping[str, str] = {
    "start": "Welcome. I am a <b>machine that answers</b>, part of the Diên Hồng system, which serves {office}.\n"
    "I answer questions about procedures and the law, take in reports and recommendations, and tell you what became of them.\n"
    "Questions are kept for a limited time, then deleted. Reports and recommendations are stored encrypted and go to officers only after "
    "you tap that you agree. You can delete everything at any time: /delete\n"
    "Choose one of these, or simply type what you want to know.",
    "help": "Simply type what you want to know. Or tap a line:\n\n"
    "/ask – ask about procedures and the law\n"
    "/send – send a report or recommendation\n"
    "/track – see how far it is\n"
    "/address – keep the commune where you live\n"
    "/language – tiếng Việt, English\n"
    "/person – reach a person\n"
    "/delete – delete your data\n"
    "/cancel – drop what you are doing\n"
    "/start – back to the beginning\n"
    "/help – show these lines again\n\n"
    "If anyone is in danger, call 113, 114 or 115 now.",
    "ask": "Please type your question. For example:\n<i>Which papers do I need to register a birth?</i>",
    "language": "Which language would you like?\nÔng/bà muốn dùng tiếng nào?",
    "language.chosen": "I will answer in English from now on; the law itself is quoted in Vietnamese. "
    "Choose one of these, or type a question.",
    "area": "In which commune or ward do you live? Type its name, old or new.\n\n"
    "Kept so far: <b>{place}</b>\n\n"
    "It is used only to fill in the place when you send a report.",
    "area.unknown": "I found no commune or ward of that name. Please type it again with its province or city. "
    "For example: <i>phường Ba Đình, Hà Nội</i>",
    "area.choose": "Tap the right place. If it is not here, type the name again.",
    "area.kept": "Kept: <b>{place}</b>.\n\nTo change it, tap /address",
    "area.dropped": "The place you had given is deleted.",
    "person": "Only a machine answers here. To reach a person you can:\n\n"
    "– go to the Fatherland Front Committee or the People's Committee of your commune or ward;\n"
    "– about procedures and files: go to the Public Administration Service Centre;\n"
    "– about what you sent here: tap /track, choose its code and add a message; officers read it.\n\n"
    "<b>Telephone of the office:</b> {telephone}\n\n"
    "<b>Address of the office:</b> {address}\n\n"
    "<b>Working hours:</b> {hours}\n\n"
    "If anyone is in danger, call 113, 114 or 115 now.",
    "too_old": "This button no longer works. Type what you want to know again, or tap /help",
    "slow": "So many messages came at once that I could not read them all. Please wait a minute, then send them again.",
    "failed": "Sorry, the machine failed and did not do what you asked. Please send it again.\n\nIf that does not help, tap /person",
    "unsupported": "I cannot read this kind of message. Please type words, or send a photo, a film, a recording, a file or a location.",
    "unknown_command": "There is no such command. Tap /help to see them all.",
    "group": "In groups I only answer questions about procedures and the law.\n\n"
    "For anything else please write to me alone, so that the group cannot read it.",
    "group.rest": "To see more, please send me this question in a private chat.",
}

ASKING: Mapping[str, str] = {
    "answer.none": "I could not answer this. Please send the question again.",
    "answer.not_mine": "Sorry, I misunderstood. Please ask in more detail: what, whose, when.",
    "answer.not_mine.restored": "Sorry, I read the question as:\n<blockquote>{restored}</blockquote>\n\n"
    "If that is wrong, please type it again.",
    "answer.account_status": "If you sent it here, tap /track",
    "papers": "<b>Papers</b>\n\nYou have {had} of {all}. Tap the button of each one that you have.\n\n"
    "<b>Missing</b>\n{missing}\n\n"
    "<b>Had</b>\n{ready}",
    "papers.all": "<b>Papers</b>\n\nYou have all {all}.\n\n{ready}",
    "mixed": "You also told this:\n<blockquote>{text}</blockquote>\nIt was not passed on. "
    "If officers shall see and answer it, tap the button below.",
    "wrong": "What is wrong or missing? Tap a line.",
    "wrong.kept": "Noted. You may write what is wrong or missing, or tap “Skip”.",
    "wrong.thanks": "Thank you. Your remark is kept so that this can be corrected.",
}

SENDING: Mapping[str, str] = {
    "send.what": "Please write what it is about: what happened, since when, what you wish for.\n\nA photo or a recording will do, too.",
    "send.no_words": "I could not read any words. Please write a few: what happened, what you wish for.",
    "send.two": "You have a draft that was not sent:\n<blockquote>{old}</blockquote>\n\n"
    "Just now you told me:\n<blockquote>{new}</blockquote>\n\nWhich of them would you like to send?",
    "send.where": "Where is it? Type the address or the commune or ward.",
    "send.files": "If you have photos, recordings or papers, send them here. If not, tap “Nothing, go on”.",
    "send.contact": "Would you like to leave your name and telephone number? Write them in one message.\n\n"
    "You can send without. The result is told here all the same.",
    "send.resume": "You had begun to write:\n<blockquote>{text}</blockquote>",
    "send.like": "Somebody sent something similar before. If you wish the same, tap “Me too”; you need not send it again.",
    "consent": "{text}",
    "send.check": "Please look over it before it is sent.\n\n"
    "<b>Text</b>\n<blockquote>{text}</blockquote>\n\n"
    "<b>Place:</b> {where}\n\n"
    "<b>Files:</b> {files}\n\n"
    "<b>Contact</b> (never published): {contact}\n\n"
    "<b>If published, it would read:</b>\n<blockquote>{redacted}</blockquote>",
    "sent": "It is received. Your tracking code:\n<code>{code}</code>\n\n"
    "Next, an officer reads and sorts it, by {by} if all goes well. That is our own target; no law sets it.\n\n"
    "I will write here when there is news. To see how far it is, tap /track",
    "sent.secret": "Received and kept under seal. Your code:\n<code>{code}</code>\n\n"
    "Please keep this code to yourself. What you wrote here does not replace a denunciation: for a decision you must still hand in a "
    "signed letter or come in person.",
    "send.not_a_complaint": "What you write here is <b>not a complaint in the sense of the law</b>. For a decision on it you must "
    "hand in a signed petition, or complain in person (Article 8, Law on Complaints No. 02/2011/QH13, as amended). "
    "There is a time limit for complaints; sending it here does not keep it.\n\n"
    "If officers shall know all the same, you can send it as an opinion.",
    "send.not_a_denunciation": "What you write here is <b>not a denunciation in the sense of the law</b>. For it to be dealt with as one, "
    "you must hand in a signed petition with your name and address to the competent body, or go there in person (Articles 22 and 23, "
    "Law on Denunciations No. 25/2018/QH14, as amended). Its Article 8 forbids revealing who denounced.\n\n"
    "You may still send it here. It will be <b>kept sealed</b>: never published, and opened only by the officers in charge of sealed "
    "files. Please leave out your name and address.",
    "supported": "You are counted as wishing the same.\n\nWould you also like to send words of your own?",
    "supported.enough": "You are counted as wishing the same. What you wrote is not sent, and deleted.",
    "send.tap": "If you agree, please tap “Agree and send” below.",
    "cancelled": "Dropped. Nothing was sent; what you wrote and its files are deleted.",
    "cancelled.nothing": "All right. Nothing was sent and nothing has changed.",
    "skipped": "All right. Type whatever you want to know, at any time.",
    "file.too_many": "There are {most} files already; no more can be taken. To send others, drop those that you sent and choose again.",
    "file.too_big": "This file is too large. Please send one below 20 MB; of a film, a shorter piece.",
    "file.too_much": "This file was not taken: all files of one matter have at most 20 MB together. "
    "Please send a smaller one, or drop those that you sent and choose again.",
    "file.kind": "I cannot take this kind of file. Please send a photo, a film, a recording, a PDF or a Word file.",
    "file.infected": "This file may hold malicious software and was not taken. Please send another one.",
    "file.broken": "I could not open this file. Please send it again, or another one.",
    "file.taken": "Received; {files} in all. Send more, or tap “That is all, go on”.",
    "file.album": "Your files are being received. When you have sent all, tap “That is all, go on”.",
    "file.kept": "Your file is received.",
    "file.dropped": "The files are dropped.",
    "file.words_please": "The file is received. Please add a few words: what it is about, what you wish for.",
    "voice.words_please": "The recording is kept and will be sent along. I cannot listen yet; "
    "please add a line: what it is about, what you wish for.",
    "voice.heard": "This is what I heard:\n<blockquote>{words}</blockquote>\n\nIs it right? If not, type it, or say it again.",
    "where.near": "These communes and wards are near. Tap the right one.",
    "area.near": "This location is near these communes and wards. The one that you tap is kept as where you live.\n\n"
    "To report something at this place, send a report first.",
    "where.unknown": "I cannot tell the commune or ward from this location. Please type its name.",
    "contact.unasked": "I had not asked for a telephone number, so it was not kept. To send a report, tap /send",
    "edit.taken": "Changed as in your edited message.",
    "edit.write_anew": "The text came in several messages, so I cannot change one alone. To change it, please write all of it anew.",
    "edit.too_late": "<code>{code}</code> was sent too long ago to be changed. You can add a message to it.",
    "add": "Please write what you want to add to <code>{code}</code>.",
    "added": "Added to <code>{code}</code>. The officers in charge will read it.",
}

FOLLOWING: Mapping[str, str] = {
    "track.choose": "Which one would you like to see? Tap its code, or type another one.",
    "track.ask": "Please type the tracking code. You got it when you sent your message; it looks like <code>DH-7K3QF-9D2MX-4</code>\n\n"
    "Files that you handed in at an office I cannot look up. Please ask there, or look on the National Public Service Portal.",
    "track.not_found": "Nothing was found under this code. Please check each character and type it again.\n\n"
    "What was deleted cannot be found any more.",
    "track.not_possible": "As it stands now, this can no longer be done.",
    "track.status": "<code>{code}</code>\n\nState: <b>{state}</b>, since {since}\n\nReceived: {received}\n\n"
    "<b>The newest message from the office</b>\n<blockquote>{told}</blockquote>",
    "withdraw": "Do you really want to withdraw <code>{code}</code>? It will not be worked on any more.",
    "withdrawn": "<code>{code}</code> is withdrawn.",
    "asked_again": "A review of <code>{code}</code> is asked for. Officers will look at it.",
    "survey.kept": "Thank you, your opinion is kept. If you want to say more, write it here; leave out names and telephone numbers.",
    "survey.thanks": "Thank you for your words.",
    "survey.closed": "This answer cannot be judged now.",
    "survey.too_long": "That is too long. Please write at most {most} characters.",
    "erase": "What shall be deleted?\n\n"
    "– Only this chat: your questions, the place where you live, what you are writing.\n"
    "– Everything: also text and contact details of what you sent (there are: {sent}). Only counts remain.\n\n"
    "It cannot be brought back.",
    "erased.talk": "Your questions, your place and what you were writing are deleted. The messages on your own device are yours to delete.",
    "erased.all": "Your questions and all that you sent here are deleted. The messages on your own device are yours to delete.",
    "outbox.state": "Your message <code>{code}</code>: <b>{state}</b>\n\n<blockquote>{text}</blockquote>",
    "outbox.message": "The officer in charge of <code>{code}</code> writes to you:\n<blockquote>{text}</blockquote>",
    "outbox.survey": "<code>{code}</code> has been answered. How do you find the answer?",
    "outbox.guidance": "<code>{code}</code> may have to be done in another way. Complaints and denunciations are made in writing or in "
    "person.\n\nIf anyone is in danger, call 113, 114 or 115 now.",
    "outbox.guidance.complaint": "<code>{code}</code> may be a complaint. By Article 8 of the Law on Complaints No. 02/2011/QH13 (as "
    "amended) a complaint is made in writing or in person; what is sent here does not replace it.\n\n"
    "To see how it is done, type: <i>how to make a complaint</i>",
    "outbox.guidance.denunciation": "<code>{code}</code> may be a denunciation and is kept sealed. By Articles 22 and 23 of the Law on "
    "Denunciations No. 25/2018/QH14 (as amended) a denunciation is made in writing or in person; what is sent here does not replace it.\n\n"
    "To see how it is done, type: <i>how to denounce a violation</i>",
    "outbox.guidance.emergency": "<code>{code}</code> may be an emergency. Nobody is on duty here to help.\n\n"
    "Call now: 113 police, 114 fire and rescue, 115 ambulance, 111 child protection.",
    "outbox.guidance.question": "<code>{code}</code> may be a question. Type it here, and I will answer at once.",
}

LABELS: Mapping[str, str] = {
    "menu.ask": "Ask about procedures, the law",
    "menu.send": "Send a report or recommendation",
    "menu.track": "Follow what you sent",
    "menu.ask.en": "Ask about procedures, the law",
    "menu.send.en": "Send a report or recommendation",
    "menu.track.en": "Follow what you sent",
    "language.vi": "Tiếng Việt",
    "language.en": "English",
    "area.drop": "Delete the place kept",
    "place": "{place}",
    "point": "Or share where you are",
    "cancel": "Cancel",
    "skip": "Skip",
    "more": "Show more",
    "papers.button": "Papers",
    "where.button": "Where to submit?",
    "paper.had": "Had: {paper}",
    "paper.open": "Missing: {paper}",
    "option": "{label}",
    "notmine.button": "Not what I meant",
    "wrong.button": "Wrong/Incomplete",
    "wrong.wrong_article": "Not the right article",
    "wrong.out_of_force": "No longer in force",
    "wrong.incomplete": "Something is missing",
    "wrong.unclear": "Hard to understand",
    "send.report": "Send this report",
    "send.recommendation": "Send this recommendation",
    "send.anyway": "Send my own words",
    "send.enough": "No, that is enough",
    "resume": "Go on writing",
    "draft.other": "The new one (drop the draft)",
    "draft.join": "They are one matter, join them",
    "draft.old": "The draft (drop the new one)",
    "afresh": "Begin again",
    "skip.where": "Skip, name no place",
    "skip.files": "Nothing, go on",
    "skip.contact": "Leave nothing, go on",
    "where.mine": "At the place kept for me",
    "files.enough": "That is all, go on",
    "files.drop": "Drop the files",
    "voice.right": "Right, go on",
    "voice.wrong": "Wrong, I will write it",
    "support": "Me too: {title}",
    "agree": "Agree and send",
    "change": "Write it anew",
    "track.button": "See how far it is",
    "track.code": "{code}",
    "add.button": "Add a message",
    "reply.button": "Reply to the officer",
    "again.button": "Ask for a review",
    "withdraw.button": "Withdraw it",
    "withdraw.yes": "Yes, withdraw it",
    "withdraw.no": "Do not withdraw",
    "erase.talk": "Delete only this chat",
    "erase.all": "Delete everything",
}

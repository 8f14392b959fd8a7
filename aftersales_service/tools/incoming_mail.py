"""What incoming mails say beside their words: pure Python, no Odoo import.

Messages are ``email.message.EmailMessage``, as Odoo's gateway parses them.
"""
import base64
import binascii
import quopri
import re
from email.message import EmailMessage

from .charset import decode, guess_charset

_ENCODED = r'=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?='
_ENCODED_RUN = re.compile(rf'{_ENCODED}(?:\s*{_ENCODED})*')
_ENCODED_WORD = re.compile(_ENCODED)
_READ_HEADERS = ('from', 'reply-to', 'to', 'cc', 'subject')
_KNOWN_TYPES = frozenset(
    {'text', 'multipart', 'message', 'application', 'image', 'audio', 'video'})
_PART_HEADERS = ('content-type', 'content-disposition')

_AUTOMATIC_HEADERS = ('X-Autoreply', 'X-Auto-Reply', 'X-Autorespond', 'X-Autoresponder')
_AUTOMATIC_SUBJECT = re.compile(
    r'^\W*(?:自动回复|自动答复|自動回覆|自動回复|automatic reply|auto[- ]?reply'
    r'|auto(?:matic)?[- ]?response|out of (?:the )?office|abwesenheitsnotiz'
    r'|automatische antwort|réponse automatique'
    r'|respuesta automática)\b', re.IGNORECASE)
_BULK = frozenset({'auto_reply', 'auto-reply', 'bulk', 'junk', 'list'})
_SERVERS = frozenset({'postmaster', 'mailer-daemon', 'mail-daemon'})
_ANSWERS = frozenset({'REPLY', 'COUNTER', 'DECLINECOUNTER', 'REFRESH'})
_NO_REPLY = re.compile(
    r'no[-_.]?reply|do[-_.]?not[-_.]?reply|web[-_.]?form|contact[-_.]?form|wordpress|notif'
    r'|mailer|robot|website|formmail', re.IGNORECASE)

_LONGEST = 20_000  # of a mail, in which its writer is looked for
_FORWARD_MARK = re.compile(r'^\s*(?:fw|fwd|wg|tr|i|enc|rv|转发|轉寄|转寄)\s*[:：]', re.IGNORECASE)
_FORWARDED_FROM = re.compile(
    r'(?:^|[\s|>*-])(?:(?:From|Von|De|Da|Van)\s*\**\s*[:：|]|(?:发件人|寄件者|寄件人)[\s:：|*])[\s*|]*'
    r'(?P<name>[^\n<>\[|@]{0,100}?)[\s"]*[<\[(]?\s*(?:mailto:)?'
    r'(?P<email>[\w.+%-]+@[\w-]+(?:\.[\w-]+)+)', re.IGNORECASE)


def mend_message(message: EmailMessage) -> None:
    """Label the words of a mail as what they are; Python believes the label, however wrong.

    Chinese clients label gb2312 what has more letters, make up names of charsets, split a
    letter between two encoded words, or write headers and texts without any label.
    """
    for part in message.walk():
        _mend_headers(part, (*_READ_HEADERS, *_PART_HEADERS) if part is message else _PART_HEADERS)
        if part.get_content_maintype() not in _KNOWN_TYPES:
            # such as plain/text: the gateway would stop at it
            part.set_type('text/plain' if 'text' in part.get_content_type()
                          else 'application/octet-stream')
        if part.get_content_maintype() == 'text':
            _mend_text(part)


def mend_header(value: str) -> str:
    """Return a header, as it was sent, with all its encoded words in UTF-8.

    >>> from email.header import decode_header, make_header
    >>> def read(value): return str(make_header(decode_header(mend_header(value))))
    >>> read('=?gb2312?B?wO7pRg==?='), read('=?x-gbk?B?wO7EyA==?=')
    ('李镕', '李娜')
    >>> read('=?gbk?B?wO7E?= =?gbk?B?yA==?=')
    '李娜'
    >>> mend_header('Fan <wang@example.org>')
    'Fan <wang@example.org>'
    """
    value = re.sub(r'\r?\n(?=[ \t])', '', value)
    try:
        value.encode()
    except UnicodeEncodeError:  # bytes without a label
        value = decode(value.encode('ascii', 'surrogateescape'))
    return _ENCODED_RUN.sub(lambda run: _recode(run[0]), value)


def get_machine_reason(message: EmailMessage, own_domains: tuple[str, ...] = ()) -> str | None:
    """Return why a mail was sent by a machine to no certain reader, or ``None``.

    Out-of-office answers, bounces, newsletters and answers to invitations open no document. What
    a shop's machine writes of itself may well be an order: that alone is no reason. Mails that a
    mailing list of our own domains passes on are those of its writers.

    >>> mail = EmailMessage()
    >>> mail['From'], mail['Auto-Submitted'] = 'a@example.org', 'auto-generated'
    >>> get_machine_reason(mail)
    >>> mail['In-Reply-To'] = '<1@example.com>'
    >>> get_machine_reason(mail)
    'automatic reply'
    """
    def read(name):
        return str(message.get(name) or '').strip().lower()

    submitted = read('Auto-Submitted').partition(';')[0].strip()
    is_reply = bool(read('In-Reply-To') or read('References'))
    is_own_list = any(read('List-Id').rstrip('> ').endswith(domain.lower())
                      for domain in own_domains if domain)
    if submitted == 'auto-replied' or (submitted not in ('', 'no') and is_reply) or any(
            read(name) not in ('', 'no', 'false', '0') for name in _AUTOMATIC_HEADERS) or (
                _AUTOMATIC_SUBJECT.match(str(message.get('Subject') or ''))):
        return "automatic reply"
    if not is_own_list and (read('List-Id') or read('Precedence') in _BULK):
        return "sent to a list"
    if any(part.get_content_type() == 'text/calendar'
           and str(part.get_param('method') or '').upper() in _ANSWERS for part in message.walk()):
        return "answer to an invitation"
    sender = read('From')
    if read('Return-Path') == '<>' or not sender.strip('<> ') or any(
            re.search(rf'\b{re.escape(server)}@', sender) for server in _SERVERS):
        return "sent by a mail server"
    return None


def is_machine_address(email: str) -> bool:
    """Whether answers to this address are not read.

    >>> is_machine_address('no-reply@shop.com'), is_machine_address('ann@shop.com')
    (True, False)
    """
    return bool(_NO_REPLY.search((email or '').partition('@')[0]))


def is_forwarded(subject: str | None) -> bool:
    """Whether a subject begins as that of a forwarded mail.

    >>> is_forwarded("Fwd: Fan"), is_forwarded("转发：风扇"), is_forwarded("Re: Fan")
    (True, True, False)
    """
    return bool(_FORWARD_MARK.match(subject or ''))


def find_forwarded_senders(
        words: str, message: EmailMessage | None = None) -> list[tuple[str, str]]:
    r"""Return ``(name, email)`` of those whose mails are quoted or attached, the newest first.

    >>> find_forwarded_senders("See below\n发件人：\"李娜\" <li@example.org>;\n发送时间：…")
    [('李娜', 'li@example.org')]
    >>> find_forwarded_senders("> *From:* Ann Lee [mailto:ann@example.org]\n> Sent: …")
    [('Ann Lee', 'ann@example.org')]
    >>> find_forwarded_senders("| 发件人 | 李娜<li@example.org> |")
    [('李娜', 'li@example.org')]
    """
    found = [(match['name'].strip(' "\'*;'), match['email'])
             for match in _FORWARDED_FROM.finditer(words[:_LONGEST])]
    for part in message.walk() if message else ():
        if part is not message and part.get_content_type() == 'message/rfc822':
            sender = part.get_content()['From']
            found += [(address.display_name, address.addr_spec)
                      for address in getattr(sender, 'addresses', ())]
    return found


def find_numbers(subject: str | None) -> list[str]:
    """Return the words of a subject that may be the number of a document, the first twenty.

    >>> find_numbers("Re: [SV/2026/11/00012] fan, again (2nd time).")
    ['SV/2026/11/00012', '2nd']
    """
    words = re.findall(r'[\w./-]*\d[\w./-]*', (subject or '')[:1000])
    return [word.strip('.-/') for word in words][:20]


# === CHARSETS === #

def _mend_headers(part: EmailMessage, names: tuple[str, ...]) -> None:
    for name, value in list(part.raw_items()):
        if name.lower() in names and len(part.get_all(name, [])) == 1:
            mended = mend_header(value)
            if mended != value:
                part.replace_header(name, mended.replace('\r', ' ').replace('\n', ' '))


def _mend_text(part: EmailMessage) -> None:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return
    label = part.get_param('charset')
    label = label[2] if isinstance(label, tuple) else label
    charset = guess_charset(content, label)
    if charset != (label or '').lower():
        part.del_param('charset')  # one without a value would go on to count
        part.set_param('charset', charset)


def _recode(run: str) -> str:
    """Return adjacent encoded words as one in UTF-8: a letter may be split between two."""
    words: list[tuple[str, bytes]] = []
    for label, kind, text in _ENCODED_WORD.findall(run):
        label = label.partition('*')[0]
        content = _unpack(kind, text)
        if words and words[-1][0].lower() == label.lower():
            words[-1] = (label, words[-1][1] + content)
        else:
            words.append((label, content))
    text = ''.join(decode(content, label) for label, content in words)
    return f"=?utf-8?b?{base64.b64encode(text.encode('utf-8', 'replace')).decode()}?="


def _unpack(kind: str, text: str) -> bytes:
    if kind in 'qQ':
        return quopri.decodestring(text.replace('_', ' ').encode('ascii', 'ignore'))
    packed = re.sub(r'[^A-Za-z0-9+/]', '', text)
    try:
        return base64.b64decode(packed + '=' * (-len(packed) % 4))
    except binascii.Error:
        return base64.b64decode(packed[:len(packed) // 4 * 4])

"""Words and days of the contacts after a sale: pure functions, no Odoo import."""
import re
from datetime import date, timedelta

# what a message must not do: trade a favour for another rating (consumer protection, fair reviews)
_CHANGED_RATING = (
    r'(?:chang|revis|updat|alter|improv|rais|delet|remov|withdr[ae]w|tak\w+ (?:back|down))\w*\W+'
    r'(?:\w+\W+){0,3}?(?:ratings?|reviews?|scores?|comments?|stars?)\b')
_WANTED_RATING = (
    r'\b(?:5|five)[\s-]*stars?\b', r'\b(?:positive|good|better|higher|top)\s+'
    r'(?:ratings?|reviews?|scores?)\b')
_HAN = (
    r'(?:修改|更改|改|变更|删除|删|撤销|撤回|取消|提高)(?:一下|您的|你的|原来的|之前的|原|此|该|掉|的|了|个|条)*'
    r'(?:评价|评分|评论|打分|差评|中评|追评)',
    r'(?:评价|评分|评论|打分|差评|中评)(?:修改|更改|改|删除|删|撤销|撤回|提高)',
    r'好评(?:返现|有礼|返|送|赠|截图|奖励|优惠|红包)',
    r'(?:五|5)\s*(?:星|分)\s*(?:好评|评价|返现|返)',
)
_REFUSED = re.compile('|'.join((_CHANGED_RATING, *_WANTED_RATING, *_HAN)), re.IGNORECASE)


def find_rating_request(text: str | None) -> str | None:
    """Return the words of a text that ask for another or a certain rating, ``None`` without.

    A greeting may thank for a rating and ask for an honest one.

    >>> find_rating_request("A coupon for you if you change your rating")
    'change your rating'
    >>> find_rating_request("请您修改一下评价，送优惠券"), find_rating_request("好评返现5元")
    ('修改一下评价', '好评返现')
    >>> find_rating_request("Please give us five stars")
    'five stars'
    >>> find_rating_request("Thank you for your rating. Please tell us honestly how it was.")
    >>> find_rating_request("欢迎您如实评价我们的服务")
    >>> find_rating_request(None)
    """
    found = _REFUSED.search(re.sub(r'<[^>]+>', ' ', text or ''))
    return found.group().strip() if found else None


def find_anniversary_days(day: date) -> list[tuple[int, int]]:
    """Return the ``(month, day)`` that are celebrated on ``day``.

    Who was born on 29 February is greeted on the 28th where the year has no 29th.

    >>> find_anniversary_days(date(2026, 2, 28)), find_anniversary_days(date(2028, 2, 28))
    ([(2, 28), (2, 29)], [(2, 28)])
    """
    days = [(day.month, day.day)]
    if days == [(2, 28)] and (day + timedelta(days=1)).day == 1:
        days.append((2, 29))
    return days


def find_window(today: date, offset: int, catch_up: int) -> tuple[date, date]:
    """Return the first and last day of the events whose contact is due today.

    :param offset: days from the event to the contact, negative before it
    :param catch_up: for how many days a contact is made up for where nothing ran

    >>> find_window(date(2026, 11, 30), 30, 3)
    (datetime.date(2026, 10, 28), datetime.date(2026, 10, 31))
    >>> find_window(date(2026, 11, 30), -30, 0)
    (datetime.date(2026, 12, 30), datetime.date(2026, 12, 30))
    """
    last = today - timedelta(days=offset)
    return last - timedelta(days=catch_up), last

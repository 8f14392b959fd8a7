"""What a browser sends with a form, read the same way for every page."""
import re
from uuid import uuid4

from odoo.exceptions import UserError
from odoo.http import request

from ..tools.photo import name_photo
from ..tools.words import LONGEST, find_too_long, read_form

# the database knows no larger one
MAX_ID = 2 ** 31 - 1
# of one form: each is opened and kept
MOST_PHOTOS = 20


def is_id(value):
    """Return whether a number of an address may be that of a record."""
    return 0 < value <= MAX_ID


def read_width(width):
    """Return the width in pixels that an address asks a picture in; 0 for its own."""
    return int(width) if re.fullmatch(r'[0-9]{1,4}', str(width)) else 0


def read_answers(values):
    """Return the text answers of a form; one that is too long to be read is refused."""
    answers = read_form(values)
    if find_too_long(answers):
        raise UserError(request.env._(
            "Please write no more than %(limit)s characters.", limit=LONGEST))
    return answers


def read_photos(name='photos'):
    """Return pairs of name and content of the photos that came with a form; refuse too many."""
    sent = [file for file in request.httprequest.files.getlist(name) if file.filename]
    if len(sent) > MOST_PHOTOS:
        raise UserError(request.env._(
            "Please send no more than %(limit)s photos at once.", limit=MOST_PHOTOS))
    company = request.env.company
    files = [(file.filename, company._convert_photo(file.read())) for file in sent]
    return [(name_photo(filename, content), content) for filename, content in files]


def split_photos(files):
    """Return the photos that can be kept, and ``{name: why not}`` of the others."""
    good, refused = [], {}
    for name, content in files:
        try:
            request.env.company._ensure_photo(content, name)
            good.append((name, content))
        except UserError as error:
            refused[name] = str(error)
    return good, refused


def create_form_key():
    """Return the key of a form that is shown now; see ``send_once``."""
    return uuid4().hex


def send_once(values, create):
    """Return the document that a form asks for; the same form sent twice makes one.

    Where some photos can be kept, the others do not stop the request: the customer reads in the
    conversation which are missing, and why; so does the page that follows, near its top, see
    ``take_photo_refusals``. Where none can, the form says so.

    :param create: a function of the answers and the photos that returns the new record
    """
    answers, photos = read_answers(values), read_photos()
    good, refused = split_photos(photos)
    if not good:
        good, refused = photos, {}  # refused with the reason by the document itself
    request.session['aftersales_photo_refusals'] = list(refused.values())

    def make():
        record = create(answers, good)
        if refused and hasattr(record, 'message_post'):
            # the document that the customer just made
            record.sudo().message_post(
                body="\n".join(refused.values()), message_type='comment',
                subtype_xmlid='mail.mt_comment',
                author_id=request.env.company.sudo().partner_id.id)
        return record

    return request.env['aftersales.sent.form']._send_once(
        {'path': request.httprequest.path, **answers}, photos, make)


def take_photo_refusals():
    """Return why photos of the form that was just sent are missing, to be shown once."""
    return request.session.pop('aftersales_photo_refusals', None)

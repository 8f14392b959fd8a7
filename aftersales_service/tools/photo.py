"""Read a picture that came from a phone as text. Pure Python, no Odoo import."""
import base64
import binascii
from io import BytesIO

from PIL import Image

from .words import read_words

# what cameras and canvases make, and what Odoo's own imaging reads
FORMATS = ('JPEG', 'PNG')
_ENDINGS = {b'\xff\xd8': ('.jpg', '.jpeg'), b'\x89P': ('.png',)}


class NotAnImageError(ValueError):
    """The text is no picture that a browser can show."""


class TooLargeError(ValueError):
    """The picture has more bytes than allowed."""


class TooManyPixelsError(ValueError):
    """The picture would take more memory than allowed as soon as somebody decodes it."""


def read_image(text: object, max_bytes: int, max_pixels: int) -> bytes:
    """Return the bytes of the base64 picture ``text``, or raise an error that says what is wrong.

    A picture is believed by its content, never by its name; a leading ``data:`` URL
    prefix is cut off. Drawings that may hold scripts (SVG) are no pictures.

    >>> dot = ('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6'
    ...        'kgAAAABJRU5ErkJggg==')
    >>> read_image('data:image/png;base64,' + dot, 1000, 100)[1:4]
    b'PNG'
    >>> read_image(dot, 20, 100)
    Traceback (most recent call last):
    ...
    odoo.addons.aftersales_service.tools.photo.TooLargeError
    >>> read_image('PHN2Zy8+', 1000, 100)
    Traceback (most recent call last):
    ...
    odoo.addons.aftersales_service.tools.photo.NotAnImageError
    """
    if not isinstance(text, str) or not text:
        raise NotAnImageError
    encoded = text.partition('base64,')[2] or text
    if len(encoded) * 3 // 4 > max_bytes + 2:
        raise TooLargeError
    try:
        content = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotAnImageError from error
    ensure_image(content, max_bytes, max_pixels)
    return content


def ensure_image(content: bytes, max_bytes: int, max_pixels: int) -> None:
    """Raise an error that says what is wrong with the bytes of a picture; pass a good one.

    A few bytes may unfold to gigabytes: the pixels are counted before anything is decoded.
    """
    if len(content) > max_bytes:
        raise TooLargeError
    ensure_pixels(content, max_pixels)
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            image.verify()
    except (OSError, SyntaxError, ValueError) as error:
        raise NotAnImageError from error


def decode_picture(text: object) -> bytes:
    r"""Return the bytes of a picture that a field got as base64; no bytes for other values.

    As lenient as Odoo is when it opens the picture: what it reads must be judged.

    >>> decode_picture('aGVs\nbG8='), decode_picture(b'aGVsbG8='), decode_picture('?'), (
    ...     decode_picture(None))
    (b'hello', b'hello', b'', b'')
    """
    try:
        return base64.b64decode(text) if isinstance(text, str | bytes) else b''
    except (binascii.Error, ValueError):
        return b''


def ensure_pixels(content: bytes, max_pixels: int) -> None:
    """Raise TooManyPixelsError for a picture of more pixels; other files pass.

    Only the header is read, of each kind that Odoo itself would decode.
    """
    try:
        with Image.open(BytesIO(content)) as image:
            width, height = image.size
    except Image.DecompressionBombError as error:
        raise TooManyPixelsError from error
    except (OSError, SyntaxError, ValueError):
        return
    if width * height > max_pixels:
        raise TooManyPixelsError


def name_photo(name: str, content: bytes) -> str:
    r"""Return the name under which a picture is kept; its ending is always that of a picture.

    A browser decides by the ending how to show a file: one that ends as a page would be run
    as a page.

    >>> name_photo('leak.JPG', b'\xff\xd8...'), name_photo('..\\leak.html', b'\x89PNG...')
    ('leak.JPG', 'leak.html.png')
    >>> name_photo('virus.exe', b'MZ')
    'virus.exe'
    """
    kept = read_words(name.replace('\\', '/').rpartition('/')[2])[-100:]
    endings = _ENDINGS.get(content[:2], ())
    return kept if not endings or kept.lower().endswith(endings) else kept + endings[0]

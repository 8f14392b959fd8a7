"""Read a picture that came from a phone as text. Pure Python, no Odoo import."""
import base64
import binascii
from io import BytesIO

from PIL import Image, ImageOps, WebPImagePlugin

from .words import read_words

# what cameras and canvases make, and what Odoo's own imaging reads
FORMATS = ('JPEG', 'PNG')
# what phones and chats make besides; Odoo leaves the last one out until it is asked for
CONVERTED = ('GIF', 'BMP', WebPImagePlugin.WebPImageFile.format)
_ENDINGS = {b'\xff\xd8': ('.jpg', '.jpeg'), b'\x89P': ('.png',)}


class NotAnImageError(ValueError):
    """The text is no picture that a browser can show."""


class ForeignImageError(NotAnImageError):
    """The file is a picture of a kind that phones make and servers do not open."""


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
        raise (ForeignImageError if is_apple_picture(content) else NotAnImageError) from error


def is_apple_picture(content: bytes) -> bool:
    r"""Whether a file is a HEIC or AVIF picture, which Odoo's own imaging may not open.

    >>> is_apple_picture(b'\0\0\0\x18ftypheic\0\0'), is_apple_picture(b'\xff\xd8')
    (True, False)
    """
    return content[4:8] == b'ftyp' and content[8:12] in (
        b'heic', b'heix', b'hevc', b'heim', b'heis', b'mif1', b'msf1', b'avif')


def convert_picture(content: bytes, max_pixels: int) -> bytes:
    r"""Return a picture as a JPEG, if browsers show its kind but our papers do not; else as it is.

    It is turned as the camera was held. Only what may be decoded is.

    >>> with BytesIO() as file:
    ...     Image.new('RGBA', (2, 2)).save(file, 'WEBP')
    ...     convert_picture(file.getvalue(), 4)[:2] == b'\xff\xd8', convert_picture(
    ...         file.getvalue(), 3)[:4]
    (True, b'RIFF')
    """
    try:
        with Image.open(BytesIO(content), formats=CONVERTED) as image, BytesIO() as file:
            if image.width * image.height > max_pixels:
                return content
            turned = ImageOps.exif_transpose(image).convert('RGBA')
            paper = Image.new('RGB', turned.size, 'white')
            paper.paste(turned, mask=turned.getchannel('A'))
            paper.save(file, 'JPEG', quality=85)
            return file.getvalue()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return content


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

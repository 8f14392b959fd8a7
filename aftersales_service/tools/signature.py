"""Whether a picture holds a signature. Pure Python, no Odoo import."""
from io import BytesIO

from PIL import Image

from .photo import FORMATS

# how far, in pixels, the ink of a signature reaches at least; phones draw two to a point
REACH = 24
# of 255: darker is ink, on paper that was photographed as well
DARK = 160


def is_drawn(content: bytes) -> bool:
    """Return whether the ink of a picture is a line and not a dot, nor nothing at all.

    >>> from PIL import ImageDraw
    >>> def draw(*line, size=(300, 100)):
    ...     image, content = Image.new('RGBA', size), BytesIO()
    ...     ImageDraw.Draw(image).line(line, fill='black', width=2)
    ...     image.save(content, 'PNG')
    ...     return content.getvalue()
    >>> is_drawn(draw(10, 50, 200, 60)), is_drawn(draw(10, 50, 12, 52)), is_drawn(draw())
    (True, False, False)
    >>> is_drawn(draw(0, 0, 1, 1, size=(1, 1)))
    False
    """
    with Image.open(BytesIO(content), formats=FORMATS) as image:
        drawing = image.convert('RGBA')
    paper = Image.new('RGBA', drawing.size, 'white')
    ink = Image.alpha_composite(paper, drawing).convert('L').point(
        lambda shade: 255 if shade < DARK else 0)
    box = ink.getbbox()
    return bool(box) and max(box[2] - box[0], box[3] - box[1]) >= REACH

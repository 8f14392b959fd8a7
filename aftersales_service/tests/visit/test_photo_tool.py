import base64
import doctest
from io import BytesIO

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from odoo.tests import BaseCase, tagged

from ...tools import photo, signature

steady = settings(
    derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@tagged('post_install', '-at_install')
class TestPhotoTool(BaseCase):
    """Whatever a phone sends is a picture or is refused; nothing else happens."""

    def test_examples(self):
        for module in (photo, signature):
            self.assertFalse(doctest.testmod(module).failed)

    @steady
    @given(st.one_of(st.text(), st.binary().map(lambda data: base64.b64encode(data).decode()),
                     st.none(), st.integers(), st.lists(st.text())))
    def test_rubbish_is_refused_and_nothing_else(self, rubbish):
        with self.assertRaises((photo.NotAnImageError, photo.TooLargeError)):
            photo.read_image(rubbish, 1000, 1000)

    @steady
    @given(st.integers(1, 40), st.integers(1, 40), st.sampled_from(photo.FORMATS))
    def test_pictures_arrive_unchanged(self, width, height, kind):
        file = BytesIO()
        Image.new('RGB', (width, height)).save(file, kind)
        content = file.getvalue()
        text = base64.b64encode(content).decode()
        self.assertEqual(photo.read_image(text, len(content), width * height), content)

    def test_drawings_and_cut_pictures_are_refused(self):
        file = BytesIO()
        Image.new('RGB', (200, 200)).save(file, 'PNG')
        for content in (b'<svg xmlns="http://www.w3.org/2000/svg"/>', b'GIF89a',
                        file.getvalue()[:60]):
            with self.assertRaises(photo.NotAnImageError):
                photo.read_image(base64.b64encode(content).decode(), 10_000, 40_000)

    def test_pixels_are_counted_before_anything_is_decoded(self):
        file = BytesIO()
        Image.new('1', (200, 200)).save(file, 'PNG')
        cut = file.getvalue()[:60]  # hardly more than its header
        for content in (file.getvalue(), cut):
            with self.assertRaises(photo.TooManyPixelsError):
                photo.ensure_image(content, 10_000, 39_999)
        photo.ensure_image(file.getvalue(), 10_000, 40_000)

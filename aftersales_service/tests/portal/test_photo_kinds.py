import base64
from io import BytesIO

from lxml import html
from PIL import Image

from odoo.tests import tagged

from ..common import SIGNATURE, PortalCommon

HEIC = b'\0\0\0\x18ftypheic\0\0\0\0mif1heic'


@tagged('post_install', '-at_install')
class TestPhotoKinds(PortalCommon):
    """Photos of the kinds that phones make: kept, turned into a JPEG, or named with the reason."""

    def _ask(self, *files):
        self.authenticate('owner', 'owner-secret')
        page = self._post('/my/service/new', description="It leaks", files=[
            ('photos', (name, content, 'image/*')) for name, content in files])
        order = self.env['aftersales.order'].search(
            [('channel', '=', 'portal')], order='id desc', limit=1)
        return page.text, order

    def _draw(self, kind):
        file = BytesIO()
        Image.new('RGB', (20, 10), 'red').save(file, kind)
        return file.getvalue()

    def test_photos_of_other_kinds_become_jpegs(self):
        __, order = self._ask(('leak.webp', self._draw('WEBP')), ('leak.gif', self._draw('GIF')))
        files = order.message_ids.attachment_ids
        self.assertEqual(set(files.mapped('name')), {'leak.webp.jpg', 'leak.gif.jpg'})
        self.assertEqual(set(files.mapped('mimetype')), {'image/jpeg'})

    def test_picture_of_an_iphone_is_refused_with_what_to_do(self):
        page, order = self._ask(('leak.heic', HEIC))
        self.assertIn("Most Compatible", page)
        self.assertFalse(order)

    def test_good_photos_are_kept_and_the_others_named(self):
        page, order = self._ask(
            ('leak.png', base64.b64decode(SIGNATURE)), ('leak.heic', HEIC), ('x.jpg', b'MZ'))
        self.assertIn(order.name, page)
        self.assertEqual(order.message_ids.attachment_ids.mapped('name'), ['leak.png'])
        told = order.message_ids.filtered(lambda message: "leak.heic" in message.body)
        self.assertIn("x.jpg is not a photo", told.body)
        self.assertEqual(told.subtype_id, self.env.ref('mail.mt_comment'))
        # near the top of the page that follows, once
        [near] = html.fromstring(page).xpath("//div[@name='photo_refusals']")
        self.assertIn("x.jpg is not a photo", near.text_content())
        self.assertNotIn('photo_refusals', self.url_open(order.get_portal_url()).text)

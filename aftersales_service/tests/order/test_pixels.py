import base64
from io import BytesIO
from unittest.mock import patch

from PIL import Image, ImageFile

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import PortalCommon


@tagged('post_install', '-at_install')
class TestPixels(PortalCommon):
    """A small file that unfolds to gigabytes is refused before anything opens it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        file = BytesIO()
        Image.new('1', (8000, 8000)).save(file, 'PNG')
        cls.bomb = file.getvalue()
        file = BytesIO()
        exif = Image.Exif()
        exif[0x112] = 6  # core turns such a picture before it looks at its size
        Image.new('L', (8000, 8000)).save(file, 'JPEG', exif=exif)
        cls.turned = base64.b64encode(file.getvalue())
        cls.order = cls.env['aftersales.order'].create({
            'partner_id': cls.owner.partner_id.id, 'description': "It does not cool",
            'user_id': cls.agent.id})

    def setUp(self):
        super().setUp()
        # to decode it is to lose the server
        load = ImageFile.ImageFile.load

        def refuse_to_load(image):
            self.assertLess(image.width * image.height, 8000 * 8000, "It was decoded")
            return load(image)
        self.startPatcher(patch.object(ImageFile.ImageFile, 'load', refuse_to_load))

    def _assert_refused(self, act):
        with self.assertRaisesRegex(UserError, "more than 50 megapixels"), self.cr.savepoint():
            act()

    def test_fields_of_ours(self):
        order = self.order.with_user(self.agent)
        orders = order.browse()
        field = {'signature': self.turned}
        for act in (
                lambda: order.write(field),
                lambda: order.write({'refusal_photo': self.turned.decode() + '\n'}),
                lambda: orders.create({'partner_id': self.customer.id, **field}),
                lambda: orders.with_context(default_signature=self.turned.decode()).create(
                    {'partner_id': self.customer.id}),
                lambda: order.onchange(field, [], {'signature': {}}),
                lambda: order.onchange(
                    {'checklist_ids': [Command.create({'photo': self.turned})]}, [], {})):
            self._assert_refused(act)

    def test_pictures_of_all_documents(self):
        files = self.env['ir.attachment']
        datas = base64.b64encode(self.bomb)
        for model in ('aftersales.order', 'mail.compose.message', False):
            for vals in ({'raw': self.bomb}, {'datas': datas}):
                self._assert_refused(lambda model=model, vals=vals: files.create({
                    'name': "leak.png", 'res_model': model, **vals}))
        small = files.create({'name': "leak.png", 'raw': b'', 'res_model': 'aftersales.order',
                              'res_id': self.order.id})
        self._assert_refused(lambda: small.write({'raw': self.bomb}))

    def test_limit_is_the_companys(self):
        self.env.company.aftersales_photo_pixels = 1
        file = BytesIO()
        Image.new('1', (1001, 1000)).save(file, 'PNG')
        with self.assertRaisesRegex(UserError, "more than 1 megapixels"):
            self.order.signature = base64.b64encode(file.getvalue())
        self.env.company.aftersales_photo_pixels = 2
        self.order.signature = base64.b64encode(file.getvalue())
        with Form(self.order) as form:
            form.phone = "+1 650 555 0101"
        self.assertTrue(self.order.signature)

    @mute_logger('odoo.http')
    def test_uploads_of_the_chatter(self):
        self.agent.password = 'agent-secret'
        self.authenticate('agent', 'agent-secret')
        for pending in ('', 'true'):
            answer = self._post('/mail/attachment/upload', files={
                'ufile': ("leak.png", self.bomb)}, thread_model='aftersales.order',
                thread_id=self.order.id, is_pending=pending)
            self.assertIn("megapixels", answer.text)
        self.assertFalse(self.env['ir.attachment'].search([('name', '=', "leak.png")]))

    def test_forms_of_the_portal(self):
        self.authenticate('owner', 'owner-secret')
        page = self._post('/my/service/new', description="It leaks",
                          files={'photos': ("leak.png", self.bomb)})
        self.assertIn("leak.png has more than 50 megapixels", page.text)

    def test_mail_with_such_a_picture_is_kept(self):
        message = self.order.message_post(
            body=self.order.description, attachments=[("leak.png", self.bomb)],
            message_type='email')
        self.assertEqual(message.attachment_ids.raw, self.bomb)

    def test_picture_of_a_mail_is_sent_as_it_is_not_resized(self):
        """Opening it to make it smaller would take the memory that the limit saves."""
        message = self.order.message_post(
            body=self.order.description, attachments=[("leak.png", self.bomb)],
            message_type='email')
        self.agent.password = 'agent-secret'
        self.authenticate('agent', 'agent-secret')
        answer = self.url_open(f'/web/image/{message.attachment_ids.id}/100x100')
        self.assertEqual(answer.content, self.bomb)

import tempfile
from pathlib import Path

import qrcode
from PIL import Image
from reportlab.graphics.barcode.code128 import Code128

from odoo.tests import HttpCase, tagged

from .common import VisitCommon
from .phone import Phone

SIZE = (640, 480)
LIBRARY = 'await caches.match("/web/static/lib/zxing-library/zxing-library.js")'
SENT = '''performance.getEntriesByType("resource").some(
    (entry) => entry.name.endsWith("/my/jobs/actions"))'''
DATA = 'await caches.match("/my/jobs/data")'


@tagged('post_install', '-at_install')
class TestJobsScan(HttpCase, VisitCommon):
    """The phone's camera reads codes, in a cellar as well; the camera here is a film."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = cls.env.cr.now().replace(hour=12, minute=0, second=0, microsecond=0)
        cls.capacitor.barcode = 'CAP-4711'
        cls.order = cls._dispatch(date=today, product_id=cls.conditioner.id)
        cls.order.visit_ids._set_state('on_site')
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))

    def _film(self, picture):
        """Write the film of one picture, as a camera without colours sees it.

        All tests' films have one name: the browser with this camera runs on.
        """
        scene = Image.new('L', SIZE, 255)
        scene.paste(picture, [(whole - part) // 2
                              for whole, part in zip(SIZE, picture.size, strict=True)])
        width, height = SIZE
        film = self.folder / 'camera.y4m'
        film.write_bytes(
            b'YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420jpeg\nFRAME\n' % SIZE + scene.tobytes()
            + bytes([128]) * (width * height // 2))
        return film

    def _start(self, picture):
        """Give the technician a phone whose camera sees ``picture``."""
        self.env.flush_all()
        self.phone = Phone(self, 'technician', switches=[
            '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream',
            f'--use-file-for-fake-video-capture={self._film(picture)}'])
        self.phone.open(f'/my/jobs#job/{self.order.visit_ids.id}')

    def _get_qr(self, text):
        return qrcode.make(text, box_size=8).get_image().convert('L')

    def _get_bars(self, text, unit=4):
        """Draw Code 128: a letter is a bar or a space, so wide as its place in the alphabet."""
        code = Code128(text)
        for step in (code.validate, code.encode, code.decompose):
            step()
        widths = [ord(letter.upper()) - ord('A') + 1 for letter in code.decomposed]
        picture = Image.new('L', (sum(widths) * unit, 200), 255)
        left = 0
        for letter, width in zip(code.decomposed, widths, strict=True):
            if letter.isupper():
                picture.paste(0, (left, 0, left + width * unit, 200))
            left += width * unit
        return picture

    def _scan(self, tile, name, code):
        self.phone.tap('.tile', tile)
        self.phone.tap('.sheet button', "Scan")
        self.phone.wait(f'document.querySelector("input[name={name}]")?.value === "{code}"')
        self.phone.miss('video.scanner')  # the camera is off again

    def test_serial_number_is_read_from_a_qr_code(self):
        self._start(self._get_qr('AC-QR-77'))
        self._scan("Serial", 'serial', 'AC-QR-77')
        self.phone.tap('.sheet .big', "Save")
        self.phone.wait(SENT)
        with self.phone.at_rest():
            self.assertEqual(self.order.serial, 'AC-QR-77')

    def test_part_is_read_from_a_bar_code(self):
        self._start(self._get_bars('CAP-4711'))
        self._scan("Parts", 'code', 'CAP-4711')
        self.phone.tap('.sheet .add')
        self.phone.wait(SENT)
        with self.phone.at_rest():
            self.assertEqual(self.order.part_ids.product_id, self.capacitor)

    def test_code_is_read_without_a_network(self):
        self._start(self._get_qr('AC-CELLAR-1'))
        self.phone.wait(f'navigator.serviceWorker.controller && {DATA} && {LIBRARY}')
        self.phone.cut_network()
        self._scan("Serial", 'serial', 'AC-CELLAR-1')
        self.phone.tap('.sheet .big', "Save")
        self.phone.see('.queue-badge.is-waiting', "↑ 1")
        self.phone.restore_network()
        self.phone.see('.queue-badge', "✓")
        with self.phone.at_rest():
            self.assertEqual(self.order.serial, 'AC-CELLAR-1')

    def test_closing_the_sheet_switches_the_camera_off(self):
        self._start(Image.new('L', (10, 10), 255))
        self.phone.tap('.tile', "Serial")
        self.phone.tap('.sheet button', "Scan")
        self.phone.wait('window.film = document.querySelector("video.scanner")?.srcObject')
        self.phone.tap('.sheet .big', "Save")  # nothing was read: the sheet stays
        self.phone.tap('.sheet-head .plain')
        self.phone.miss('video.scanner')
        self.phone.wait('window.film.getTracks().every((track) => track.readyState === "ended")')

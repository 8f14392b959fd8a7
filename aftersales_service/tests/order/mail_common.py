from uuid import uuid4

from ..common import AftersalesCommon


class MailDoorCommon(AftersalesCommon):
    """Mails are delivered as bytes at the gateway's own door."""

    alias_xmlid = 'aftersales_service.mail_alias_service'
    document = 'aftersales.order'

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.alias_domain_id = cls.env['mail.alias.domain'].search([], limit=1) or (
            cls.env['mail.alias.domain'].create({'name': 'example.com'}))
        cls.alias = cls.env.ref(cls.alias_xmlid)
        cls.alias.alias_domain_id = cls.env.company.alias_domain_id
        cls.address = cls.alias.alias_full_name

    def _deliver(self, headers='', body=b"The fan is loud.", sender='Wang Wei <wang@example.org>',
                 subject="Fan"):
        """Deliver a mail and return the documents that it opened.

        :param headers: further lines, text or bytes; a header given here replaces ours
        :param body: bytes as they are sent
        """
        lines = headers.encode() if isinstance(headers, str) else headers
        lines = lines.strip().replace(b'\r\n', b'\n')
        given = {line.partition(b':')[0].lower() for line in lines.split(b'\n')}
        ours = {b'From': sender, b'To': self.address, b'Subject': subject,
                b'Message-Id': f'<{uuid4()}@example.org>'}
        head = b'\n'.join([
            *(name + b': ' + value.encode() for name, value in ours.items()
              if name.lower() not in given), *filter(None, [lines])])
        before = self._find_opened()
        self.env['mail.thread'].message_process(
            False, (head + b'\n\n' + body).replace(b'\n', b'\r\n'))
        return self._find_opened() - before

    def _find_opened(self):
        return self.env[self.document].search([])

"""What the harness asks of a measured model."""
from abc import ABC, abstractmethod


class Case(ABC):
    """A model under measurement.

    Ids only are kept, never records: each measured transaction has a new environment.
    """

    model = None            # technical name
    groups = ()             # external ids: the role who works with the model, not an administrator
    stage_field = 'stage_id'
    date_field = 'create_date'  # by whose months the pivot is grouped
    name_field = 'name'     # made unique in the copies, looked up by name_search
    default_filter = []     # domain that the model's own menu starts with
    steps = ()              # labels of the workflow, in order
    tracked_step = None     # the step that is one plain change of stage
    restricted = None       # (user, groups) of a role who sees a tenth of the copies only
    has_portal = False      # whether customers have pages of their records

    def prepare(self, env, uid):  # noqa: B027 - a case without master data needs none
        """Make the master data; ``env`` is the superuser's, ``uid`` the role's user."""

    @abstractmethod
    def values(self, number):
        """Return what a user enters for the ``number``-th record."""

    @abstractmethod
    def do(self, step, records):
        """Take ``records`` through one step, as the user's click does."""

    @abstractmethod
    def stages(self, env):
        """Return two lists: values of the stage field of open and of closed records."""

    def portal_list(self, env):  # noqa: B027 - a case without portal has no such page
        """Count, search and read what the list page of the customer ``env.user`` shows."""

    def portal_page(self, env, record_id):  # noqa: B027 - the same
        """Check the access of the customer ``env.user`` to the record; read its page."""

    def one_part(self):  # noqa: B027 - the model knows no parts
        """Return the case whose records get one part from stock."""

    def copied_columns(self, stage, is_open, date):
        """Return ``{column: SQL}`` of what follows from a copy's stage and creation date."""
        return {}

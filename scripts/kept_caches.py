"""Keep the registry's caches between tests, but for those that the rollback makes untrue.

Core empties all of them after each test: rights, rules, menus, compiled views and templates are
then read again for the next one. A test is a transaction that is rolled back, and for such a one
Odoo itself empties only what was cleared while it ran (``Registry.reset_changes``): a value that
new rows make untrue is cleared as they are written. Here tests and their classes do the same.
"""
from functools import wraps

_ALL = 'all'  # no cache has this name


class _Keeper:
    """Knows which caches were cleared since a test, or the class of the tests, began."""

    def __init__(self, registry_class, ormcache):
        self.of_class, self.of_test = set(), set()
        self.ending = None  # the set of what ends now
        self._clear, self._clear_all = (
            registry_class.clear_cache, registry_class.clear_all_caches)
        self._watch(registry_class, ormcache)

    def _watch(self, registry_class, ormcache):
        add_value, set_up_models = ormcache.add_value, registry_class._setup_models__

        @wraps(self._clear)
        def clear_cache(registry, *names):
            self.of_test.update(names or ['default'])
            self._clear(registry, *names)

        @wraps(self._clear_all)
        def clear_all_caches(registry):
            if self.ending is None:
                self.of_test.add(_ALL)
                self._clear_all(registry)
            else:
                self._clear_ended(registry)

        @wraps(set_up_models)
        def noted_set_up_models(registry, *args, **kwargs):
            self.of_test.add(_ALL)
            set_up_models(registry, *args, **kwargs)

        @wraps(add_value)
        def noted_add_value(cache, *args, **kwargs):
            # put in by hand, such as the identifier of a record that will not stay
            self.of_test.add(cache.cache_name.split('.')[0])
            add_value(cache, *args, **kwargs)

        registry_class.clear_cache = clear_cache
        registry_class.clear_all_caches = clear_all_caches
        registry_class._setup_models__ = noted_set_up_models
        ormcache.add_value = noted_add_value

    def begin_class(self, registry):
        """What ran since the last class, outside of all, may have left anything."""
        self.begin_end(self.of_class, self.of_test)
        self._clear_ended(registry)
        self.finish_end()

    def begin_test(self):
        """Count what was cleared until now as the class's: it holds for all of its tests."""
        self.of_class |= self.of_test
        self.of_test.clear()

    def begin_end(self, *ended):
        """From now on core's "all" means: what was cleared since the beginning."""
        self.ending = ended

    def finish_end(self):
        self.ending = None

    def _clear_ended(self, registry):
        names = set().union(*self.ending)
        if _ALL in names:
            self._clear_all(registry)
        elif names:
            self._clear(registry, *names)
        for ended in self.ending:
            ended.clear()


def install():
    """Let core's test classes keep what they did not spoil."""
    from odoo.orm.registry import Registry  # only workers have an Odoo at hand
    from odoo.tests.common import TransactionCase
    from odoo.tools import ormcache

    keeper = _Keeper(Registry, ormcache)
    set_up, set_up_class = TransactionCase.setUp, TransactionCase.setUpClass.__func__

    # clean-ups run from the last to the first: what core does lies between ours

    def keeping_set_up(self):
        keeper.begin_test()
        self.addCleanup(keeper.finish_end)
        set_up(self)
        self.addCleanup(keeper.begin_end, keeper.of_test)

    def keeping_set_up_class(cls):
        cls.addClassCleanup(keeper.finish_end)
        set_up_class(cls)
        keeper.begin_class(cls.registry)
        cls.addClassCleanup(keeper.begin_end, keeper.of_class, keeper.of_test)

    TransactionCase.setUp = wraps(set_up)(keeping_set_up)
    TransactionCase.setUpClass = classmethod(wraps(set_up_class)(keeping_set_up_class))

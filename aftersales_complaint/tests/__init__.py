from . import (
    test_clocks,
    test_flow,
    test_intake,
    test_merge,
    test_outlet,
    test_papers,
    test_portal,
    test_rights,
    test_rules,
    test_sources,
)

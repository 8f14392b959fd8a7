from . import (
    test_capa,
    test_claim,
    test_clocks,
    test_crisis,
    test_flow,
    test_improvement_tools,
    test_intake,
    test_merge,
    test_rights,
    test_rules,
    test_suggestion,
)

from . import (
    test_capa,
    test_claim,
    test_crisis,
    test_flow,
    test_improvement_tools,
    test_suggestion,
)

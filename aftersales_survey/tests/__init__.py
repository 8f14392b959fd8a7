from . import (
    test_call_log,
    test_contact,
    test_evaluation,
    test_evaluation_tool,
    test_voice,
)

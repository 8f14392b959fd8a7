from . import (
    test_flow,
    test_liability,
    test_liability_tool,
    test_loss_tool,
    test_penalty_tool,
)

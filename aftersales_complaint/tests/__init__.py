from . import (
    test_flow,
    test_liability,
    test_liability_tool,
    test_liable_persons,
    test_loss_tool,
    test_penalty,
    test_penalty_privacy,
    test_penalty_run,
    test_penalty_tool,
)

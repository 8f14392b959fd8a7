from . import (
    test_charges,
    test_clocks,
    test_life_cycle,
    test_messages,
    test_money_and_privacy,
    test_orders,
    test_pages,
    test_phone,
    test_prices,
    test_protected,
    test_registry,
    test_remarks,
)

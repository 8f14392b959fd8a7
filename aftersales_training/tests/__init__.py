from . import (
    test_course,
    test_need,
    test_need_sources,
    test_plan,
)

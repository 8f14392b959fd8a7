from . import (
    test_article,
    test_article_tool,
    test_course,
    test_tool,
    test_violation,
)

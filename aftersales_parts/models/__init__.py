# alphabetical; files that others build on stand above with `isort: skip`
from . import (
    product_product,
    product_template,
)

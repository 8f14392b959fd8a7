from . import test_coupon, test_coupon_portal, test_coupon_setup

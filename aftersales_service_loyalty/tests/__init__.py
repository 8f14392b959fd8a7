from . import test_coupon, test_coupon_setup

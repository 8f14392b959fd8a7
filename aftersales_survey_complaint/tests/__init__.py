from . import test_loop_complaint, test_tour_low_rating

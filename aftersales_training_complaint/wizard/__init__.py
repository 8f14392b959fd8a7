from . import aftersales_training_request

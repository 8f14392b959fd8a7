from . import aftersales_training_drop

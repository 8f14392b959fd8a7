from . import certificate, training

from . import jobs, portal

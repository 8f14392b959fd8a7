from . import aftersales_proof_case

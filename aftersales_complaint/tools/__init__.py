from . import liability, loss, money, penalty

from . import liability, loss, money, payroll, penalty

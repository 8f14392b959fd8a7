"""What is measured: one class per model, about twenty lines each."""
from .case import Case
from .complaint import Complaint
from .core import ProjectTask, RepairOrder
from .floor import BenchRecord
from .service import AftersalesOrder

DEFAULT_CASES = (AftersalesOrder, Complaint, RepairOrder, ProjectTask, BenchRecord)

__all__ = [
    'DEFAULT_CASES', 'AftersalesOrder', 'BenchRecord', 'Case', 'Complaint', 'ProjectTask',
    'RepairOrder']

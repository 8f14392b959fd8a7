from . import (
    aftersales_survey_report,
    aftersales_survey_report_board,
    aftersales_survey_report_figures,
)

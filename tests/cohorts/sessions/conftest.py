from tests.cohorts.running import as_facilitator, as_lead, cohort

__all__ = ["as_facilitator", "as_lead", "cohort"]

"""What features above add to the page of an indicator (`app/core/panels.py`)."""

from app.core.panels import Panels
from app.indicators.models import Indicator

PANELS: Panels[Indicator] = Panels()

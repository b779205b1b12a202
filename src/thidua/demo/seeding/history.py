"""What time has done to old news: lines read, letters gone out."""

from datetime import datetime, timedelta

from django.db.models import F

from thidua.notices.models import Mail, Notice

FRESH = timedelta(days=14)


def settle_old_news(now: datetime) -> None:
    """Mark as read what was told long ago, and as sent the letters of that time."""
    Notice.objects.filter(at__lt=now - FRESH, read_at=None).update(read_at=F("at"))
    Mail.objects.filter(made_at__lt=now - FRESH, sent_at=None).update(sent_at=F("made_at"), attempts=1)

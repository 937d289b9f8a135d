"""Reads calendars with Python's icalendar and recurring-ical-events, and prints what takes place: one line per event.

Usage: calendar_oracle.py FIRST LAST FILE…
"""

import datetime
import sys

import icalendar
import recurring_ical_events

first, last = (datetime.date.fromisoformat(day) for day in sys.argv[1:3])


def said(moment):
    """A moment as it is: a day, or a time with its distance from UTC."""
    return moment.isoformat() if moment is not None else ""


for file in sys.argv[3:]:
    with open(file, "rb") as opened:
        calendar = icalendar.Calendar.from_ical(opened.read())
    events = recurring_ical_events.of(calendar).between(first, last + datetime.timedelta(days=1))
    # The reader gives every event an end; what is written has one where the list has.
    ends = {str(event["UID"]): event.get("DTEND") for event in calendar.walk("VEVENT")}
    lines = []
    for event in events:
        end = ends[str(event["UID"])]
        lines.append("|".join([
            said(event["DTSTART"].dt), said(end.dt) if end is not None else "", str(event["SUMMARY"]), str(event["UID"])]))
    print(f"{file}: {len(lines)} of {len(calendar.walk('VEVENT'))}")
    print("\n".join(sorted(lines)))

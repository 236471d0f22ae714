# ruff: noqa: SIM905  (lists of words read best in one piece)
"""How headings of posts write dates; patterns for IGNORECASE, in one piece each."""

from __future__ import annotations

CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december".split()
)
_ZONE = r"(?: (?:\([A-Z]{3,4}\)|(?-i:[A-Z]{1,3}T|UTC|GMT)\b|[+-]\d{4}))?"
_WEEKDAY = r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}"
AGO = (
    r"(?:an?|\d{1,3}) ?(?:s|m|h|d|w|y|mo|min|mins|secs?|hrs?|wks?|yrs?|"
    r"seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b\.?(?: ago)?"
)
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
CLOCK = rf"@?\d{{1,2}}[:.]\d\d(?::\d\d)?(?: ?[AP]\.?M\b\.?)?{_ZONE}"
_DAY = rf"(?:\d{{1,2}} {MONTH}|{MONTH} \d{{1,2}})\b(?:st|nd|rd|th)?(?:,? (?:\d{{4}}\b|['’]\d\d))?"
DATE = (
    rf"(?:{AGO}|just now|(?:yesterday|today)(?:,? (?:at )?{CLOCK})?|"
    # 2024-03-04 09:14, 10-05-2009, 08:47 PM, 03/04/24(Mon)09:14:03, 04/Mar/24 9:14 AM
    r"\d{4}-\d\d?-\d\d?(?:[T ]\d\d?:\d\d\S{0,12}(?: (?:UTC|GMT))?)?|"
    rf"\d{{1,2}}(?P<dot>[/.-])\d{{1,2}}(?P=dot)\d{{2,4}}(?:\({_WEEKDAY}\)\d\d:\d\d(?::\d\d)?|,? {CLOCK})?|"
    rf"\d{{1,2}}[/-]{MONTH}[/-]\d{{2,4}}(?: {CLOCK})?|"
    # 09:14, 4 March 2024 and Tue Mar 4 09:14:03 EST 2025
    rf"(?:at )?{CLOCK},? (?:on )?{_DAY}(?: \([A-Z]{{3,4}}\))?|"
    rf"{_WEEKDAY} {MONTH} {{1,2}}\d{{1,2}} {CLOCK} \d{{4}}|"
    # A bare time only behind a sign or two spaces: "Lunch 12:30 PM" is an appointment.
    r"(?<=[\s,—–·•|\[(-][\s\[(])\d{1,2}:\d\d(?::\d\d)? [AP]M\b|"
    rf"(?:on )?(?:{_WEEKDAY},? )?{_DAY}(?:,? (?:at )?{CLOCK})?)"
)
# A day of the calendar as papers and notebooks head their entries: "Mon 3rd March 2024", "2024-03-03", "3/3".
WHOLE_DAY = (
    rf"(?:{_WEEKDAY},? )?(?:\d{{1,2}}(?:st|nd|rd|th)? {MONTH}\.?|{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?|"
    r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?\.?)(?:,? \d{4})?"
)

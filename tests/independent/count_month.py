#!/usr/bin/env python3
"""Counts a month straight from an old log, to compare an export with.

    count_month.py LOG.csv DISTRICTS.csv 2026-10

It shares nothing with the product: it reads the log in its own way, knows the topics by its own list and decides by its
own rules which rows are conversations. Only Python's standard library. Prints one JSON document; keys are labels as
they stand in the log, so that codes of the product play no part.
"""
import calendar
import csv
import datetime
import json
import re
import sys
from collections import Counter

TOPICS = {
    "Armut und Existenzsicherung", "Integration und Zusammenleben", "Einsamkeit", "Wohnen und Segregation",
    "Gesundheit", "Digitale Teilhabe", "Demokratie und Beteiligung", "Bildung, Familie und Jugend",
    "Öffentlicher Raum", "Mobilität", "Sicherheit", "Kultur, Sport, Begegnung",
}
MODES = {"aufsuchend", "Sprechstunde", "Hausbesuch", "Telefon", "Nachricht", "Veranstaltung"}
ORDERS = {"Erst": "first", "Folge": "repeat"}
BANDS = {"0-5", "6-13", "14-17", "18-26", "27-64", "65+"}


def topics_of(cell):
    """Joins the pieces between commas again until they are names of topics; None if a piece is left over."""
    pieces, found = [piece.strip() for piece in cell.split(",")], []
    while pieces:
        for take in range(len(pieces), 0, -1):
            name = ", ".join(pieces[:take])
            if name in TOPICS:
                found.append(name)
                pieces = pieces[take:]
                break
        else:
            return None
    return set(found)


def moment_of(day, clock):
    """The local date and time, or None where there is none: a broken date, or the hour that spring skips."""
    day_parts = re.fullmatch(r"(\d\d)\.(\d\d)\.(\d{4})", day)
    clock_parts = re.fullmatch(r"(\d\d):(\d\d)", clock)
    if not day_parts or not clock_parts:
        return None
    d, m, y = map(int, day_parts.groups())
    try:
        moment = datetime.datetime(y, m, d, *map(int, clock_parts.groups()))
    except ValueError:
        return None
    last_sunday = max(week[calendar.SUNDAY] for week in calendar.monthcalendar(y, 3))
    return None if (m, d, moment.hour) == (3, last_sunday, 2) else moment


def conversation_of(row, districts):
    moment = moment_of(row["Datum"], row["Uhrzeit"])
    topics = topics_of(row["Thema"])
    fits = (
        moment is not None
        and topics
        and row["Stadtteil"] in districts
        and row["Kontaktart"] in MODES
        and row["Erst-/Folgekontakt"] in ORDERS
        and row["Personen"].isdigit()
        and row["Altersgruppe"] in BANDS
    )
    return (moment, topics) if fits else None


def main(log, district_file, month):
    with open(district_file, encoding="utf-8", newline="") as file:
        districts = {line["name"] for line in csv.DictReader(file)}
    with open(log, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    total, orders, people, minutes, twice_named = 0, Counter(), 0, 0, 0
    by_topic, by_district, by_band, by_mode, taken = Counter(), Counter(), Counter(), Counter(), 0
    for row in rows:
        talk = conversation_of(row, districts)
        if talk is None:
            continue
        taken += 1
        moment, topics = talk
        if moment.strftime("%Y-%m") != month:
            continue
        count = int(row["Personen"])
        total += 1
        orders[ORDERS[row["Erst-/Folgekontakt"]]] += 1
        people += count
        minutes += int(row["Dauer (Min.)"])
        by_topic.update(topics)
        by_district[row["Stadtteil"]] += 1
        by_band[row["Altersgruppe"]] += count
        by_mode[row["Kontaktart"]] += 1
        twice_named += len(topics) > 1
    print(json.dumps({
        "rows_taken": taken,
        "conversations": total,
        "first": orders["first"],
        "repeat": orders["repeat"],
        "people": people,
        "minutes": minutes,
        "with_several_topics": twice_named,
        "by_topic": dict(sorted(by_topic.items())),
        "by_district": dict(sorted(by_district.items())),
        "by_age_band": dict(sorted(by_band.items())),
        "by_contact_mode": dict(sorted(by_mode.items())),
    }, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])

"""Reads vCards with vobject, which knows nothing of this project, and prints what it found as JSON."""

import json
import sys

import vobject

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    cards = list(vobject.readComponents(file.read()))


def text(value):
    return value if isinstance(value, (str, list)) else str(value)


found = []
for card in cards:
    lines = {}
    for line in card.getChildren():
        name = line.name.lower()
        if name == "adr":
            value = [getattr(line.value, part) for part in ("box", "extended", "street", "city", "region", "code", "country")]
        elif name == "n":
            value = [getattr(line.value, part) for part in ("family", "given", "additional", "prefix", "suffix")]
        else:
            value = text(line.value)
        lines.setdefault(name, []).append(value)
    found.append(lines)
print(json.dumps(found))

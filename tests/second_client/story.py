"""Plays what docs/protocol.md promises against a running city: story.py CITY_URL WORKER_CODE RIETH_CODE LEAD_CODE.

The worker works in Rieth and Altstadt, the second person in Rieth only, the lead in both.
"""

import hashlib
import secrets
import sys

from client import AnswerLost, Client, Problem, derived_id, raw_members


def step(sentence, holds):
    assert holds, f"not true: {sentence}"
    print(f"- {sentence}")


def told(call):
    """The status of the problem that a call ends with, if it does."""
    try:
        call()
    except Problem as problem:
        return problem.status


def main(city, worker_code, rieth_code, lead_code):
    anna, bela, lead = Client(city), Client(city), Client(city)

    try:
        anna.enrol(worker_code, lose_answer=True)
    except AnswerLost:
        pass
    anna.enrol(worker_code.lower().replace("-", " "))
    step("an enrolment whose answer was lost is repeated and succeeds, however the code is typed", anna.person)
    try:
        Client(city).enrol(worker_code)
        step("a used code is refused", False)
    except Problem as problem:
        step("a used code is refused", (problem.status, problem.code) == (403, "code_invalid"))
    bela.enrol(rieth_code)
    lead.enrol(lead_code)

    first = anna.pull(limit=7)
    kinds = [anna.confirmed[i]["envelope"]["kind"] for i in first]
    step("the catalogue comes first and holds districts and codes", "district" in kinds and "code" in kinds)
    rieth, altstadt = anna.district("Rieth"), anna.district("Altstadt")
    step("the city says who one is and where", {rieth, altstadt} <= set(anna.me()["districts"]))

    body = {"occurred_at": "2026-10-05T09:15:00+02:00", "topics": ["wohnen"], "text": "Der Aufzug steht."}
    note = anna.create("note", [rieth], body)
    try:
        anna.push(lose_answer=True)
    except AnswerLost:
        pass
    outcome = anna.push()[0]
    step("a push whose answer was lost is repeated and applied once",
         outcome["outcome"] == "accepted" and outcome["version"] == 1)
    bela.pull()
    step("the note is on the second device, byte for byte", bela.confirmed[note]["body"] == anna.confirmed[note]["body"])

    anna.edit(note, colour="red")
    anna.push()
    step("an envelope member that nobody knows is refused", anna.refused.pop(note) == "invalid")

    odd = '{"future":{"price":1.00,"big":12345678901234567890123},"text":"Neu","topics":["wohnen"]}'
    newer = anna.create("wishing_well", [rieth], {})
    anna.edits[newer]["body"] = odd
    anna.push()
    bela.pull()
    step("an unknown kind with unknown members arrives unharmed", bela.confirmed[newer]["body"] == odd)
    bela.edit(newer, {"text": "Neuer"})
    bela.push()
    step("an edit keeps the raw text of members it does not know",
         raw_members(bela.confirmed[newer]["body"])["future"] == raw_members(odd)["future"])

    anna.pull()
    bela.edit(note, {"text": "Der Aufzug steht seit Montag."})
    bela.push()
    anna.edit(note, {"text": "Der Aufzug steht im 9. Stock."})
    outcome = anna.push()[0]
    step("an edit on an old base is stale and brings the head", outcome["outcome"] == "stale")
    bela.pull()
    both = bela.confirmed[note]["body"]
    step("both wordings are on both devices", "seit Montag" in both and "9. Stock" in both)

    imported = [c.create("note", [rieth], body, derived_id(c.id_key, "import", "row", "0")) for c in (anna, bela)]
    anna.push(), bela.push(), anna.pull(), bela.pull()
    step("two devices give the same imported row one id", imported[0] == imported[1])

    photo = secrets.token_bytes(2_500_000)
    sha = hashlib.sha256(photo).hexdigest()
    step("what no record names is not taken", told(lambda: anna.bring(note, photo)) == 404)
    anna.edit(note, blobs=[sha])
    anna.push()
    anna.bring(note, photo, pieces=1)
    try:
        anna.bring(note, photo, cut_after=300_000)
    except AnswerLost:
        pass
    step("a cut upload goes on after the last whole piece", anna.held(note, sha) == 1 << 20)
    step("half an attachment is nothing to anybody else", told(lambda: bela.fetch(note, sha)) == 404)
    bela.pull()
    bela.bring(note, photo, pieces=1)
    step("a colleague goes on with it", anna.bring(note, photo) == len(photo))
    step("it is fetched in pieces, byte for byte", bela.fetch(note, sha) == photo)
    step("nobody takes another's bytes for it",
         told(lambda: anna.carry("PUT", note, sha, b"other", Content_Range="bytes 0-4/5")) is None
         and bela.fetch(note, sha) == photo)

    anna.edit(note, districts=[altstadt])
    anna.push()
    bela.pull()
    step("who may not see where it moved to is told its id and nothing else",
         note in bela.left and note not in bela.confirmed)
    step("its attachment is nothing to them any more", told(lambda: bela.fetch(note, sha)) == 404)
    bela.create("note", [altstadt], body)
    bela.push()
    step("nobody writes into a district that is not theirs", list(bela.refused.values()) == ["forbidden"])

    lead.pull()
    order = lead.erase([note])
    anna.pull()
    step("an erased record is an envelope without a body",
         anna.confirmed[note]["envelope"]["state"] == "erased" and anna.confirmed[note]["body"] is None)
    step("its attachment is gone with it", told(lambda: anna.fetch(note, sha)) == 404)
    anna.freeze({k: v for k, v in anna.confirmed[note]["envelope"].items()
                 if k not in ("version", "floor_version", "redacted")} | {"state": "live"}, "{}", 3)
    step("what was erased stays erased", anna.push()[0]["outcome"] == "gone")
    before = lead.call("GET", f"/v1/erasures/{order}")
    for each in (anna, bela, lead):
        each.pull()
        each.report()
    after = lead.call("GET", f"/v1/erasures/{order}")
    step("devices confirm that they have forgotten", after["confirmed"] > before["confirmed"] and after["pending"] == 0)

    for each, district in ((anna, rieth), (anna, altstadt), (bela, rieth)):
        step("the city and this device hold the same", each.city_digest(district=district) == each.own_digest(district))
    step("there is something to compare", anna.own_digest(rieth)[0] >= 2)
    print("the second client is content")


if __name__ == "__main__":
    main(*sys.argv[1:])

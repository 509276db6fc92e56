"""A second client of the city, written from docs/protocol.md alone, with Python's standard library.

It keeps everything in memory; what it holds is what a device holds: confirmed records, edits on a base, a cursor.
"""

import base64
import hashlib
import hmac
import http.client
import json
import secrets
import urllib.parse
import uuid

ENVELOPE = ("id kind organisation districts whole_organisation owner confidential readers blobs retention state "
            "version floor_version redacted").split()
SET_BY_THE_CITY = ("version", "floor_version", "redacted")


class Problem(Exception):
    """The city answered with a problem; `code` is its stable code."""

    def __init__(self, status, answer):
        self.status, self.code, self.answer = status, answer.get("code"), answer
        super().__init__(f"{status} {self.code}")


class AnswerLost(Exception):
    """The connection was cut; whether the city applied the call is unknown."""


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sha256(text):
    return hashlib.sha256((text or "").encode()).hexdigest()


def derived_id(id_key, purpose, *inputs):
    """The id that every device of the organisation gives the same derived record."""
    key = base64.urlsafe_b64decode(id_key + "=" * (-len(id_key) % 4))
    message = b"".join(part.encode() + b"\x1f" for part in (purpose, *inputs))
    raw = bytearray(hmac.new(key, message, "sha256").digest()[:16])
    raw[6] = raw[6] & 0x0F | 0x80
    raw[8] = raw[8] & 0x3F | 0x80
    return str(uuid.UUID(bytes=bytes(raw)))


class Client:
    def __init__(self, city):
        self.url = urllib.parse.urlsplit(city)
        self.device_id = str(uuid.uuid4())
        self.token = secrets.token_urlsafe(32)
        self.confirmed = {}  # id -> the record as the city last confirmed it
        self.edits = {}      # id -> the frozen change that waits for its outcome
        self.refused = {}    # id -> code
        self.gone = set()
        self.left = set()
        self.cursor = None

    # --- one call -----------------------------------------------------------------------------------------------
    def call(self, method, path, body=None, *, signed=True, lose_answer=False):
        connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=60)
        headers = {"Content-Type": "application/json"}
        if signed:
            headers |= {"Authorization": f"Bearer {self.token}", "Quartierbuch-Protocol": "1"}
        try:
            connection.request(method, path, None if body is None else compact(body).encode(), headers)
            if lose_answer:
                raise AnswerLost
            answer = connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise AnswerLost from error
        finally:
            connection.close()
        content = json.loads(text) if text else None
        if answer.status >= 400:
            raise Problem(answer.status, content)
        return content

    # --- attachments --------------------------------------------------------------------------------------------
    def carry(self, method, record_id, sha, body=b"", *, cut_after=None, **headers):
        """One call about an attachment; with `cut_after` the line breaks after so many bytes of the body."""
        connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=60)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        headers |= {"Authorization": f"Bearer {self.token}", "Quartierbuch-Protocol": "1"}
        if body:
            headers |= {"Content-Type": "application/octet-stream", "Content-Length": str(len(body))}
        try:
            connection.putrequest(method, f"/v1/blobs/{sha}?record={record_id}")
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders(body[:cut_after])
            if cut_after is not None:
                raise AnswerLost
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise AnswerLost from error
        finally:
            connection.close()
        if answer.status >= 400:
            raise Problem(answer.status, json.loads(content or b"{}"))
        return answer, content

    def held(self, record_id, sha):
        answer, _ = self.carry("HEAD", record_id, sha)
        return int(answer.headers["Upload-Offset"])

    def bring(self, record_id, data, pieces=None, size=1 << 20, **how):
        """Brings what the city lacks, a piece at a time; at most so many pieces."""
        sha, sent = hashlib.sha256(data).hexdigest(), 0
        at = self.held(record_id, sha)
        while at < len(data) and sent != pieces:
            piece = data[at:at + size]
            place = f"bytes {at}-{at + len(piece) - 1}/{len(data)}"
            _, told = self.carry("PUT", record_id, sha, piece, Content_Range=place, **how)
            at, sent = json.loads(told)["held"], sent + 1
        return at

    def fetch(self, record_id, sha):
        """All bytes of an attachment, as many calls as the city wants."""
        data, total = b"", None
        while len(data) != total:
            answer, piece = self.carry("GET", record_id, sha, Range=f"bytes={len(data)}-")
            place, total = answer.headers["Content-Range"].removeprefix("bytes ").split("/")
            assert answer.status == 206 and place == f"{len(data)}-{len(data) + len(piece) - 1}"
            data, total = data + piece, int(total)
        return data

    # --- who one is ---------------------------------------------------------------------------------------------
    def enrol(self, code, **how):
        answer = self.call("POST", "/v1/enrol", {
            "code": code, "device_id": self.device_id, "token": self.token,
            "device_name": "second client", "app_version": "0"}, signed=False, **how)
        self.person, self.organisation = answer["person"], answer["organisation"]
        self.epoch, self.id_key = answer["epoch"], answer["id_key"]
        return answer

    def me(self):
        return self.call("GET", "/v1/me")

    # --- pull ---------------------------------------------------------------------------------------------------
    def pull(self, limit=200):
        """Takes every page; returns the ids in the order they came."""
        seen, more = [], True
        while more:
            query = {"limit": limit} | ({"cursor": self.cursor} if self.cursor else {})
            page = self.call("GET", "/v1/changes?" + urllib.parse.urlencode(query))
            for entry in page["changes"]:
                seen.append(self.take(entry))
            self.cursor, more = page["cursor"], page["more"]
        return seen

    def take(self, entry):
        if entry.get("left_scope"):
            if entry["id"] not in self.edits:
                self.confirmed.pop(entry["id"], None)
            self.left.add(entry["id"])
            return entry["id"]
        envelope = entry["envelope"]
        assert list(envelope) == ENVELOPE, "the envelope's members come in their fixed order"
        known = self.confirmed.get(envelope["id"])
        if known and envelope["version"] <= known["envelope"]["version"]:
            return envelope["id"]
        self.left.discard(envelope["id"])
        self.confirmed[envelope["id"]] = entry
        if envelope["state"] == "erased":
            self.edits.pop(envelope["id"], None)
            self.gone.add(envelope["id"])
        elif envelope["id"] in self.edits:
            self.rebase(envelope["id"], entry)
        return envelope["id"]

    # --- push ---------------------------------------------------------------------------------------------------
    def create(self, kind, districts, members, record_id=None):
        envelope = {
            "id": record_id or str(uuid.uuid4()), "kind": kind, "organisation": self.organisation,
            "districts": sorted(districts), "whole_organisation": not districts, "owner": self.person,
            "confidential": False, "readers": [], "blobs": [], "retention": None, "state": "live"}
        return self.freeze(envelope, compact(members), 0)

    def edit(self, record_id, change=None, **envelope_change):
        """Edits members of the body; every other member keeps its bytes, because its text is kept and not its value."""
        record = self.confirmed[record_id]
        members = raw_members(record["body"])
        members |= {name: compact(value) for name, value in (change or {}).items()}
        body = "{" + ",".join(f"{compact(name)}:{raw}" for name, raw in sorted(members.items())) + "}"
        envelope = {name: value for name, value in record["envelope"].items() if name not in SET_BY_THE_CITY}
        return self.freeze(envelope | envelope_change, body, record["envelope"]["version"])

    def freeze(self, envelope, body, base_version):
        self.edits[envelope["id"]] = {
            "mutation_id": str(uuid.uuid4()), "base_version": base_version,
            "envelope": envelope, "body": body, "sealed": None}
        return envelope["id"]

    def push(self, **how):
        """Offers what waits until each change has an outcome; returns the outcomes of the first round."""
        first = None
        while self.edits:
            sent = list(self.edits.values())[:1000]
            results = self.call("POST", "/v1/push", {"epoch": self.epoch, "changes": sent}, **how)["results"]
            assert [r["mutation_id"] for r in results] == [c["mutation_id"] for c in sent], "in the order sent"
            first = first or results
            for change, result in zip(sent, results):
                self.settle(change, result)
        return first or []

    def settle(self, change, result):
        record_id, outcome = change["envelope"]["id"], result["outcome"]
        del self.edits[record_id]
        if outcome == "accepted":
            before = self.confirmed.get(record_id, {}).get("envelope", {})
            envelope = change["envelope"] | {
                "version": result["version"], "floor_version": before.get("floor_version", 0),
                "redacted": before.get("redacted", [])}
            self.take({"envelope": envelope, "body": change["body"], "sealed": change["sealed"],
                       "changed_at": result["changed_at"], "changed_by": self.person})
            if result.get("head"):
                self.take(result["head"])
        elif outcome == "stale":
            self.edits[record_id] = change
            self.confirmed[record_id] = result["head"]
            self.rebase(record_id, result["head"])
        elif outcome == "gone":
            self.confirmed.pop(record_id, None)
            self.gone.add(record_id)
        else:
            self.refused[record_id] = result["code"]

    def rebase(self, record_id, head):
        """The simplest merge that loses nothing: the city's members stand, mine become variants."""
        mine = self.edits.pop(record_id)
        if head["body"] is None or mine["body"] is None:
            return self.freeze(mine["envelope"], mine["body"], head["envelope"]["version"])
        theirs, ours = raw_members(head["body"]), raw_members(mine["body"])
        variants = json.loads(theirs.get("variants", "{}"))
        for name, raw in ours.items():
            if name != "variants" and theirs.get(name) != raw:
                variants.setdefault(name, []).append({
                    "id": mine["mutation_id"], "value": json.loads(raw), "by": self.person, "at": head["changed_at"]})
        if variants == json.loads(theirs.get("variants", "{}")):
            return record_id
        return self.edit(record_id, {"variants": variants})

    # --- forgetting and comparing -------------------------------------------------------------------------------
    def erase(self, ids, fields=None):
        order = {"ids": ids, "ground": "art17_1b", "case_no": "2026-1"}
        return self.call("POST", "/v1/erasures", order | ({"fields": fields} if fields else {}))["id"]

    def report(self):
        self.call("POST", "/v1/state", {
            "cursor": self.cursor, "waiting": len(self.edits), "oldest_waiting_at": None,
            "forgotten_through": self.cursor, "wiped": False, "app_version": "0"})

    def city_digest(self, **of):
        answer = self.call("GET", "/v1/verify?" + urllib.parse.urlencode(of | {"cursor": self.cursor}))
        return answer["count"], answer["digest"]

    def own_digest(self, district, kind=None):
        count, total = 0, 0
        for record in self.confirmed.values():
            envelope = record["envelope"]
            if (envelope["organisation"] != self.organisation or district not in envelope["districts"]
                    or envelope["state"] not in ("live", "trashed") or kind not in (None, envelope["kind"])):
                continue
            parts = compact(envelope), record["body"], record["sealed"]
            line = " ".join([envelope["id"], str(envelope["version"]), *map(sha256, parts)])
            count, total = count + 1, total + int(hashlib.sha256(line.encode()).hexdigest(), 16)
        return count, f"{total % 2**256:064x}"

    def district(self, name):
        """The id of the district of this name, from the catalogue that was pulled."""
        return next(i for i, r in self.confirmed.items()
                    if r["envelope"]["kind"] == "district" and json.loads(r["body"])["name"] == name)


def raw_members(body):
    """The members of a JSON object with each value's text untouched: 1.00 stays 1.00."""
    scan, members, at = json.JSONDecoder().raw_decode, {}, skip(body, 1)
    while body[at] != "}":
        name, at = scan(body, at)
        start = skip(body, skip(body, at) + 1)
        _, end = scan(body, start)
        members[name] = body[start:end]
        at = skip(body, end)
        at = skip(body, at + 1) if body[at] == "," else at
    return members


def skip(text, at):
    while text[at] in " \t\r\n":
        at += 1
    return at

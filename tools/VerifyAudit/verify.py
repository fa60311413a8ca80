#!/usr/bin/env python3
"""Verifies an audit package of a VKP hub: is the log in it what was committed?

    python3 verify.py PACKAGE [--key anchor.pub [--key anchor-ID.pub ...]]

Nothing but Python's standard library, and no code of the hub. README.md beside this file says what is recomputed, so that
anybody can write a verifier of their own. With --key the signatures are checked with that key, which the municipality should have
had from somebody else than whoever made the package; without it the key inside the package is used, which shows damage, not forgery.

Exit code: 0 the log is whole, 1 it is not (the first broken position is named), 2 the package cannot be read.
"""
import argparse
import base64
import hashlib
import json
import struct
import sys

# NIST P-256 (FIPS 186-5): y^2 = x^3 - 3x + B over the integers modulo P; G has order N.
P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)
SPKI_PREFIX = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")


class Broken(Exception):
    """The log is not what was committed; the message says where and how."""


def add(a, b):
    """The sum of two points; None is the point at infinity."""
    if a is None or b is None:
        return b if a is None else a
    if a[0] == b[0]:
        if (a[1] + b[1]) % P == 0:
            return None
        slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, P)
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, P)
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def multiply(factor, point):
    total = None
    while factor:
        if factor & 1:
            total = add(total, point)
        point = add(point, point)
        factor >>= 1
    return total


class Key:
    """A public key as PEM, and what it has signed."""

    def __init__(self, pem):
        body = "".join(line for line in pem.strip().splitlines() if "-----" not in line)
        self.der = base64.b64decode(body)
        if not self.der.startswith(SPKI_PREFIX + b"\x04") or len(self.der) != 91:
            raise ValueError("the key is not an uncompressed P-256 public key")
        self.point = (int.from_bytes(self.der[27:59], "big"), int.from_bytes(self.der[59:91], "big"))
        x, y = self.point
        if (y * y - (x * x * x - 3 * x + B)) % P != 0:
            raise ValueError("the key is no point of the curve")
        self.key_id = hashlib.sha256(self.der).hexdigest()[:16]

    def signed(self, message, signature):
        if len(signature) != 64:
            return False
        r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
        if not (0 < r < N and 0 < s < N):
            return False
        digest = int.from_bytes(hashlib.sha256(message).digest(), "big")
        inverse = pow(s, -1, N)
        point = add(multiply(digest * inverse % N, G), multiply(r * inverse % N, self.point))
        return point is not None and point[0] % N == r


class Keys:
    """The key that seals, and those it took over from: what they signed stays signed."""

    def __init__(self, pems):
        self.keys = [Key(pem) for pem in pems]
        self.key_id = self.keys[0].key_id

    def signed(self, message, signature, key_id=None):
        return any(key.signed(message, signature) for key in self.keys if key_id in (None, key.key_id))


def decode(text):
    """Base64, written in the one way there is: unused bits could be changed unseen otherwise."""
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise Broken("a value in base64 is not written as the hub writes it")
    return data


def content_hash(tenant, event):
    """What the chain binds of one event: every variable field with its length (4 bytes) in front."""
    if "removedBodySha256" in event:
        body = bytes.fromhex(event["removedBodySha256"])
    else:
        body = hashlib.sha256(decode(event["body"])).digest()
    fields = [event["stream"].encode(), event["type"].encode(), (event["source"] or "").encode(),
              bytes.fromhex(event["keyHash"] or ""), bytes.fromhex(event["bodyHash"] or ""), event["metadata"].encode(), body]
    data = struct.pack(">i", tenant) + bytes.fromhex(event["id"].replace("-", ""))
    return hashlib.sha256(data + b"".join(struct.pack(">i", len(field)) + field for field in fields)).digest()


class Receipts:
    """Holds every body that is gone against the signed plans and receipts of retention, which are events of the log themselves."""

    def __init__(self, tenant, key):
        self.stream, self.key, self.judged = f"retention-{tenant:09d}", key, False
        self.plans, self.receipts, self.gone = {}, {}, {}

    def take(self, event, content):
        if event["stream"] == self.stream and event["type"] in ("RetentionPlanned", "RetentionCompleted"):
            signed = json.loads(event["metadata"])
            if not self.key.signed(signed["statement"].encode(), decode(signed["signature"]), signed["keyId"]):
                raise Broken(f"position {event['position']}: what retention says there is not signed by this key")
            said = json.loads(signed["statement"])
            told = self.plans if event["type"] == "RetentionPlanned" else self.receipts
            if said["receipt"] in told:
                raise Broken(f"position {event['position']}: receipt {said['receipt']} stands twice")
            told[said["receipt"]] = said
        if "removedBodySha256" in event:
            # The plan comes later in the log than what it removed: judged at the end.
            self.gone.setdefault(event.get("receipt"), []).append((event, content))

    def finish(self, hashes):
        if self.judged:
            return
        self.judged = True
        for receipt, gone in sorted(self.gone.items(), key=lambda item: item[1][0][0]["position"]):
            plan = self.plans.get(receipt)
            for event, _ in gone:
                position = event["position"]
                if plan is None:
                    raise Broken(f"position {position}: the body is gone and no receipt speaks for it")
                if position > plan["upTo"] or event["type"] not in plan["types"] or event["stream"] in plan["kept"] or "*" in plan["kept"]:
                    raise Broken(f"position {position}: the body is gone and the plan of its receipt did not allow it")
        for plan in self.plans.values():
            if hashes.get(plan["upTo"], b"").hex() != plan["chainHash"]:
                raise Broken(f"position {plan['upTo']}: the log is not the one retention saw")
        for receipt, said in self.receipts.items():
            digest, gone = bytes(32), self.gone.get(receipt, [])
            for event, content in gone:
                digest = hashlib.sha256(digest + struct.pack(">q", event["position"]) + content).digest()
            if receipt not in self.plans or len(gone) != said["events"] or digest.hex() != said["digest"]:
                raise Broken(f"position {said['first']}: receipt {receipt} says that {said['events']} bodies are gone; {len(gone)} are, or others")

    def words(self):
        gone = sum(len(each) for each in self.gone.values())
        under_way = len(self.plans) - len(self.receipts)
        return f", {gone} bodies removed under {len(self.receipts)} receipts" + (f" and {under_way} run under way" if under_way else "") if self.plans else ""


class Chain:
    """Follows commits and their events from the first position on."""

    def __init__(self, log, key):
        self.receipts = Receipts(log["tenant"], key)
        self.tenant, self.head, self.head_hash = log["tenant"], log["head"], log["headHash"]
        self.hash, self.last, self.commit, self.bound, self.events = bytes(32), 0, None, b"", 0
        self.hashes = {}

    def begin(self, commit):
        self.end()
        if commit["first"] != self.last + 1:
            raise Broken(f"position {self.last + 1}: no commit holds it; the next begins at {commit['first']}")
        self.commit, self.bound = commit, b""

    def take(self, event):
        if self.commit is None or event["position"] > self.commit["last"]:
            raise Broken(f"position {event['position']}: an event stands outside every commit")
        if event["position"] != self.last + 1:
            raise Broken(f"position {self.last + 1}: there is no event, the next is at {event['position']}")
        if event["recordedAt"] != self.commit["recordedAt"]:
            raise Broken(f"position {event['position']}: the event was not recorded when its commit was")
        content = content_hash(self.tenant, event)
        self.receipts.take(event, content)
        self.bound += struct.pack(">q", event["version"]) + content
        self.last += 1
        self.events += 1

    def end(self):
        """The commit under way holds every position of its range and has the hash of what it holds."""
        if self.commit is None:
            return
        first, last = self.commit["first"], self.commit["last"]
        if self.last != last:
            raise Broken(f"position {self.last + 1}: there is no event, though its commit ends at {last}")
        data = self.hash + struct.pack(">iqqq", self.tenant, first, last, self.commit["recordedAt"]) + self.bound
        self.hash = hashlib.sha256(data).digest()
        if self.hash.hex() != self.commit["hash"]:
            raise Broken(f"position {first} to {last}: the commit does not have the hash of what it holds: something in it was changed")
        self.hashes[last] = self.hash
        self.commit = None

    def finish(self):
        self.end()
        if self.last != self.head or self.hash.hex() != self.head_hash:
            raise Broken(f"position {self.last + 1}: the log ends here, but its head says {self.head}")
        self.receipts.finish(self.hashes)


def check_anchor(anchor, chain, key):
    """An anchor is a signed statement, made earlier, of how far the log reached and with which hash."""
    signature = decode(anchor["signature"])
    data = b"vkp log anchor 1" + struct.pack(">iqq", anchor["tenant"], anchor["position"], anchor["takenAtMs"]) + bytes.fromhex(anchor["hash"])
    if anchor["tenant"] != chain.tenant or not key.signed(data, signature, anchor["keyId"]):
        raise Broken(f"the anchor of position {anchor['position']} is not signed by this key")
    if anchor["position"] and chain.hashes.get(anchor["position"], b"").hex() != anchor["hash"]:
        raise Broken(f"position {anchor['position']}: the log is not the one its anchor saw")


def verify(path, pems):
    """Returns what was verified, in words."""
    running, chain, key, anchors, sealed = hashlib.sha256(), None, None, 0, False
    with open(path, "rb") as package:
        for number, raw in enumerate(package, 1):
            line = json.loads(raw)
            kind = line["line"]
            if sealed:
                raise Broken(f"line {number}: something stands behind the seal")
            if kind == "seal":
                sealed = True
                chain.finish()
                signature = decode(line["signature"])
                if line["sha256"] != running.hexdigest() or not key.signed(b"vkp audit package 1\n" + running.digest(), signature):
                    raise Broken(f"line {number}: the seal does not fit what stands before it")
                continue
            running.update(raw)
            if kind == "package":
                if line["format"] != "vkp audit package 1":
                    raise ValueError("another format than this program reads")
                key = Keys(pems or [line["anchorKey"], *line.get("formerAnchorKeys", [])])
            elif kind == "log":
                chain = Chain(line, key)
            elif kind == "commit":
                chain.begin(line)
            elif kind == "event":
                chain.take(line)
            elif kind == "anchor":
                chain.finish()
                check_anchor(line, chain, key)
                anchors += 1
            else:
                raise Broken(f"line {number}: a line of unknown kind")
    if not sealed:
        raise Broken("the package ends without its seal: its end is missing")
    return f"whole: {chain.events} events, positions 1 to {chain.last}, {anchors} anchors agree{chain.receipts.words()}, sealed by key {key.key_id}"


def main():
    parser = argparse.ArgumentParser(description="Verifies an audit package of a VKP hub.")
    parser.add_argument("package")
    parser.add_argument("--key", action="append", default=[], help="an anchors' public key (anchor.pub, then those before it), had from somebody else than the package")
    given = parser.parse_args()
    try:
        print(verify(given.package, [open(key, encoding="ascii").read() for key in given.key]))
        return 0
    except Broken as broken:
        print(f"BROKEN. {broken}")
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError, struct.error) as unreadable:
        print(f"The package cannot be read: {type(unreadable).__name__}: {unreadable}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())

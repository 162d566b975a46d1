#!/usr/bin/env python3
"""A second reader of the ledger's files, written from DESIGN.md sections 4, 5 and 7 alone; it shares nothing with the library.

    read_ledger.py [--each] LEDGER [LEDGER ...]
Prints every event as a line of JSON. On damage it prints the events before it, then file, offset and reason on standard error, and
ends with status 1; a torn tail is a note there. With --each, an object with the verdict follows the events of each ledger instead.
"""
import hashlib, json, os, re, struct, sys
import lz4.block

TABLE = list(range(256))
for _ in range(8):
    TABLE = [number >> 1 ^ 0x82F63B78 * (number & 1) for number in TABLE]
def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 0xFF] ^ crc >> 8
    return crc ^ 0xFFFFFFFF
class Damage(Exception):
    """File, offset and reason."""
def check(*rows):
    for good, *damage in rows:
        if not good:
            raise Damage(*damage)

def need(condition, what):
    """Bytes in a batch or a record that are not what sections 4 and 7 say are a ValueError until somebody knows their place."""
    if not condition:
        raise ValueError(what)

# Section 7. The fields of all it names, by letters: a small one is a number, text, id or digest, a capital one mostly what is put together
# of others; ? stands behind what may be absent, * behind what comes as often as a varint before it says.
def numbered(text, first=1):
    return dict(enumerate(text.split("|"), first))
EVENTS = numbered("cardIssued:vtt|cardInstalled:b|cardDeleted:|purchaseRecorded:zA|visitRecorded:z?A|stampsAdded:z|stampsRemoved:z|debtPaid:z|"
    "rewardsUnlocked:zzv|amountRefunded:zN?R|visitsRemoved:zR|amountEdited:NvzzzAzCbbL?|rewardsGranted:zz|grantReversed:izz|rewardsRedeemed:zz|"
    "rewardsRemoved:zzb|expirySet:z?|cardExpired:z|commandRefused:XY|purchaseRecorded:zB|visitRecorded:z?B|stampsCredited:zbbzz?|bonusRemoved:z|"
    "stampsSpent:bzzzzb|spendingReversed:ibzCbL?|loadReversed:iz?z?zC|stampsLapsed:zzz?|stampsRestored:zz|milestoneReached:bzv|"
    "milestoneRedeemed:bzbzz?|rewardClaimed:tzzv|claimUsed:iz|claimRemoved:iz?|redemptionReversed:izb?z|redemptionConflicted:zzz|rewardsCredited:zb|"
    "tierChanged:bbbpbb|membershipSet:bbzb|periodStarted:z|membershipRenewed:z|membershipCancelled:|cardReinstalled:b|programLeft:|programRejoined:|"
    "cardReferred:tv|referralPaid:vzzv|referralCredited:vz|referralCollected:vC|referenceClaimed:h|cardMerged:tv|cardAbsorbed:vS|cardConverted:v|"
    "cardCreated:v|conversionUndone:z|amountEdited:NvzzzAzCbbL?Dzz|couponRedeemed:zt?|termSet:z|useConflicted:X|caseOpened:vK|evidenceAdded:vv?|caseDecided:vb|caseRemedied:viz|caseClosed:v")
LEDGER_EVENTS = numbered("ledgerCreated:b|programDefined:vvztttbP|attributionDefined:vt?t?t?|sourceRegistered:vdvE*|deviceRegistered:vt")
ACTIONS = numbered("tt|b||MM?|M?|MN?|NM|z|z|z|zM|i|zM|zMb|z?|MM|z|z|zM|iz?M?|zbM|i|z?M|i|tM|iM|ib|Mt?|bz?b||bb|z||t|b|||t|K|vv?|vb|viM|v")
REFUSALS = dict.fromkeys(range(1, 47), "") | dict.fromkeys((1, *range(9, 14), 32, 36, 39), "z") | {4: "t", 18: "zz", 33: "zz"}
LETTERS = {"A": "vzz", "B": "vzzD", "C": "zzb", "E": "vd", "G": "zz", "H": "bzzzz", "I": "tzz?", "J": "bzz", "K": "czz?", "L": "z?z?", "M": "tz", "N": "i?",
           "R": "U*CL?", "T": "tzzGz?z?", "V": "bb", "W": "bbT*", "g": "z?z?z?b", "Q": "z" * 12,
           "Z": "Qzzzz?z?z?bvbpvb?zzzbvbzzzzvvvvb"}
CHOICES = {"X": ACTIONS, "Y": REFUSALS, "m": numbered("zz|zz|z||zz|"), "r": numbered("|z|z*|I*", 0), "s": numbered("||z", 0),
           "l": numbered("|z|z|z", 0), "e": numbered("|z|z", 0), "k": numbered("|z|i", 0), "p": numbered("|z|", 0), "x": numbered("||z"), "c": numbered("z|" * 6 + "zt?")}
STATE, RULES = "vzbz?bvzzzzzzz?z?Qzzzzzz?z?z?vzzzzz?z?Z?", "bmrslW?GJ?H*gobeM?V?"

class Cursor:
    def __init__(self, data):
        self.data, self.at = data, 0
    def bytes(self, count):
        need(count <= len(self.data) - self.at, "bytes are missing")
        self.at += count
        return self.data[self.at - count:self.at]
    def u8(self):
        return self.bytes(1)[0]
    def varint(self):
        value, shift, byte = 0, 0, 128
        while byte > 127:
            byte = self.u8()
            value, shift = value | (byte & 127) << shift, shift + 7
        need(value < 1 << 64 and (byte or shift == 7), "a varint that is longer than needed")
        return value
    def zigzag(self):
        value = self.varint()
        return value >> 1 ^ -(value & 1)
    def id(self, last=(0,)):
        form = self.u8()
        need(form in (2, 3, 4) or form == 1 and last[0] == 2, f"an id of form {form}")
        return (2, last[1], last[2] + 1) if form == 1 else (2, self.varint(), self.varint()) if form == 2 else (form, self.bytes(16))
    def choice(self, layouts):
        tag = self.u8()
        need(tag in layouts, f"unknown number {tag}")
        return [tag] + self.fields(layouts[tag])
    def detail(self):
        bits = self.u8()
        return [READERS[letter](self) if bits >> place & 1 else None for place, letter in enumerate("zzGbz")]
    def reduction(self):
        fields = self.fields("vvbzzz")
        return fields + self.fields("z" * (fields[2] >> 3 & 3).bit_count())
    def state(self):
        start, layout = self.at + 1, {1: STATE, 2: STATE + "k"}.get(self.u8(), "")
        need(self.fields(layout), "a state of an unknown layout")
        return self.data[start:self.at].hex()
    def rules(self):
        need(self.data[self.at - 1] in (1, 2), "rules of an unknown layout")
        return (self.fields(RULES) + [self.choice({1: "b"}) for _ in self.data[self.at:self.at + 1]] if self.data[self.at - 1] == 2
                else READERS["m"](self) + self.fields("zz?") + READERS["o"](self))
    def fields(self, layout):
        values = []
        for letter, mark in re.findall(r"(\w)([?*]?)", layout):
            present = mark != "?" or self.choice({0: "", 1: ""}) == [1]
            values.append([READERS[letter](self) for _ in range(self.varint())] if mark == "*" else READERS[letter](self) if present else None)
        return values
READERS = {"v": Cursor.varint, "z": Cursor.zigzag, "b": Cursor.u8, "t": lambda c: c.bytes(c.varint()).decode(), "i": lambda c: shown(c.id()),
           "d": lambda c: c.bytes(32).hex(), "h": lambda c: f"{int.from_bytes(c.bytes(8), 'little'):x}", "P": Cursor.rules, "S": Cursor.state,
           "D": Cursor.detail, "u": lambda c: c.bytes(c.varint()).hex(), "U": Cursor.reduction, "o": lambda c: c.fields("b") + READERS["x"](c)}
READERS |= {letter: lambda c, layout=layout: c.fields(layout) for letter, layout in LETTERS.items()}
READERS |= {letter: lambda c, layouts=layouts: c.choice(layouts) for letter, layouts in CHOICES.items()}
def shown(identity):
    return f"2:{identity[1]}:{identity[2]}" if identity[0] == 2 else f"{identity[0]}:{identity[1].hex()}"
def events(record):
    """The lines of one record's events."""
    head = {name: record[name] for name in ("position", "recorded_at", "stream")} | {"id": shown(record["id"])}
    facts, details, lines, known, table = Cursor(record["facts"]), Cursor(record["details"]), [], {}, LEDGER_EVENTS
    if record["stream"] > 0:
        occurred, byte = record["recorded_at"] - facts.zigzag(), facts.u8()
        known, table = {"occurred_at": occurred, "day": occurred // 86_400_000 + (byte >> 3 & 3) - 1, "source": byte & 7,
                        "attribution": facts.varint() if byte & 32 else 0}, EVENTS
    for number in range(record["count"]):
        newer = [facts.varint()] if (tag := facts.u8()) > 127 else []
        need(tag & 63 == 1 and newer[0] > 63 if newer else tag & 63 in table, f"unknown event {newer or tag}")
        kind, layout = ("unknown:u" if newer else table[tag & 63]).split(":")
        effective = {"effective_at": occurred + (facts.varint() if tag & 64 else 0)} if known else {}
        fields = {"position": record["position"] + number, "kind": kind} | known | effective | {"fields": newer + facts.fields(layout)}
        lines.append(head | fields | ({"texts": []} if known else {}))
    while known and details.at < len(details.data):
        tag, form, content = details.u8(), details.u8(), details.bytes(details.varint())
        need(form in (0, 1), "an unknown form of text")
        lines[0]["texts"] += [[tag, content.decode()]] if form == 0 else []
    need(facts.at == len(facts.data), "bytes are left over")
    return lines
HEADER = ("kind", "length", "first", "events", "records", "blocks", "reserved", "recorded_at", "synced", "link", "hash", "directory", "crc")
class Segment:
    def __init__(self, ledger, name):
        self.path = os.path.join("log", name)
        self.data = open(os.path.join(ledger, self.path), "rb").read()
        header = self.data[:512].ljust(512, b"\0")
        version, oldest, length, self.log, self.ordinal, self.first, self.capacity, _, last, self.previous = struct.unpack(
            "<HHI16sQQQqQ32s", header[8:104])
        right = version >= 1 and length == 512 and any(self.log) and self.first >= 1 and self.capacity % 4096 == 0
        checksum = len(self.data) >= 512 and crc32c(header[:508]) == int.from_bytes(header[508:], "little")
        check((header[:8] == bytes.fromhex("8B4C4F590D0A1A0A"), self.path, 0, "the magic is wrong"),
              (checksum, self.path, 508, "the header's checksum is wrong"),
              (oldest <= 1, self.path, 8, f"format {version} is newer than this reader"),
              (right and last == self.first - 1 and not any(header[104:508]), self.path, 8, "a field of the header is wrong"),
              (name == f"{self.first:016x}.segment", self.path, 40, "the file has the name of another position"))
    def mixed(self, data, number, part):
        return crc32c(self.log + struct.pack("<QQQ", self.ordinal, number, part) + data)
    def header(self, at):
        """The good batch header at an offset; None where there is none."""
        data = self.data[at:at + 96]
        if len(data) < 96 or data[:4] not in (b"BAT1", b"MRK1", b"SEA1"):
            return None
        header = dict(zip(HEADER, struct.unpack("<4sIQIIH6sqQ8s32sII", data)))
        good = header["crc"] == self.mixed(data[:92], at, 0) and header["length"] % 8 == 0 and not any(header["reserved"])
        empty, full = header["length"] == 104 and not any(data[16:26]), 104 < header["length"] <= 64 << 20 and 1 <= header["blocks"] <= 1024
        return header if good and (full and header["events"] >= header["records"] >= 1 if header["kind"] == b"BAT1" else empty) else None
    def body(self, header, at):
        """The records of the batch that has this good header."""
        data, records, position = self.data[at:at + header["length"]], [], header["first"]
        need(len(data) == header["length"] and data[-8:] == b"END1" + data[92:96], "the trailer is wrong")
        start = 96 + 56 * header["blocks"]
        need(self.mixed(data[96:start], header["first"], 1) == header["directory"], "the directory's checksum is wrong")
        for first, count, of, *rest in struct.iter_unpack("<QII9I3BB", data[96:start]):
            need(first == position and count >= of >= 1, "the directory contradicts itself")
            sections = []
            for part in range(3):
                raw, stored, checksum = rest[3 * part:3 * part + 3]
                need(1 <= stored <= raw <= 1 << 20 and rest[9 + part] == (stored < raw), "a section's lengths are wrong")
                content = data[start:start + stored]
                start += stored
                need(start <= len(data) - 8 and self.mixed(content, first, 2 + part) == checksum, "a section's checksum is wrong")
                content = bytes(byte ^ rest[12] for byte in content)
                sections.append(lz4.block.decompress(content, uncompressed_size=raw) if stored < raw else content)
                need(len(sections[part]) == raw, "a section has another length")
            records += block(first, first + count, of, header["recorded_at"], *map(Cursor, sections))
            position += count
        need(position - header["first"] == header["events"] and len(records) == header["records"], "the blocks are not the batch")
        need(len(data) - 8 - start < 8 and not any(data[start:-8]), "the padding is wrong")
        return records
    def seal(self):
        """The header of the seal that ends the file; None where there is none."""
        header = self.header(max(len(self.data) - 104, 0))
        return header if header and header["kind"] == b"SEA1" and self.data[-8:] == b"END1" + self.data[-12:-8] else None
    def judge(self, at, header, follows, promise):
        """Rows D1 to D9 and D12 for the place where a walk ended: the note on a torn tail, None, or Damage."""
        last = at + header["length"] if header else (at + 96 + 511) // 512 * 512
        cuts = [at, *range((at // 512 + 1) * 512, last, 512), last]
        torn = any(not any(self.data[low:high]) for low, high in zip(cuts, cuts[1:]))
        end = len(self.data.rstrip(b"\0"))
        promises = (found["synced"] for found in filter(None, map(self.header, range(at + 8, end - 95, 8))))
        check((not end <= at < promise, self.path, at, f"zeros below the promise of {promise}"),
              (max(promises, default=0) <= at, self.path, at, "a good batch header behind promises this place"),
              (at >= promise, self.path, at, f"the bytes below {promise} were promised"),
              (follows or not header, self.path, at, "a good batch header does not follow the batch before"),
              (not header or last >= end, self.path, at, "bytes behind a broken batch"),
              (end <= at or torn, self.path, at, "a broken batch without a missing sector"),
              (len(self.data) == self.capacity, self.path, len(self.data), "the file has no seal and not its capacity"))
        return (self.path, at, "a torn tail, which the next open cuts") if end > at else None
def block(position, end, count, recorded_at, facts, ids, details):
    records, identity = [], (0,)
    for _ in range(count):
        stream, of, content = facts.varint(), facts.varint(), facts.bytes(facts.varint())
        need(1 <= of <= 65535 and stream < 1 << 32, "a record's numbers are wrong")
        identity = ids.id(identity)
        records.append({"position": position, "recorded_at": recorded_at, "stream": stream, "count": of, "id": identity,
                        "facts": content, "details": details.bytes(details.varint())})
        position += of
    need(position == end and all(part.at == len(part.data) for part in (facts, ids, details)), "the records are not the block")
    return records
def chained(chain, header, records):
    digest = hashlib.sha256(chain + struct.pack("<QIq", header["first"], header["records"], header["recorded_at"]))
    for record in records:
        form, *rest = record["id"]
        identity = struct.pack("<I4xQ", *rest) if form == 2 else rest[0]
        digest.update(struct.pack("<QIHB", record["position"], record["stream"], record["count"], form) + identity)
        digest.update(b"".join(struct.pack("<I", len(part)) + part for part in (record["facts"], record["details"])))
    return digest.digest()
def walk(segment, state, out):
    """Adds a segment's events; gives the state behind its last good batch, where that is, and why it was no seal."""
    at = 512
    while True:
        header, (position, chain, recorded_at, promise) = segment.header(at), state
        follows = (header and header["first"] == position and header["link"] == chain[:8] and header["recorded_at"] >= recorded_at
                   and promise <= header["synced"] <= at)
        try:
            need(follows, "no good batch header that follows")
            records = segment.body(header, at)
            need(header["hash"] == (chained(chain, header, records) if records else chain), "the chain hash is wrong")
            lines = [line for record in records for line in events(record)]
        except (ValueError, lz4.block.LZ4BlockError) as error:
            return state, at, header, follows, str(error)
        out += [json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in lines]
        state = (position + header["events"], header["hash"], header["recorded_at"], header["synced"])
        at += header["length"]
        if header["kind"] == b"SEA1":
            return state, at, header, follows, None
def manifest(path):
    """The good manifest, as (log, {first position: seal or None}); nothing where it is to be made again."""
    data = open(path, "rb").read() if os.path.exists(path) else b""
    found = re.fullmatch(rb"(loyalty-ledger manifest (\d+)\n.*)crc32c ([0-9a-f]{8})\n", data, re.S)
    if not found or crc32c(found[1]) != int(found[3], 16):
        return None, {}
    check((int(found[2]) == 1, "MANIFEST", 0, "the manifest is of a later version"))
    lines = re.findall(rb"segment ([0-9a-f]{16}) (?:active|sealed ([0-9a-f]{16}) ([0-9a-f]{64}))\n", found[1])
    log = re.search(rb"\nlog ([0-9a-f]{32})\n", found[1])
    seals = {int(first, 16): last and (int(last, 16), bytes.fromhex(seal.decode())) for first, last, seal in lines}
    return (bytes.fromhex(log[1].decode()), seals) if log and found[1].count(b"\n") == 2 + len(lines) else (None, {})
def structure(ledger, segments):
    """Adds the segments in their order, while their names, headers, links and seals are right."""
    directory = os.path.join(ledger, "log")
    names = sorted(name for name in os.listdir(directory) if name.endswith(".segment")) if os.path.isdir(directory) else []
    wrong = [name for name in names if not re.fullmatch(r"(?!0{16})[0-9a-f]{16}\.segment", name)]
    log, seals = manifest(os.path.join(ledger, "MANIFEST"))
    missing = [name for name in (f"{first:016x}.segment" for first in seals) if name not in names]
    check((not wrong, os.path.join("log", *wrong[:1]), 0, "a segment whose name is no position"),
          (names and not missing, os.path.join("log", *missing[:1]), 0, "a segment is not there"))
    position, chain = 1, bytes(32)
    for ordinal, name in enumerate(names):
        segment = Segment(ledger, name)
        header, follower, end = segment.seal(), names[ordinal + 1:ordinal + 2], max(len(segment.data) - 104, 0)
        seal = (header["first"] - 1, header["hash"]) if header else (-1, chain)
        check((not segments or segment.log == segments[0].log, segment.path, 16, "a segment of another log"),
              (segment.ordinal == ordinal and segment.first == position, segment.path, 32, "a segment is missing, or one too many"),
              (segment.previous == chain, segment.path, 72, "the segment does not follow the one before"),
              (log in (None, segment.log), "MANIFEST", 0, "the manifest is of another log"))
        segments.append(segment)
        check((not follower or seal[0] + 1 == int(follower[0][:16], 16), segment.path, end, "the segment does not end in a seal before the next one"),
              (seals.get(segment.first) in (None, b"", seal), segment.path, end, "the segment does not end in the manifest's seal"))
        position, chain = seal[0] + 1, seal[1]
def read(ledger, out):
    """Adds the lines of all events; gives the note on a torn tail or None."""
    segments, damage, state = [], None, (1, bytes(32), -1 << 63, 0)
    try:
        structure(ledger, segments)
    except Damage as found:
        damage = found
    for segment in segments:
        state, at, header, follows, reason = walk(segment, state[:3] + (0,), out)
        if segment is not segments[-1]:
            check((not reason, segment.path, at, reason))
        elif not damage:
            check((reason or not any(segment.data[at:]), segment.path, at, "bytes behind a seal"))
            return segment.judge(at, header, follows, state[3]) if reason else None
    raise damage
def main(arguments):
    status = 0
    for ledger in filter(lambda argument: argument != "--each", arguments):
        out = []
        try:
            end = read(ledger, out)
            verdict = "torn" if end else "good"
        except Damage as damage:
            status, verdict, end = 1, "damaged", damage.args
        sys.stdout.write("".join(line + "\n" for line in out))
        if "--each" in arguments:
            print(json.dumps({"ledger": ledger, "verdict": verdict, "end": end}))
        elif end:
            print(f"{os.path.join(ledger, end[0])}: byte {end[1]}: {end[2]}", file=sys.stderr)
    return status

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if len(sys.argv) > 1 else __doc__)

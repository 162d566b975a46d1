package import LogFormat
package import LoyaltyDomain

extension ByteReader {
    mutating func amount() throws(DecodingFailure) -> MinorUnits { MinorUnits(try zigzag()) }

    mutating func count<Unit>() throws(DecodingFailure) -> Count<Unit> {
        let start = offset
        let value = try zigzag()
        guard let count = Count<Unit>(exactly: value) else {
            throw DecodingFailure(offset: start, expected: "a count of 32 bits", found: "\(value)")
        }
        return count
    }

    mutating func day() throws(DecodingFailure) -> LocalDay {
        let start = offset
        let value = try zigzag()
        guard let days = Int32(exactly: value) else {
            throw DecodingFailure(offset: start, expected: "a day of 32 bits", found: "\(value)")
        }
        return LocalDay(daysSince1970: days)
    }

    mutating func optionalDay() throws(DecodingFailure) -> LocalDay? { try flag() ? try day() : nil }

    mutating func ruleVersion() throws(DecodingFailure) -> RuleVersion {
        RuleVersion(UInt32(try varint(upTo: UInt64(UInt32.max), "a rule version")))
    }

    mutating func cardVersion() throws(DecodingFailure) -> CardVersion {
        CardVersion(UInt32(try varint(upTo: UInt64(UInt32.max), "a card version")))
    }

    mutating func flag() throws(DecodingFailure) -> Bool {
        let start = offset
        let byte = try u8()
        guard byte <= 1 else { throw DecodingFailure(offset: start, expected: "0 or 1", found: "\(byte)") }
        return byte == 1
    }

    /// A value of an enumeration by its byte.
    mutating func choice<Value: RawRepresentable<UInt8>>(_ type: Value.Type) throws(DecodingFailure) -> Value {
        let start = offset
        let byte = try u8()
        guard let value = Value(rawValue: byte) else {
            throw DecodingFailure(offset: start, expected: "a known \(type)", found: "\(byte)")
        }
        return value
    }

    /// A text that must be valid for its type.
    mutating func text<Value>(_ what: String, _ make: (String) -> Value?) throws(DecodingFailure) -> Value {
        let start = offset
        let text = try string()
        guard let value = make(text) else {
            throw DecodingFailure(offset: start, expected: "a valid \(what)", found: "\(text.debugDescription)")
        }
        return value
    }

    mutating func money() throws(DecodingFailure) -> Money {
        let currency = try text("currency") { Currency($0) }
        return Money(try amount(), currency)
    }

    mutating func commandID() throws(DecodingFailure) -> CommandID { CommandID(try recordID(after: nil)) }

    mutating func award(detailed: Bool = false) throws(DecodingFailure) -> Award {
        var award = Award(ruleVersion: try ruleVersion(), stamps: try count(), withheld: try count())
        if detailed { award.detail = try awardDetail() }
        return award
    }

    mutating func awardDetail() throws(DecodingFailure) -> AwardDetail {
        let start = offset
        let flags = try u8()
        guard flags < 32 else { throw DecodingFailure(offset: start, expected: "five flags", found: "\(flags)") }
        return AwardDetail(
            share: flags & 1 != 0 ? BasisPoints(try int32()) : nil,
            eligible: flags & 2 != 0 ? try amount() : nil,
            extra: flags & 4 != 0 ? Extra(percent: try int32(), stamps: try count()) : nil,
            withheldBy: flags & 8 != 0 ? try choice(Guard.self) : nil,
            lapsesAfter: flags & 16 != 0 ? try day() : nil
        )
    }

    mutating func int32() throws(DecodingFailure) -> Int32 {
        let start = offset
        let value = try zigzag()
        guard let narrow = Int32(exactly: value) else {
            throw DecodingFailure(offset: start, expected: "32 bits", found: "\(value)")
        }
        return narrow
    }

    mutating func card() throws(DecodingFailure) -> CardNumber {
        CardNumber(UInt32(try varint(upTo: UInt64(UInt32.max), "a card number")))
    }

    mutating func clawback() throws(DecodingFailure) -> Clawback {
        Clawback(due: try count(), taken: try count(), carriesDebt: try flag())
    }

    mutating func lastDays() throws(DecodingFailure) -> LastDays? {
        guard try flag() else { return nil }
        return LastDays(visit: try optionalDay(), purchase: try optionalDay())
    }

    mutating func correction() throws(DecodingFailure) -> Correction {
        // A reduction takes at least 6 bytes, so that no count can ask for more room than the bytes themselves.
        let number = try varint(upTo: UInt64(remaining / 6), "reductions that fit")
        var reductions: [Reduction] = []
        reductions.reserveCapacity(Int(number))
        for _ in 0..<number { reductions.append(try reduction()) }
        return Correction(reductions: reductions, clawback: try clawback(), remaining: try lastDays())
    }

    private mutating func reduction() throws(DecodingFailure) -> Reduction {
        let transaction = try cardVersion()
        let rules = try ruleVersion()
        let start = offset
        let flags = try u8()
        guard flags < 32 else { throw DecodingFailure(offset: start, expected: "five flags", found: "\(flags)") }
        var reduction = Reduction(
            transaction: transaction,
            ruleVersion: rules,
            isPurchase: flags & 1 != 0,
            amount: try amount(),
            absorbed: try count(),
            due: try count(),
            withdrawsVisit: flags & 2 != 0,
            wasStamped: flags & 4 != 0
        )
        if flags & 8 != 0 { reduction.eligible = try amount() }
        if flags & 16 != 0 { reduction.lapsed = try count() }
        return reduction
    }
}

extension RecordID {
    /// The id of a command's record.
    package init(_ id: CommandID) {
        self =
            switch id {
            case .sequence(let source, let number): .sequence(source: source, number: number)
            case .uuid7(let high, let low): .uuid7(high: high, low: low)
            case .opaque(let high, let low): .opaque(high: high, low: low)
            }
    }
}

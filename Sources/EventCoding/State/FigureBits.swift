internal import LogFormat
internal import LoyaltyDomain

/// The bits of figures in a sparse form that were not read yet, the next one's lowest.
struct FigureBits {
    var rest: UInt64

    /// The next figure; 0 where its bit is not set.
    @inline(__always)
    mutating func next(_ reader: inout ByteReader) throws(DecodingFailure) -> Int64 {
        try nextIfPresent(&reader) ?? 0
    }

    // Inlined, and the few figures that are there read elsewhere: most cost a look at a bit.
    @inline(__always)
    private mutating func nextIfPresent(_ reader: inout ByteReader) throws(DecodingFailure) -> Int64? {
        let isPresent = rest & 1 != 0
        rest >>= 1
        return isPresent ? try reader.zigzag() : nil
    }

    @inline(__always)
    private mutating func count<Unit>(_ reader: inout ByteReader) throws(DecodingFailure) -> Count<Unit> {
        Count(try integer(&reader))
    }

    @inline(__always)
    private mutating func integer<Value: FixedWidthInteger>(
        _ reader: inout ByteReader
    ) throws(DecodingFailure) -> Value {
        let isPresent = rest & 1 != 0
        rest >>= 1
        return isPresent ? try Self.integer(&reader) : 0
    }

    private static func integer<Value: FixedWidthInteger>(
        _ reader: inout ByteReader
    ) throws(DecodingFailure) -> Value {
        let start = reader.offset
        let value = try reader.zigzag()
        guard let integer = Value(exactly: value) else { throw .tooWide(value, at: start) }
        return integer
    }

    @inline(__always)
    private mutating func day(
        from origin: LocalDay? = nil,
        _ reader: inout ByteReader
    ) throws(DecodingFailure) -> LocalDay? {
        let start = reader.offset
        guard let value = try nextIfPresent(&reader) else { return nil }
        guard let days = Int32(exactly: value &+ Int64(origin?.daysSince1970 ?? 0)) else {
            throw .tooWide(value, at: start)
        }
        return LocalDay(daysSince1970: days)
    }

    @inline(__always)
    private mutating func instant(
        from origin: Timestamp,
        _ reader: inout ByteReader
    ) throws(DecodingFailure) -> Timestamp? {
        try nextIfPresent(&reader).map { Timestamp(milliseconds: origin.milliseconds &+ $0) }
    }

    private mutating func flag(_ reader: inout ByteReader) throws(DecodingFailure) -> Bool {
        let start = reader.offset
        let value = try next(&reader)
        guard value == 0 || value == 1 else { throw .tooWide(value, at: start) }
        return value == 1
    }
}

extension FigureBits {
    mutating func readDatesAndSums(of state: inout CardState, _ reader: inout ByteReader) throws(DecodingFailure) {
        let start = reader.offset
        guard let installation = Installation(byte: try integer(&reader)) else {
            throw DecodingFailure(offset: start, expected: "a known platform", found: "another one")
        }
        state.installation = installation
        state.expiresOn = try day(&reader)
        state.isExpiryRecorded = try flag(&reader)
        state.greatestEffectiveAt = Timestamp(milliseconds: state.issuedAt.milliseconds &+ (try next(&reader)))
        state.lifetimeValue = MinorUnits(try next(&reader))
        state.transactionAmount = MinorUnits(state.lifetimeValue.rawValue &- (try next(&reader)))
        state.visits = try count(&reader)
        state.stampedVisits = try count(&reader)
        state.purchases = try count(&reader)
        let visit = try day(&reader)
        state.lastDays = LastDays(visit: visit, purchase: try day(from: visit, &reader))
    }

    mutating func readPurse(_ reader: inout ByteReader) throws(DecodingFailure) -> Purse {
        var purse = Purse()
        purse.balance = try count(&reader)
        purse.debt = try count(&reader)
        purse.earned = try count(&reader)
        purse.removed = try count(&reader)
        purse.uncollected = try count(&reader)
        purse.converted = try count(&reader)
        purse.debtPaid = try count(&reader)
        purse.debtCarried = try count(&reader)
        purse.spent = try count(&reader)
        purse.lapsed = try count(&reader)
        purse.restored = try count(&reader)
        purse.overspent = try count(&reader)
        return purse
    }

    mutating func readRewards(of state: inout CardState, _ reader: inout ByteReader) throws(DecodingFailure) {
        state.rewardsEarned = try count(&reader)
        state.rewardsRedeemed = try count(&reader)
        state.rewardsCorrected = try count(&reader)
        state.rewardsExpired = try count(&reader)
        state.rewardsAvailable = try count(&reader)
    }

    mutating func readEarning(of state: inout CardState, _ reader: inout ByteReader) throws(DecodingFailure) {
        let (latest, visit) = (state.greatestEffectiveAt, state.lastDays.visit)
        state.lastStampAt = try instant(from: latest, &reader)
        state.lastRewardAt = try instant(from: latest, &reader)
        state.lastRedeemedAt = try instant(from: latest, &reader)
        let rules = RuleVersion(try integer(&reader))
        state.remainder = RemainderBase(ruleVersion: rules, open: MinorUnits(try next(&reader)))
        let capped = try day(from: visit, &reader) ?? LocalDay(daysSince1970: .min)
        state.capped = CappedDay(day: capped, awarded: try count(&reader))
        state.refusals = try integer(&reader)
        state.lastStampOn = try day(from: visit, &reader)
        state.lastAwardAt = try instant(from: latest, &reader)
    }
}

extension DecodingFailure {
    fileprivate static func tooWide(_ value: Int64, at offset: Int) -> DecodingFailure {
        DecodingFailure(offset: offset, expected: "a figure that its type can hold", found: "\(value)")
    }
}

package import LogFormat
package import LoyaltyDomain

/// A card's folded state and its bytes, as snapshots keep it: all fields in the order of `CardState`, instants as the distance
/// from the issue.
package enum CardStateCoding {
    /// No state takes fewer bytes.
    package static let leastByteCount = 36

    /// Writes a state behind what the writer holds.
    package static func encode(_ state: CardState, to writer: inout ByteWriter) {
        writer.varint(UInt64(state.program.rawValue))
        writer.zigzag(state.issuedAt.milliseconds)
        writer.u8(state.installation.byte)
        writer.day(state.expiresOn)
        writer.flag(state.isExpiryRecorded)
        writer.varint(UInt64(state.version.rawValue))
        writer.distance(state.greatestEffectiveAt, from: state.issuedAt)
        writer.amount(state.lifetimeValue)
        writer.amount(state.transactionAmount)
        for count in [state.visits, state.stampedVisits, state.purchases] { writer.count(count) }
        writer.day(state.lastDays.visit)
        writer.day(state.lastDays.purchase)
        writer.stamps(of: state)
        writer.rewards(of: state)
        for instant in [state.lastStampAt, state.lastRewardAt, state.lastRedeemedAt] {
            writer.optional(instant) { $0.distance($1, from: state.issuedAt) }
        }
        writer.version(state.remainder.ruleVersion)
        writer.amount(state.remainder.open)
        writer.day(state.capped.day)
        writer.count(state.capped.awarded)
        writer.zigzag(Int64(state.refusals))
    }

    /// Reads a state.
    package static func decode(_ reader: inout ByteReader) throws(DecodingFailure) -> CardState {
        let program = ProgramNumber(UInt16(try reader.varint(upTo: UInt64(UInt16.max), "a program number")))
        let issuedAt = Timestamp(milliseconds: try reader.zigzag())
        return CardState(
            program: program,
            issuedAt: issuedAt,
            installation: try reader.installation(),
            expiresOn: try reader.optionalDay(),
            isExpiryRecorded: try reader.flag(),
            version: try reader.cardVersion(),
            greatestEffectiveAt: try reader.instant(from: issuedAt),
            lifetimeValue: try reader.amount(),
            transactionAmount: try reader.amount(),
            visits: try reader.count(),
            stampedVisits: try reader.count(),
            purchases: try reader.count(),
            lastDays: LastDays(visit: try reader.optionalDay(), purchase: try reader.optionalDay()),
            balance: try reader.count(),
            debt: try reader.count(),
            stampsEarned: try reader.count(),
            stampsRemoved: try reader.count(),
            stampsUncollected: try reader.count(),
            stampsConverted: try reader.count(),
            debtPaid: try reader.count(),
            debtCarried: try reader.count(),
            rewardsEarned: try reader.count(),
            rewardsRedeemed: try reader.count(),
            rewardsCorrected: try reader.count(),
            rewardsExpired: try reader.count(),
            rewardsAvailable: try reader.count(),
            lastStampAt: try reader.optionalInstant(from: issuedAt),
            lastRewardAt: try reader.optionalInstant(from: issuedAt),
            lastRedeemedAt: try reader.optionalInstant(from: issuedAt),
            remainder: RemainderBase(restoring: try reader.ruleVersion(), open: try reader.amount()),
            capped: CappedDay(restoring: try reader.day(), awarded: try reader.count()),
            refusals: try reader.int32()
        )
    }
}

private let deletedByte: UInt8 = 0xff

extension Installation {
    fileprivate var byte: UInt8 {
        switch self {
        case .notInstalled: 0
        case .installed(let platform): platform.rawValue
        case .deleted: deletedByte
        }
    }
}

extension ByteWriter {
    fileprivate mutating func stamps(of state: CardState) {
        count(state.balance)
        count(state.debt)
        count(state.stampsEarned)
        count(state.stampsRemoved)
        count(state.stampsUncollected)
        count(state.stampsConverted)
        count(state.debtPaid)
        count(state.debtCarried)
    }

    fileprivate mutating func rewards(of state: CardState) {
        count(state.rewardsEarned)
        count(state.rewardsRedeemed)
        count(state.rewardsCorrected)
        count(state.rewardsExpired)
        count(state.rewardsAvailable)
    }

    /// The distance between two instants; it wraps, so that every pair has one.
    fileprivate mutating func distance(_ instant: Timestamp, from origin: Timestamp) {
        zigzag(instant.milliseconds &- origin.milliseconds)
    }
}

extension ByteReader {
    fileprivate mutating func installation() throws(DecodingFailure) -> Installation {
        let start = offset
        switch try u8() {
        case 0: return .notInstalled
        case deletedByte: return .deleted
        case let byte:
            guard let platform = Platform(rawValue: byte) else {
                throw DecodingFailure(offset: start, expected: "a known platform", found: "\(byte)")
            }
            return .installed(platform)
        }
    }

    fileprivate mutating func instant(from origin: Timestamp) throws(DecodingFailure) -> Timestamp {
        Timestamp(milliseconds: origin.milliseconds &+ (try zigzag()))
    }

    fileprivate mutating func optionalInstant(from origin: Timestamp) throws(DecodingFailure) -> Timestamp? {
        try flag() ? try instant(from: origin) : nil
    }

    fileprivate mutating func int32() throws(DecodingFailure) -> Int32 {
        let start = offset
        let value = try zigzag()
        guard let narrow = Int32(exactly: value) else {
            throw DecodingFailure(offset: start, expected: "32 bits", found: "\(value)")
        }
        return narrow
    }
}

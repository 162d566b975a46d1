package import LogFormat
package import LoyaltyDomain

/// A card's folded state and its bytes, as an event carries it (51).
///
/// Instants are distances from the issue; the parts that few cards have lie behind a flag. A layout never changes; snapshots have a form of
/// their own (`SparseCardCoding`).
package enum CardStateCoding {
    /// No state takes fewer bytes.
    package static let leastByteCount = 43

    /// The layouts of a state, which an event that carries one names.
    package enum Layout: UInt8, CaseIterable {
        /// Without the reward that was redeemed last; it is a plain one.
        case plain = 1
        /// With it.
        case full = 2

        /// The layout in which an event carries a state: the first that can say it.
        package init(carrying state: CardState) { self = state.lastRedeemed == .plain ? .plain : .full }
    }

    /// Writes a state behind what the writer holds.
    package static func encode(_ state: CardState, in layout: Layout = .full, to writer: inout ByteWriter) {
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
        writer.purse(state.purse)
        writer.rewards(of: state)
        for instant in [state.lastStampAt, state.lastRewardAt, state.lastRedeemedAt] {
            writer.optional(instant) { $0.distance($1, from: state.issuedAt) }
        }
        writer.version(state.remainder.ruleVersion)
        writer.amount(state.remainder.open)
        writer.day(state.capped.day)
        writer.count(state.capped.awarded)
        writer.zigzag(Int64(state.refusals))
        writer.day(state.lastStampOn)
        writer.optional(state.lastAwardAt) { $0.distance($1, from: state.issuedAt) }
        writer.flag(state.usesParts)
        if state.usesParts { writer.parts(of: state) }
        if layout == .full { writer.redeemed(state.lastRedeemed) }
    }

    /// Reads a state.
    package static func decode(
        _ reader: inout ByteReader,
        in layout: Layout = .full
    ) throws(DecodingFailure) -> CardState {
        let program = ProgramNumber(UInt16(try reader.varint(upTo: UInt64(UInt16.max), "a program number")))
        var state = CardState(issuedAt: Timestamp(milliseconds: try reader.zigzag()), program: program)
        state.installation = try reader.installation()
        state.expiresOn = try reader.optionalDay()
        state.isExpiryRecorded = try reader.flag()
        state.version = try reader.cardVersion()
        state.greatestEffectiveAt = try reader.instant(from: state.issuedAt)
        state.lifetimeValue = try reader.amount()
        state.transactionAmount = try reader.amount()
        state.visits = try reader.count()
        state.stampedVisits = try reader.count()
        state.purchases = try reader.count()
        state.lastDays = LastDays(visit: try reader.optionalDay(), purchase: try reader.optionalDay())
        state.purse = try reader.purse()
        try reader.rewards(of: &state)
        state.lastStampAt = try reader.optionalInstant(from: state.issuedAt)
        state.lastRewardAt = try reader.optionalInstant(from: state.issuedAt)
        state.lastRedeemedAt = try reader.optionalInstant(from: state.issuedAt)
        state.remainder = RemainderBase(ruleVersion: try reader.ruleVersion(), open: try reader.amount())
        state.capped = CappedDay(day: try reader.day(), awarded: try reader.count())
        state.refusals = try reader.int32()
        state.lastStampOn = try reader.optionalDay()
        state.lastAwardAt = try reader.optionalInstant(from: state.issuedAt)
        if try reader.flag() { try reader.parts(of: &state) }
        if layout == .full { state.lastRedeemed = try reader.redeemed() }
        return state
    }
}

private let deletedByte: UInt8 = 0xff

extension Installation {
    /// What stands for it on disk; 0 for a card that is on no telephone.
    var byte: UInt8 {
        switch self {
        case .notInstalled: 0
        case .installed(let platform): platform.rawValue
        case .deleted: deletedByte
        }
    }

    /// What a byte stands for; nil for a platform that is not known.
    init?(byte: UInt8) {
        switch byte {
        case 0: self = .notInstalled
        case deletedByte: self = .deleted
        default:
            guard let platform = Platform(rawValue: byte) else { return nil }
            self = .installed(platform)
        }
    }
}

extension ByteWriter {
    fileprivate mutating func rewards(of state: CardState) {
        count(state.rewardsEarned)
        count(state.rewardsRedeemed)
        count(state.rewardsCorrected)
        count(state.rewardsExpired)
        count(state.rewardsAvailable)
    }

    mutating func redeemed(_ reward: RedeemedReward) {
        switch reward {
        case .plain: u8(0)
        case .milestone(let value):
            u8(1)
            count(value)
        case .claim(let id):
            u8(2)
            commandID(id)
        }
    }

    /// The distance between two instants; it wraps, so that every pair has one.
    fileprivate mutating func distance(_ instant: Timestamp, from origin: Timestamp) {
        zigzag(instant.milliseconds &- origin.milliseconds)
    }
}

extension ByteReader {
    fileprivate mutating func installation() throws(DecodingFailure) -> Installation {
        let start = offset
        let byte = try u8()
        guard let installation = Installation(byte: byte) else {
            throw DecodingFailure(offset: start, expected: "a known platform", found: "\(byte)")
        }
        return installation
    }

    mutating func redeemed() throws(DecodingFailure) -> RedeemedReward {
        let start = offset
        switch try u8() {
        case 0: return .plain
        case 1: return .milestone(try count())
        case 2: return .claim(try commandID())
        case let byte: throw DecodingFailure(offset: start, expected: "a redeemed reward of 0...2", found: "\(byte)")
        }
    }

    fileprivate mutating func instant(from origin: Timestamp) throws(DecodingFailure) -> Timestamp {
        Timestamp(milliseconds: origin.milliseconds &+ (try zigzag()))
    }

    fileprivate mutating func optionalInstant(from origin: Timestamp) throws(DecodingFailure) -> Timestamp? {
        try flag() ? try instant(from: origin) : nil
    }

    fileprivate mutating func rewards(of state: inout CardState) throws(DecodingFailure) {
        state.rewardsEarned = try count()
        state.rewardsRedeemed = try count()
        state.rewardsCorrected = try count()
        state.rewardsExpired = try count()
        state.rewardsAvailable = try count()
    }
}

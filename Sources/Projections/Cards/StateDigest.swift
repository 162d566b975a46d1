internal import Crypto
internal import LoyaltyDomain

/// SHA-256 over the folded state of all cards, in the order of their numbers (D10).
///
/// Recorded times, positions and the layout of batches are not part of it, so that the same facts give the same digest in any
/// process, however the ledger was interrupted on the way.
public struct StateDigest: Hashable, Sendable, CustomStringConvertible {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// Digests a table.
    ///
    /// - Complexity: O(cards).
    public init(of cards: CardTable) {
        var hash = SHA256()
        var buffer: [UInt8] = []
        buffer.reserveCapacity(1 << 16)
        cards.forEach { number, state in
            append(Int64(number.rawValue), to: &buffer)
            for value in state.digestedValues { append(value, to: &buffer) }
            if buffer.count >= 1 << 15 {
                hash.update(data: buffer)
                buffer.removeAll(keepingCapacity: true)
            }
        }
        hash.update(data: buffer)
        bytes = Array(hash.finalize())
    }

    /// 64 hexadecimal digits.
    public var description: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

private func append(_ value: Int64, to buffer: inout [UInt8]) {
    for shift in stride(from: 0, to: 64, by: 8) {
        buffer.append(UInt8(truncatingIfNeeded: value >> Int64(shift)))
    }
}

extension CardState {
    /// Every folded value in a fixed order; what is absent is the least 64-bit integer.
    fileprivate var digestedValues: [Int64] {
        [
            Int64(program.rawValue), issuedAt.milliseconds, installation.digested,
            expiresOn.digested, isExpiryRecorded ? 1 : 0, Int64(version.rawValue), greatestEffectiveAt.milliseconds,
            lifetimeValue.rawValue, transactionAmount.rawValue,
            visits.wide, stampedVisits.wide, purchases.wide, lastDays.visit.digested, lastDays.purchase.digested,
            balance.wide, debt.wide, stampsEarned.wide, stampsRemoved.wide, stampsUncollected.wide,
            stampsConverted.wide,
            debtPaid.wide, debtCarried.wide,
            rewardsEarned.wide, rewardsRedeemed.wide, rewardsCorrected.wide, rewardsExpired.wide, rewardsAvailable.wide,
            lastStampAt.digested, lastRewardAt.digested, lastRedeemedAt.digested,
            Int64(remainder.ruleVersion.rawValue), remainder.open.rawValue,
            Int64(capped.day.daysSince1970), capped.awarded.wide, Int64(refusals),
        ]
    }
}

extension Count {
    fileprivate var wide: Int64 { Int64(rawValue) }
}

extension LocalDay? {
    fileprivate var digested: Int64 { map { Int64($0.daysSince1970) } ?? .min }
}

extension Timestamp? {
    fileprivate var digested: Int64 { map(\.milliseconds) ?? .min }
}

extension Installation {
    fileprivate var digested: Int64 {
        switch self {
        case .notInstalled: 0
        case .installed(let platform): Int64(platform.rawValue)
        case .deleted: -1
        }
    }
}

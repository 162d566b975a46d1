internal import Crypto
internal import LoyaltyDomain

/// SHA-256 over the folded state of all cards, in the order of their numbers (D10).
///
/// Recorded times, positions and the layout of batches are not part of it, so that the same facts give the same digest in any
/// process, however the ledger was interrupted on the way.
public struct StateDigest: Hashable, Sendable, CustomStringConvertible {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// The number of bytes.
    package static let byteCount = 32

    /// A digest as it was kept.
    package init(bytes: [UInt8]) { self.bytes = bytes }

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
            for value in state.digestedParts { append(value, to: &buffer) }
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

extension CardState {
    /// Every part of a card that is not at rest, behind its number.
    ///
    /// A plain stamp card has none, so that its digest is what it always was. The day of the last stamp and the instant of the last
    /// award follow from events that other values speak of.
    fileprivate var digestedParts: [Int64] {
        guard hasParts else { return [] }
        var values: [Int64] = []
        func add(_ number: Int64, _ part: [Int64], isAtRest: Bool) {
            if !isAtRest { values += [.min, number] + part }
        }
        let sums = [purse.spent, purse.lapsed, purse.restored, purse.overspent]
        add(1, sums.map(\.wide), isAtRest: sums.allSatisfy { $0 == 0 })
        add(2, bonus.digested, isAtRest: bonus == Purse())
        let rewards = [rewardsReversed, rewardsOverRedeemed, claims]
        add(3, rewards.map(\.wide), isAtRest: rewards.allSatisfy { $0 == 0 })
        let lapses = [lapse.next, lapse.last, lapse.latest]
        add(4, lapses.map(\.digested), isAtRest: lapse == LapseState())
        let reached = [Int64(milestones.reached), Int64(bitPattern: milestones.waiting)]
        add(5, reached, isAtRest: milestones == MilestoneState())
        add(6, tier.digested, isAtRest: tier == TierState())
        add(7, membership.digested, isAtRest: membership == MembershipState())
        add(8, referral.digested, isAtRest: referral == ReferralState())
        add(9, links.digested, isAtRest: links == CardLinks())
        add(10, [], isAtRest: !hasLeftProgram)
        return values
    }
}

extension Purse {
    fileprivate var digested: [Int64] {
        [
            balance, debt, earned, removed, uncollected, converted, debtPaid, debtCarried, spent, lapsed, restored,
            overspent,
        ]
        .map(\.wide)
    }
}

extension TierState {
    fileprivate var digested: [Int64] {
        let pin: [Int64] =
            switch pin {
            case .none: [0, 0]
            case .until(let day): [1, Int64(day.daysSince1970)]
            case .indefinite: [2, 0]
            }
        return [Int64(number.rawValue)] + pin + [Int64(entered)]
    }
}

extension MembershipState {
    fileprivate var digested: [Int64] {
        [
            Int64(period?.rawValue ?? 0), Int64(anchor.daysSince1970), Int64(start.daysSince1970), used.wide,
            isCancelled ? 1 : 0,
        ]
    }
}

extension ReferralState {
    fileprivate var digested: [Int64] {
        [
            Int64(referrer.rawValue), Int64(progress.rawValue), paidToReferrer.wide, paidToNewcomer.wide, earned.wide,
            Int64(newcomers),
        ]
    }
}

extension CardLinks {
    fileprivate var digested: [Int64] {
        [mergedInto, convertedInto, createdFrom].map { Int64($0.rawValue) } + [Int64(createdAt.rawValue)]
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

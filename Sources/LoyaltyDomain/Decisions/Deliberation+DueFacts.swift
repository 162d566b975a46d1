extension Deliberation {
    /// Records what was due on the card before this moment (D9); a clock that is ahead makes nothing due.
    mutating func recordDueFacts() {
        guard !isAheadOfClock, let rules = basis.catalog.program(card.program)?.rules else { return }
        lapse(under: rules, before: moment.occurredOn)
        if let day = card.expiresOn, !card.isExpiryRecorded, day < moment.occurredOn {
            record(.cardExpired(day), as: .taking)
        }
        if let period = card.membership.period {
            let start = period.start(of: moment.occurredOn, from: card.membership.anchor)
            if card.membership.start < start { record(.periodStarted(start), as: .taking) }
        }
        endPin(under: rules)
    }

    /// Lets lapse what lasted through a day before that one: all by a sliding life, else the lots (D11, D12).
    private mutating func lapse(under rules: CardRules, before day: LocalDay) {
        guard card.balance > 0 else { return }
        if case .sliding(let days) = rules.life {
            guard let last = card.lastStampOn?.advanced(byDays: days), last < day else { return }
            record(.stampsLapsed(card.balance, through: last, next: card.lapse.next), as: .taking)
        } else if let next = card.lapse.next, next < day {
            lapseLots(through: day.advanced(byDays: -1))
        }
    }

    /// Lets lapse stamps that were earned just now and whose last day the card has seen go by: a lot that comes late is earned and
    /// lapses at once (D12).
    ///
    /// - Parameter next: The earliest last day before they were earned.
    mutating func lapseIfLate(_ stamps: Stamps, after last: LocalDay?, next: LocalDay?) {
        guard let last, let latest = card.lapse.latest, last < latest else { return }
        let due = min(stamps, card.balance)
        if due > 0 { record(.stampsLapsed(due, through: last, next: next), as: .taking) }
    }

    private mutating func lapseLots(through day: LocalDay) {
        let lots = history().lots
        let due = min(lots.due(through: day), card.balance)
        guard due > 0, let last = lots.lastDay(through: day) else { return }
        record(.stampsLapsed(due, through: last, next: lots.next(after: last)), as: .taking)
    }

    /// Ends a pin whose day is over: the tier follows the spend again (D18).
    private mutating func endPin(under rules: CardRules) {
        guard case .until(let day) = card.tier.pin, day < moment.occurredOn else { return }
        let target = rules.tiers.map { tier(in: $0, isPinned: false) } ?? card.tier.number
        let first = target > card.tier.number && !card.tier.hasEntered(target)
        record(
            .tierChanged(
                TierChange(
                    from: card.tier.number,
                    to: target,
                    cause: .pinEnded,
                    pin: .none,
                    grantsEntry: true,
                    isFirstEntry: first
                )
            ),
            as: .taking
        )
        if first { grantEntry(of: target, under: rules) }
    }

    /// Gives back what a late addition would have kept from lapsing (D11).
    ///
    /// - Parameter prevented: What `lapsePrevented` found before the addition was recorded.
    mutating func restore(_ prevented: TransactionHistory.Lapse?) {
        guard let prevented else { return }
        record(.stampsRestored(prevented.left, through: prevented.through), as: .taking)
    }

    /// The lapse that stamps earned now would have prevented.
    func preventedLapse() -> TransactionHistory.Lapse? {
        guard case .sliding(let days)? = basis.catalog.program(card.program)?.rules.life, let last = card.lapse.last,
            moment.occurredOn <= last
        else { return nil }
        return history().lapsePrevented(by: moment.occurredOn, sliding: days)
    }
}

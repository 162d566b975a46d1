internal import EventLog
internal import LogFormat
internal import LoyaltyDomain
internal import Projections
internal import Snapshots

extension Retrospect {
    /// The state of all cards then, folded on from the newest state that serves: the live one, a snapshot, or none.
    ///
    /// - Complexity: O(1) where everything counts; O(cards + events behind the snapshot) otherwise.
    func state(_ keeper: SnapshotKeeper) throws(LedgerError) -> LedgerState {
        var report = LookBack()
        if horizon.covers(effectiveAt: live.greatestEffectiveAt, recordedAt: live.recordedAt) {
            report.start = live.position
            keeper.note(report)
            return live
        }
        let search = keeper.store.newest(for: reader) { summary in
            summary.binding.position.rawValue <= last
                && horizon.covers(
                    effectiveAt: Timestamp(milliseconds: summary.binding.greatestEffectiveAt),
                    recordedAt: Timestamp(milliseconds: summary.binding.recordedAt)
                )
        }
        var state = search.found?.state ?? LedgerState(of: reader.logID)
        report.start = search.found?.binding.position.rawValue
        report.passedOver = search.passedOver
        report.foldedEvents = last - state.position
        try state.fold(reader, on: .forThisMachine, through: last, within: horizon)
        keeper.note(report)
        return state
    }

    /// All cards that were there then, ordered by the UTF-8 bytes of the serials.
    ///
    /// - Complexity: O(n log n) in the cards, and that of `state`.
    func cards(_ keeper: SnapshotKeeper) throws(LedgerError) -> [CardProfile] {
        let then = try state(keeper)
        return then.directory.numbersByCard.compactMap { profile(of: then.directory.holder($0), then.cards[$0]) }
    }

    /// Calls `body` with each card of a state that was there then, in the order of the card numbers, and the day on which one looks
    /// at it: straight from the table, without a profile of any.
    ///
    /// - Complexity: O(cards).
    func forEachCard(
        in state: borrowing LedgerState,
        _ body: (CardNumber, borrowing CardState, _ today: LocalDay) -> Void
    ) {
        // Asked a million times: so by number, not by name.
        let days = state.catalog.programs.indices.map { index -> LocalDay? in
            let number = ProgramNumber(UInt16(index))
            return rules.program(number) == nil ? nil : horizon.day(of: number)
        }
        state.cards.forEach { number, card in
            let program = Int(card.program.rawValue)
            guard card.hasHappened, program < days.count, let today = days[program] else { return }
            body(number, card, today)
        }
    }
}

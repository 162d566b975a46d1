internal import EventCoding
internal import LogFormat
internal import LoyaltyDomain
public import LoyaltyLedger

/// What must hold of a ledger whatever was asked of it: the invariants of section 6 of DESIGN.md.
public enum LedgerAudit {
    /// What does not hold, in words; empty where everything does.
    ///
    /// - Parameters:
    ///   - ledger: The ledger.
    ///   - notes: The internal notes that were written, which no customer may read.
    /// - Complexity: O(events log events).
    public static func violations(of ledger: Ledger, hiding notes: Set<String> = []) async throws -> [String] {
        var violations: [String] = []
        let replay = try await ledger.replay()
        if !replay.isEqual {
            violations.append("I6: replay differs: \(replay.differences) \(replay.violations)")
        }
        let histories = try await ledger.foldHistory(into: [CardID: [HistoryEntry]]()) { histories, found in
            histories[found.card, default: []].append(found.entry)
        }
        for card in ledger.cards {
            let entries = histories[card.card] ?? []
            let found = try CardAudit(entries).violations(endingIn: card.state)
            violations += found.map { "\(card.card.text): \($0)" }
            violations += customerView(CustomerHistoryEntry.visible(in: entries), of: card, hiding: notes)
            violations += explanation(try await ledger.explain(card.card), of: card, entries)
        }
        return violations
    }

    /// Every event has its line, every line adds up, and all of them give the card (DESIGN.md 7.7).
    private static func explanation(
        _ explanation: Explanation?,
        of card: CardProfile,
        _ entries: [HistoryEntry]
    ) -> [String] {
        guard let explanation else { return ["\(card.card.text) is not explained"] }
        var found = explanation.discrepancies.map { line in
            "explain \(card.card.text): \(line.reasoning.discrepancies), of \(line.entry.event.event), \(line.reasoning.steps)"
        }
        if explanation.lines.map(\.entry) != entries || explanation.state != card.state
            || explanation.sum != card.state.balance
        {
            found.append("explain \(card.card.text): the lines give \(explanation.sum), of \(card.state.balance)")
        }
        found += explanation.lines.filter { $0.reasoning.title.isEmpty }.map {
            "explain: no words for \($0.entry.event)"
        }
        return found
    }

    /// I9: no note; I10: what the customer reads sums to the shown balances.
    private static func customerView(
        _ entries: [CustomerHistoryEntry],
        of card: CardProfile,
        hiding notes: Set<String>
    ) -> [String] {
        let texts = entries.flatMap { [$0.comment, $0.reference] }.compactMap { $0 }
        var found = texts.filter(notes.contains).map { "I9: \(card.card.text) shows the internal note \($0)" }
        let stamps = entries.reduce(Stamps.zero) { $0 + $1.stampsChange }
        let rewards = entries.reduce(Rewards.zero) { $0 + $1.rewardsChange }
        if stamps != card.state.balance || rewards != card.state.rewardsAvailable {
            found.append("I10: \(card.card.text) shows changes of \(stamps) stamps and \(rewards) rewards")
        }
        return found
    }
}

/// The audit of one card's history.
struct CardAudit {
    private let entries: [HistoryEntry]

    init(_ entries: [HistoryEntry]) { self.entries = entries }

    func violations(endingIn state: CardState) throws -> [String] {
        var found = try checkRecordedOrder(endingIn: state)
        found += checkEffectiveOrder()
        for record in records { found += try checkCoding(record) + checkRewards(record) }
        return found
    }

    /// I1-I3, I5 and I10 after every event, and every state comes back from its bytes.
    private func checkRecordedOrder(endingIn state: CardState) throws -> [String] {
        var found: [String] = []
        var sum = EventSum()
        for entry in entries {
            sum.add(entry.event.event)
            if let violation = entry.stateAfter.firstViolation {
                found.append("\(violation), after \(entry.event.event)")
            }
            if sum != EventSum(of: entry.stateAfter) {
                found.append("I10: \(EventSum(of: entry.stateAfter)) is not the sum \(sum), after \(entry.event.event)")
            }
            var writer = ByteWriter()
            CardStateCoding.encode(entry.stateAfter, to: &writer)
            SparseCardCoding.encode(entry.stateAfter, to: &writer)
            var reader = ByteReader(writer.bytes)
            let again = [try CardStateCoding.decode(&reader), try SparseCardCoding.decode(&reader)]
            if again != [entry.stateAfter, entry.stateAfter] || !reader.isAtEnd {
                found.append("I6: the state after \(entry.event.event) does not come back from its bytes")
            }
        }
        if let last = entries.last?.stateAfter, last != state { found.append("I6: the history ends in another state") }
        return found
    }

    /// I1 as of every instant from which anything counts.
    private func checkEffectiveOrder() -> [String] {
        let ordered = entries.indices.sorted { left, right in
            (entries[left].event.effectiveAt, left) < (entries[right].event.effectiveAt, right)
        }
        var found: [String] = []
        var sum = EventSum()
        for (place, index) in ordered.enumerated() {
            let event = entries[index].event
            sum.add(event.event)
            let next = place + 1 < ordered.count ? entries[ordered[place + 1]].event.effectiveAt : nil
            // Events of one instant count together.
            if next != event.effectiveAt && !sum.isNonNegative {
                found.append("I1 as of \(event.effectiveAt.milliseconds): \(sum), after \(event.event)")
            }
        }
        return found
    }

    private var records: [[HistoryEntry]] {
        var records: [[HistoryEntry]] = []
        for entry in entries {
            if let last = records.last?.last, last.commandID == entry.commandID {
                records[records.count - 1].append(entry)
            } else {
                records.append([entry])
            }
        }
        return records
    }

    private func checkCoding(_ entries: [HistoryEntry]) throws -> [String] {
        guard let first = entries.first else { return [] }
        // The day is one of the three on which the instant may fall; any of them must come back.
        let moment = CardState.Moment(occurredAt: first.occurredAt, occurredOn: first.occurredAt.dayInUTC)
        let record = CardRecord(
            commandID: first.commandID,
            card: CardNumber(1),
            moment: moment,
            recordedAt: first.recordedAt,
            source: first.source,
            attribution: .none,
            texts: first.texts,
            events: entries.map(\.event)
        )
        var (facts, details) = (ByteWriter(), ByteWriter())
        CardRecordCoding.encode(record, facts: &facts, details: &details)
        let back = try CardRecordCoding.decode(
            facts: ByteReader(facts.bytes),
            details: ByteReader(details.bytes),
            id: RecordID(record.commandID),
            card: record.card,
            eventCount: record.events.count,
            recordedAt: record.recordedAt
        )
        return back == record ? [] : ["the record of \(record.events) does not come back from its bytes"]
    }

    /// I4: nothing that puts right unlocks, and nothing that takes stamps takes rewards.
    private func checkRewards(_ entries: [HistoryEntry]) -> [String] {
        guard let place = entries.firstIndex(where: { $0.event.event.isTaking }) else { return [] }
        return entries[place...].compactMap { entry in
            switch entry.event.event {
            case .rewardsUnlocked, .milestoneReached, .rewardsCredited:
                "I4: \(entries[place].event.event) led to \(entry.event.event)"
            default: nil
            }
        }
    }
}

extension CardEvent {
    /// Whether it is a correction of amounts, stamps or visits, which moves no reward (S45).
    fileprivate var isTaking: Bool {
        switch self {
        case .amountRefunded, .visitsRemoved, .stampsRemoved, .bonusRemoved, .loadReversed, .spendingReversed,
            .referralCollected:
            true
        case .amountEdited(let edit): edit.to < edit.from
        default: false
        }
    }
}

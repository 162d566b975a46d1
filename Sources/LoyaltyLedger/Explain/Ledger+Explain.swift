internal import EventLog
public import LoyaltyDomain
internal import Projections

extension Ledger {
    /// Explains a card's balance line by line, with the arithmetic of each event; nil where the card is not issued.
    ///
    /// - Parameters:
    ///   - id: The card.
    ///   - point: What of its events counts, on both clocks.
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(events of the card), and the blocks that hold them; what a correction reduced is looked up among the card's
    ///   transactions.
    public func explain(
        _ id: CardID,
        asOf point: PointInTime = .now
    ) async throws -> Explanation? {
        try await offThePool { [state, makeReader] in
            let live = state.copy
            guard let number = live.directory.number(of: id) else { return nil }
            let reader = try LedgerError.reading { try makeReader() }
            let records = try reader.cardStream(of: number)
            let rules = try RuleBook(reader)
            return try live.explanation(of: number, from: records, rules, reader, asOf: point)
        }
    }
}

extension LedgerState {
    /// Explains a card from its records.
    func explanation(
        of number: CardNumber,
        from records: [PlacedRecord],
        _ rules: RuleBook,
        _ reader: LogReader,
        asOf point: PointInTime
    ) throws(LedgerError) -> Explanation? {
        guard let program = catalog.program(cards[number].program), let calendar = calendars[cards[number].program]
        else { return nil }
        var fold = ExplanationFold(
            horizon(of: point, now: recordedAt),
            of: cards[number].program,
            UnitWords(program),
            attributions: attributions
        )
        for placed in records {
            let minute = calendar.localTime(of: placed.record.moment.occurredAt).millisecondOfDay / 60_000
            var terms = ReasoningFold.Terms(
                catalog: rules.catalog(before: placed.position),
                minuteOfDay: Int32(minute)
            )
            for (offset, event) in placed.record.events.enumerated() {
                terms.absorbed = nil
                if case .cardAbsorbed(let source, _) = event.event, !source.isLost {
                    terms.absorbed = try reader.transactions(of: source)
                }
                fold.add(event, of: placed.record, at: placed.position + UInt64(offset), terms)
            }
        }
        return Explanation(
            card: directory.card(number),
            customer: directory.customer(of: number),
            program: program,
            asOf: point.occurred?.last(in: calendar),
            knownAt: point.known?.last(in: calendar),
            lines: fold.lines,
            leftOut: fold.leftOut,
            state: fold.state
        )
    }
}

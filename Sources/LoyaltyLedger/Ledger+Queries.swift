internal import EventLog
public import LoyaltyDomain
internal import Projections

extension Ledger {
    /// One card as it is now, or nil where it is not issued.
    ///
    /// - Complexity: O(1).
    public func card(_ id: CardID) -> CardProfile? {
        let now = options.now()
        return state.read { state in
            guard let number = state.directory.number(of: id) else { return nil }
            return state.profile(of: number, now: now)
        }
    }

    /// Every card as it is now, ordered by the UTF-8 bytes of the serials.
    ///
    /// - Complexity: O(n log n).
    public var cards: [CardProfile] {
        let now = options.now()
        let state = state.copy
        return state.directory.numbersByCard.compactMap { state.profile(of: $0, now: now) }
    }

    /// The whole history of a card in recorded order, refusals included; nil where it is not issued.
    ///
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(events of the card), and the blocks that hold them.
    public func history(of id: CardID) async throws -> [HistoryEntry]? {
        let (number, attributions) = state.read { ($0.directory.number(of: id), $0.attributions) }
        guard let number else { return nil }
        return try await offThePool { [makeReader] in
            var fold = HistoryFold(attributions: attributions)
            var entries: [HistoryEntry] = []
            let reader = try LedgerError.reading { try makeReader() }
            try reader.forEachCardRecord(of: number) { position, record in
                fold.add(record, at: position, to: &entries)
            }
            return entries
        }
    }

    /// Folds the history of all cards, event by event in the order of the log, into a result (S57).
    ///
    /// - Parameters:
    ///   - initial: The result before the first event.
    ///   - point: The point in time whose events count; all that there are unless given.
    ///   - body: Adds an event to the result.
    /// - Throws: `LedgerError` where the log cannot be read, and what `body` throws.
    /// - Complexity: O(events); memory for the cards and one block, never for the events.
    public func foldHistory<Result: Sendable>(
        into initial: Result,
        asOf point: PointInTime = .now,
        _ body: @escaping @Sendable (inout Result, LedgerHistoryEntry) throws -> Void
    ) async throws -> Result {
        try await lookingBack(to: point, at: .rules) { then in
            var fold = HistoryFold(attributions: then.live.attributions, within: then.horizon)
            var result = initial
            var failure: (any Error)?
            try then.reader.forEachCardRecord(through: then.last) { position, record in
                guard failure == nil else { return }
                do {
                    for entry in fold.entries(of: record, at: position) { try body(&result, entry) }
                } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
            return result
        }
    }

    /// The programs by their newest rules, in the order of their definition.
    public var programs: [Program] { state.read { $0.catalog.programs } }

    /// Where recorded times come from.
    public var clock: ClockMode { state.read { $0.clock } }

    /// The calendar of a program, by which its days are told; the ledger's first program unless named.
    public func calendar(of program: ProgramID? = nil) -> ProgramCalendar? {
        state.read { state in
            let number = program.map { state.catalog.number(of: $0) } ?? ProgramNumber(0)
            return number.flatMap { state.calendars[$0] }
        }
    }

    /// Figures of the whole ledger.
    public var summary: LedgerSummary {
        state.read {
            LedgerSummary(
                events: $0.position,
                cards: $0.cards.count,
                programs: $0.catalog.programs.count,
                sources: $0.sources.count,
                refusals: $0.refusals
            )
        }
    }
}

/// Figures of a whole ledger.
public struct LedgerSummary: Hashable, Sendable {
    /// Events recorded, those of the ledger's own among them; also the position of the last one.
    public let events: UInt64
    /// Cards issued.
    public let cards: Int
    /// Programs defined.
    public let programs: Int
    /// Import files registered.
    public let sources: Int
    /// Commands refused.
    public let refusals: Int
}

extension LedgerState {
    /// A card as a person looks at it.
    func profile(of number: CardNumber, now: Timestamp) -> CardProfile? {
        guard cards.contains(number) else { return nil }
        let state = cards[number]
        guard let program = catalog.program(state.program), let today = today(of: state.program, now: now) else {
            return nil
        }
        return CardProfile(
            card: directory.card(number),
            customer: directory.customer(of: number),
            number: number,
            program: program,
            state: state,
            today: today
        )
    }
}

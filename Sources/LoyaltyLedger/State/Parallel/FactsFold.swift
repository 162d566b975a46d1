internal import EventCoding
internal import EventLog
internal import LogFormat
internal import LoyaltyDomain
internal import Projections

/// The thread that reads, while others fold the cards: it checks blocks and hands them on, folds the ledger's own facts, notes commands,
/// and puts the shares together.
struct FactsFold {
    private struct RulesThatCouple: Error {}

    private var state: LedgerState
    private let ledgerFold: LedgerFold
    private let start: Position
    /// Where each program was defined, by its number; 0 for those that were there.
    private var programs: [UInt64]
    /// How many cards there were.
    private let known: Int
    private var decoder = EventDecoder(readsTexts: false)

    /// Starts behind a state, whose cards are the shares' business.
    ///
    /// - Parameter horizon: Which card events count; nil for all, and only then commands are noted.
    init(_ state: LedgerState, within horizon: Horizon?) {
        self.state = state
        ledgerFold = LedgerFold(horizon: horizon)
        known = state.cards.count
        self.state.cards = CardTable()
        start = Position(rawValue: state.position + 1)
        programs = state.catalog.programs.map { _ in 0 }
    }

    /// Reads up to a position, to the head unless one is given, or up to the block that defines rules which couple cards.
    ///
    /// - Throws: What keeps the log from being folded, and `CancellationError` where nobody takes blocks any more.
    mutating func run(
        _ reader: LogReader,
        through last: UInt64?,
        into pipe: BlockPipe,
        _ progress: ((UInt64) -> Void)?
    ) throws {
        var loader = BlockLoader(pipe)
        do {
            try reader.forEachBlock(from: start, through: last.map { Position(rawValue: $0) }, sections: .ids) {
                block in
                guard try !couplesCards(block) else { throw RulesThatCouple() }
                try fold(block)
                var handed = block
                loader.take(&handed)
                guard !loader.isRefused else { throw CancellationError() }
                progress?(state.position)
            }
        } catch is RulesThatCouple {}
        loader.send()
    }

    private mutating func fold(_ block: DecodedBlock) throws(LedgerError) {
        let recordedAt = Timestamp(milliseconds: block.recordedAt)
        for entry in block.records where entry.nextPosition > start {
            if entry.stream == .ledger {
                try foldFact(entry, of: block)
            } else if let id = entry.id {
                let (first, count) = (entry.position.rawValue, entry.eventCount)
                ledgerFold.note(CommandID(id), recordedAt: recordedAt, first: first, count: count, in: &state)
            }
        }
    }

    private mutating func foldFact(_ entry: RecordEntry, of block: DecodedBlock) throws(LedgerError) {
        try decoder.forEach(in: entry, of: block, after: start.rawValue - 1) { event throws(LedgerError) in
            try ledgerFold.evolve(&state, event)
            while programs.count < state.catalog.programs.count { programs.append(event.position) }
        }
    }

    private mutating func couplesCards(_ block: DecodedBlock) throws(LedgerError) -> Bool {
        var couples = false
        for entry in block.records where entry.stream == .ledger && entry.nextPosition > start {
            try decoder.forEach(in: entry, of: block, after: start.rawValue - 1) { event throws(LedgerError) in
                guard case .ledger(.programDefined(let version)) = event.fact else { return }
                if version.program.rules.guards.couplesCards { couples = true }
            }
        }
        return couples
    }

    /// The state with all cards of the shares in it.
    ///
    /// - Throws: `LedgerError` where cards were issued out of order, twice, or under a program that was not there yet.
    /// - Complexity: O(cards that were issued), and O(blocks) of the table.
    consuming func state(with shares: [CardShare]) throws(LedgerError) -> LedgerState {
        guard let cards = CardTable(shares: shares.map(\.cards)) else {
            throw .inconsistent("a card is missing", state.position)
        }
        try issue(cards.count - known, of: shares)
        state.cards = cards
        for share in shares {
            state.refusals += share.refusals
            state.greatestEffectiveAt = max(state.greatestEffectiveAt, share.greatestEffectiveAt)
        }
        return state
    }

    /// Adds the cards that the shares issued to the directory, in the order of their numbers.
    private mutating func issue(_ count: Int, of shares: [CardShare]) throws(LedgerError) {
        var (names, hashes) = (CardNameList(), [UInt]())
        hashes.reserveCapacity(count)
        var (places, last) = ([Int](repeating: 0, count: shares.count), UInt64(0))
        for number in known..<known + count {
            let card = CardNumber(UInt32(number) + 1)
            let share = shares[CardTable.share(of: card, of: shares.count)]
            let place = places[share.number]
            guard place < share.issues.count else { throw .inconsistent("a card is missing", last) }
            let issue = share.issues[place]
            places[share.number] += 1
            guard issue.number == card, issue.position > last, isDefined(issue.program, at: issue.position) else {
                throw .inconsistent("card \(issue.card.text) issued out of order", issue.position)
            }
            last = issue.position
            names.append(issue.card, customer: issue.customer)
            hashes.append(issue.hash)
        }
        do throws(RepeatedCard) {
            try state.directory.append(names, hashes: hashes)
        } catch {
            throw .inconsistent("card \(error.number.rawValue) has a serial that was there", last)
        }
    }

    private func isDefined(_ program: ProgramNumber, at position: UInt64) -> Bool {
        Int(program.rawValue) < programs.count && programs[Int(program.rawValue)] < position
    }
}

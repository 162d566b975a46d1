internal import LogFormat
internal import LoyaltyDomain
internal import Projections

/// The cards that one of several threads folds, and what their events say beyond them.
///
/// With n shares, share s has the cards s + 1, s + 1 + n, s + 1 + 2n ...: in the order of issue, and with about as many events as any
/// other.
struct CardShare: Sendable {
    /// A card that was issued, for the directory.
    struct Issue: Sendable {
        let number: CardNumber
        let card: CardID
        let customer: CustomerID
        let program: ProgramNumber
        let position: UInt64
    }

    let number: Int
    let shares: Int
    private(set) var cards = CardTable()
    private(set) var issues: [Issue] = []
    private(set) var refusals = 0
    private(set) var greatestEffectiveAt = Timestamp.earliest

    /// Takes its part of the cards there are.
    ///
    /// - Complexity: O(cards of the share).
    init(_ number: Int, of shares: Int, from all: CardTable) {
        self.number = number
        self.shares = shares
        for card in stride(from: number + 1, through: all.count, by: shares) {
            cards.append(all[CardNumber(UInt32(card))])
        }
    }

    /// The state of a card of the share.
    subscript(card: CardNumber) -> CardState { cards[place(of: card)] }

    /// Folds the records of its cards in a block, from a position on.
    mutating func fold(
        _ block: DecodedBlock,
        from start: Position,
        _ decoder: inout EventDecoder
    ) throws(LedgerError) {
        for entry in block.records where entry.nextPosition > start && isMine(entry.stream) {
            try decoder.forEach(in: entry, of: block, after: start.rawValue - 1) { event throws(LedgerError) in
                guard case .card(let fact) = event.fact else { return }
                try evolve(fact, recordedAt: event.recordedAt, at: event.position)
            }
        }
    }

    private func isMine(_ stream: StreamNumber) -> Bool {
        stream != .ledger && Int(stream.rawValue - 1) % shares == number
    }

    private func place(of card: CardNumber) -> CardNumber { CardNumber((card.rawValue - 1) / UInt32(shares) + 1) }

    /// What `LedgerState.evolve` does for one event, but for what needs all cards: that is done when shares are put together.
    private mutating func evolve(
        _ fact: borrowing CardFact,
        recordedAt: Timestamp,
        at position: UInt64
    ) throws(LedgerError) {
        let place = place(of: fact.card)
        if case .cardIssued(let id, let customer, let program) = fact.event.event {
            guard place == cards.nextNumber else {
                throw .inconsistent("card \(id.text) issued out of order", position)
            }
            issues.append(
                Issue(number: fact.card, card: id, customer: customer, program: program, position: position)
            )
            cards.append(CardState(issuedAt: fact.moment.occurredAt, program: program))
        }
        guard cards.contains(place) else {
            throw .inconsistent("event of card \(fact.card.rawValue), which is not issued", position)
        }
        cards[place].evolve(fact.event, at: fact.moment)
        if case .commandRefused = fact.event.event { refusals += 1 }
        greatestEffectiveAt = max(greatestEffectiveAt, fact.event.counts(ifRecordedAt: recordedAt))
    }
}

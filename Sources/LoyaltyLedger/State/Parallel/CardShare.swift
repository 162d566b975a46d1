internal import EventCoding
internal import LogFormat
internal import LoyaltyDomain
internal import Projections

/// The cards that one of several threads folds, and what their events say beyond them.
///
/// A share has every n-th block of the table's rows: nothing is copied where shares are put together, and from some thousand cards on each has
/// about as many events as any other. Of fewer than 256 cards one share has all.
struct CardShare: Sendable {
    /// A card that was issued, for the directory.
    struct Issue: Sendable {
        let number: CardNumber
        let card: CardID
        let customer: CustomerID
        let program: ProgramNumber
        let position: UInt64
        /// What the directory finds the card by, made here as this thread is one of several.
        let hash: UInt
    }

    let number: Int
    let shares: Int
    private let horizon: Horizon?
    private(set) var cards = CardTable()
    private(set) var issues: [Issue] = []
    private(set) var refusals = 0
    private(set) var greatestEffectiveAt = Timestamp.earliest

    /// Takes its part of the cards there are.
    ///
    /// - Parameter horizon: Which events count; nil for all.
    /// - Complexity: O(blocks of the table).
    init(_ number: Int, of shares: Int, from all: CardTable, within horizon: Horizon?) {
        self.number = number
        self.shares = shares
        self.horizon = horizon
        cards = all.share(number, of: shares)
    }

    /// Folds the records of its cards in a block, from a position on.
    ///
    /// - Precondition: A batch ends before that position, as one does where a state ends.
    mutating func fold(_ block: DecodedBlock, from start: Position) throws(LedgerError) {
        let recordedAt = Timestamp(milliseconds: block.recordedAt)
        for entry in block.records where entry.position >= start && isMine(entry.stream) {
            let card = CardNumber(entry.stream.rawValue)
            try block.forEachCardEvent(of: entry) { event, position, head throws(LedgerError) in
                try evolve(event, of: card, at: head.moment, recordedAt: recordedAt, position: position)
            }
        }
    }

    private func isMine(_ stream: StreamNumber) -> Bool {
        stream != .ledger && CardTable.share(of: CardNumber(stream.rawValue), of: shares) == number
    }

    /// What `LedgerState.evolve` does for one event, but for what needs all cards: that is done when shares are put together.
    private mutating func evolve(
        _ event: borrowing EffectiveEvent,
        of card: CardNumber,
        at moment: CardState.Moment,
        recordedAt: Timestamp,
        position: UInt64
    ) throws(LedgerError) {
        let place = CardTable.place(of: card, of: shares)
        if case .cardIssued(let id, let customer, let program) = event.event {
            guard place == cards.nextNumber else {
                throw .inconsistent("card \(id.text) issued out of order", position)
            }
            let hash = CardDirectory.hash(of: id)
            issues.append(
                Issue(number: card, card: id, customer: customer, program: program, position: position, hash: hash)
            )
            cards.append(CardState(issuedAt: moment.occurredAt, program: program))
        }
        guard cards.contains(place) else {
            throw .inconsistent("event of card \(card.rawValue), which is not issued", position)
        }
        if let horizon, !horizon.counts(event, recordedAt: recordedAt, of: cards[place].program) { return }
        cards[place].evolve(event, at: moment)
        if case .commandRefused = event.event { refusals += 1 }
        greatestEffectiveAt = max(greatestEffectiveAt, event.counts(ifRecordedAt: recordedAt))
    }
}

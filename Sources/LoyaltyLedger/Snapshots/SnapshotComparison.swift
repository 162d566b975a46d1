internal import LoyaltyDomain
public import Projections

/// A snapshot beside what the log folds to at its position.
public struct SnapshotComparison: Hashable, Sendable {
    /// The position of the snapshot.
    public let position: UInt64
    /// The digest of the snapshot's cards.
    public let digest: StateDigest
    /// The digest of the cards replayed up to that position.
    public let replayedDigest: StateDigest
    /// What differs, in words.
    public let differences: [String]

    /// Whether the snapshot says what the log says.
    public var isEqual: Bool { differences.isEmpty && digest == replayedDigest }
}

extension SnapshotComparison {
    /// Compares every part of two states.
    ///
    /// - Complexity: O(cards + commands).
    init(of snapshot: LedgerState, beside replayed: borrowing LedgerState) {
        var differences: [String] = []
        if snapshot.catalog != replayed.catalog { differences.append("the catalog of programs differs") }
        if snapshot.cards.count != replayed.cards.count {
            differences.append("\(snapshot.cards.count) cards where the log has \(replayed.cards.count)")
        }
        replayed.cards.forEach { number, state in
            guard snapshot.cards.contains(number) else { return }
            let card = replayed.directory.card(number)
            if snapshot.directory.card(number) != card
                || snapshot.directory.customer(of: number) != replayed.directory.customer(of: number)
            {
                differences.append("card \(number.rawValue) is not \(card.text) or not its customer's")
            }
            if snapshot.cards[number] != state { differences.append("the state of card \(card.text) differs") }
        }
        // Equal states have equal bytes: whatever was not looked at above is looked at here.
        if differences.isEmpty, snapshot.encoded() != replayed.encoded() {
            differences.append("the commands, sources, attributions or figures of the whole ledger differ")
        }
        self.init(
            position: snapshot.position,
            digest: StateDigest(of: snapshot.cards),
            replayedDigest: StateDigest(of: replayed.cards),
            differences: differences
        )
    }
}

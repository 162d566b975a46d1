internal import EventCoding
internal import EventLog
internal import LoyaltyDomain

/// The new numbers of the cards of a damaged ledger, and what became of the links between them (DESIGN.md 5.1).
struct SalvagedCards {
    private typealias BrokenLink = LedgerSalvageReport.BrokenLink

    private var numbers: [CardNumber: CardNumber] = [:]
    private var lostNumbers: [CardNumber: CardNumber] = [:]
    /// Cards that say they were merged into another, and where.
    private var merged: [CardNumber: Merge] = [:]
    /// Cards that another one says it took in, and where.
    private var absorbed: [CardNumber: Merge] = [:]
    private var broken: [LedgerSalvageReport.BrokenLink] = []

    /// One half of a merge: the card it stands on, the other one, and the position of its record.
    private struct Merge {
        var card: CardNumber
        var other: CardNumber
        var position: UInt64
    }

    /// Gives the next number to a card that is issued; false where it has one.
    mutating func issue(_ old: CardNumber) -> Bool {
        guard numbers[old] == nil else { return false }
        numbers[old] = CardNumber(UInt32(numbers.count) + 1)
        return true
    }

    /// The new number of a card, or nil where none of its issue was read.
    func number(_ old: CardNumber) -> CardNumber? { numbers[old] }

    /// The record with new numbers for all cards that its events name; nil where it names none.
    ///
    /// - Parameters:
    ///   - record: The record under its card's old number.
    ///   - position: Its old position.
    mutating func linked(_ record: CardRecord, at position: UInt64) -> CardRecord? {
        guard record.events.contains(where: { $0.event.otherCard != nil }) else { return nil }
        var linked = record
        for index in record.events.indices {
            let event = record.events[index].event
            note(event, of: record.card, at: position)
            linked.events[index].event = event.renumbered { named($0) }
        }
        return linked
    }

    /// The links that lead nowhere, in the order of their positions, with the serials of both cards where they are known.
    func brokenLinks(serial: (CardNumber) -> String?) -> [LedgerSalvageReport.BrokenLink] {
        let halves =
            merged.values.filter { absorbed[$0.card] == nil && numbers[$0.other] != nil }
            .map { BrokenLink($0.card, .absorptionLost, event: "cardMerged", $0.other, at: $0.position) }
            + absorbed.values.filter { merged[$0.other] == nil && numbers[$0.other] != nil }
            .map { BrokenLink($0.card, .mergeLost, event: "cardAbsorbed", $0.other, at: $0.position) }
        let order = { (left: BrokenLink, right: BrokenLink) in
            (left.position, left.stream, left.other) < (right.position, right.stream, right.other)
        }
        return (broken + halves).sorted(by: order).map { link in
            var link = link
            link.card = serial(CardNumber(link.stream))
            link.otherCard = link.otherCard ?? serial(CardNumber(link.other))
            return link
        }
    }

    private mutating func note(_ event: CardEvent, of card: CardNumber, at position: UInt64) {
        guard let other = event.otherCard else { return }
        switch event {
        case .cardMerged: merged[card] = Merge(card: card, other: other, position: position)
        case .cardAbsorbed: absorbed[other] = Merge(card: card, other: other, position: position)
        default: break
        }
        // A card that an earlier salvage has lost was reported then.
        guard numbers[other] == nil, !other.isLost else { return }
        var link = BrokenLink(card, .cardLost, event: event.name, other, at: position)
        link.otherCard = event.otherSerial?.text
        broken.append(link)
    }

    /// The number that stands for a card: its new one, or one of no card, another for each lost card.
    private mutating func named(_ old: CardNumber) -> CardNumber {
        if let known = numbers[old] ?? lostNumbers[old] { return known }
        let number = CardNumber(UInt32.max - UInt32(lostNumbers.count))
        lostNumbers[old] = number
        return number
    }
}

extension LedgerSalvageReport.BrokenLink {
    fileprivate init(_ card: CardNumber, _ reason: Reason, event: String, _ other: CardNumber, at position: UInt64) {
        self.init(stream: card.rawValue, reason: reason, event: event, other: other.rawValue, position: position)
    }
}

extension CardEvent {
    /// The case, without its payload.
    fileprivate var name: String { String("\(self)".prefix { $0 != "(" }) }
}

extension CardNumber {
    /// Numbers from here on are of no card: they stand for cards that a damaged log has lost (DESIGN.md 5.1).
    package static let firstLost = CardNumber(1 << 31)

    /// Whether it stands for a lost card.
    package var isLost: Bool { self >= .firstLost }
}

extension CardEvent {
    /// The number of the other card the event is about, where it is about one.
    package var otherCard: CardNumber? {
        switch self {
        case .cardReferred(_, let card), .referralCredited(let card, _), .referralCollected(let card, _),
            .cardMerged(_, let card), .cardAbsorbed(let card, _), .cardConverted(let card), .cardCreated(let card):
            card
        case .referralPaid(let payment): payment.referrer
        default: nil
        }
    }

    /// The serial of the other card, where the event holds it.
    package var otherSerial: CardID? {
        switch self {
        case .cardReferred(let card, _), .cardMerged(let card, _): card
        default: nil
        }
    }

    /// The event with another number for every card it names, and everything else as it is.
    package func renumbered(_ number: (CardNumber) -> CardNumber) -> CardEvent {
        switch self {
        case .cardReferred(let serial, let card): return .cardReferred(by: serial, number(card))
        case .referralPaid(var payment):
            payment.referrer = number(payment.referrer)
            return .referralPaid(payment)
        case .referralCredited(let card, let stamps): return .referralCredited(from: number(card), stamps)
        case .referralCollected(let card, let clawback): return .referralCollected(number(card), clawback)
        case .cardMerged(let serial, let card): return .cardMerged(into: serial, number(card))
        case .cardAbsorbed(let card, let moved): return .cardAbsorbed(number(card), moved.renumbered(number))
        case .cardConverted(let card): return .cardConverted(into: number(card))
        case .cardCreated(let card): return .cardCreated(from: number(card))
        default: return self
        }
    }
}

extension CardState {
    /// The state with another number for every card it names; 0 names none and stays.
    fileprivate func renumbered(_ number: (CardNumber) -> CardNumber) -> CardState {
        let none = CardNumber(0)
        var state = self
        let links: [WritableKeyPath<CardState, CardNumber>] = [
            \.referral.referrer, \.links.mergedInto, \.links.convertedInto, \.links.createdFrom,
        ]
        for link in links where state[keyPath: link] != none { state[keyPath: link] = number(state[keyPath: link]) }
        return state
    }
}

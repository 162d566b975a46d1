/// What a command on one card does to another: a second record, directly behind the command's own in the same batch (DESIGN.md 7.3).
///
/// A consequence cannot be refused: whatever could refuse it was looked at by the command's own decision.
public enum Consequence: Hashable, Sendable {
    /// The referrer of a newcomer gets stamps (D25).
    case creditReferral(to: CardNumber, from: CardNumber, Stamps)

    /// They are collected back (D25).
    case collectReferral(from: CardNumber, newcomer: CardNumber, Stamps)

    /// A card takes in another that was merged into it (D24).
    case absorb(into: CardNumber, from: CardNumber, CardState)

    /// A coupon turns into a new card (D21).
    case create(CardID, customer: CustomerID, Conversion, coupon: CardNumber)

    /// The card a coupon turned into is closed (D21).
    case undoConversion(of: CardNumber)

    /// The card it is about, or nil for one that is to be issued.
    public var card: CardNumber? {
        switch self {
        case .creditReferral(let card, _, _), .collectReferral(let card, _, _), .absorb(let card, _, _),
            .undoConversion(let card):
            card
        case .create: nil
        }
    }

    /// Decides what happens to the other card; nothing where it is deleted and would get something.
    ///
    /// - Parameters:
    ///   - basis: The other card as it is now, and the time of the command.
    ///   - moment: When the command occurred, by the other card's calendar.
    public func decide(_ basis: DecisionBasis, at moment: CardState.Moment) -> [EffectiveEvent] {
        if case .create(let card, let customer, let conversion, let coupon) = self {
            return create(card, customer, conversion, coupon, basis: basis, at: moment)
        }
        guard let card = basis.card else { return [] }
        var deliberation = Deliberation(on: card, at: moment, basis: basis)
        deliberation.recordDueFacts()
        do throws(Refusal) {
            switch self {
            case .creditReferral(_, let newcomer, let stamps):
                guard card.installation != .deleted else { return [] }
                try deliberation.checkRoom(stamps: stamps)
                let prevented = deliberation.preventedLapse()
                deliberation.record(.referralCredited(from: newcomer, stamps), as: .addition)
                try deliberation.settle(earned: stamps, prevented)
            case .collectReferral(_, let newcomer, let stamps):
                let clawback = try deliberation.clawback(of: stamps, isLenient: true)
                deliberation.record(.referralCollected(newcomer, clawback), as: .taking)
            case .absorb(_, let source, let moved):
                deliberation.record(.cardAbsorbed(source, moved), as: .taking)
                try deliberation.settle(earned: moved.balance)
                try deliberation.followSpend()
            case .undoConversion:
                // What was due came first, so that what is left now is taken.
                deliberation.record(.conversionUndone(deliberation.card.balance), as: .taking)
            case .create: break
            }
        } catch {
            // A sum would grow beyond what a ledger keeps: what fits was recorded, and nothing is refused.
        }
        return deliberation.events
    }

    private func create(
        _ card: CardID,
        _ customer: CustomerID,
        _ conversion: Conversion,
        _ coupon: CardNumber,
        basis: DecisionBasis,
        at moment: CardState.Moment
    ) -> [EffectiveEvent] {
        guard let number = basis.catalog.number(of: conversion.program) else { return [] }
        let blank = CardState(issuedAt: moment.occurredAt, program: number)
        var deliberation = Deliberation(on: blank, at: moment, basis: basis)
        deliberation.issue(card, to: customer)
        do throws(Refusal) {
            if conversion.stamps > 0 {
                try deliberation.credit(conversion.stamps, .conversion)
            }
        } catch {
            // A new card has room for every number of stamps that rules may name.
        }
        deliberation.record(.cardCreated(from: coupon), as: .addition)
        return deliberation.events
    }
}

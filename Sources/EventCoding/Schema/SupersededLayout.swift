internal import LogFormat
internal import LoyaltyDomain

/// A layout that a later one has superseded: it is read for ever, and becomes what the newest layout would say.
///
/// So folds know one form of each event. A layout that was superseded twice becomes that of the version behind it, which
/// becomes the newest.
protocol SupersededLayout {
    /// What it becomes.
    associatedtype Current
    /// Reads the fields.
    init(reading reader: inout ByteReader) throws(DecodingFailure)
    /// The same in the newest layout's terms.
    var current: Current { get }
}

extension ByteReader {
    /// Reads a superseded layout as what it has become.
    mutating func upcast<Layout: SupersededLayout>(_ layout: Layout.Type) throws(DecodingFailure) -> Layout.Current {
        try Layout(reading: &self).current
    }
}

/// Type 4: a purchase whose award applied the rules as they are; type 20 since awards say what else they applied.
struct PurchaseBeforeDetails: SupersededLayout {
    var amount: MinorUnits
    var award: Award

    init(reading reader: inout ByteReader) throws(DecodingFailure) {
        amount = try reader.amount()
        award = try reader.award()
    }

    var current: CardEvent { .purchaseRecorded(amount: amount, award: award) }
}

/// Type 5: a visit whose award applied the rules as they are; type 21 since awards say what else they applied.
struct VisitBeforeDetails: SupersededLayout {
    var amount: MinorUnits?
    var award: Award

    init(reading reader: inout ByteReader) throws(DecodingFailure) {
        amount = try reader.flag() ? try reader.amount() : nil
        award = try reader.award()
    }

    var current: CardEvent { .visitRecorded(amount: amount, award: award) }
}

/// Type 12: an edit of an amount all of which earned; type 55 since a part may, and since stamps may have lapsed.
struct EditBeforeDetails: SupersededLayout {
    var edit: AmountEdit

    init(reading reader: inout ByteReader) throws(DecodingFailure) { edit = try reader.amountEdit() }

    var current: CardEvent { .amountEdited(edit) }
}

/// Rules of layout 1: those of a stamp card, before rules had parts.
struct RulesBeforeParts: SupersededLayout {
    var mechanic: Mechanic
    var stampsPerReward: Stamps
    var dailyStampCap: Stamps?
    var uncollected: UncollectedPolicy
    var redeemWhenExpired: ExpiredRedemption

    init(reading reader: inout ByteReader) throws(DecodingFailure) {
        mechanic = try reader.mechanic()
        stampsPerReward = try reader.count()
        dailyStampCap = try reader.flag() ? try reader.count() : nil
        uncollected = try reader.uncollected()
        redeemWhenExpired = try reader.expiredRedemption()
    }

    var current: CardRules {
        .stampCard(
            mechanic: mechanic,
            stampsPerReward: stampsPerReward,
            dailyStampCap: dailyStampCap,
            uncollected: uncollected,
            redeemWhenExpired: redeemWhenExpired
        )
    }
}

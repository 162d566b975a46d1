import LoyaltyLedger

/// The columns of a card's history as its holder may see it (S59, I9): what happened and what it left, in the shop's own words to
/// them, and nothing of staff, devices, places or internal notes.
struct CustomerColumns {
    /// The card's program.
    let program: Program

    /// Its calendar.
    let calendar: ProgramCalendar

    /// Whose words a table uses.
    var wording = Wording.ledger

    /// The columns.
    static let all = [
        Column("occurred_at", title: "occurred"),
        Column("event"),
        Column("amount_minor", title: "amount"),
        Column("stamps_change", title: "stamps"),
        Column("rewards_change", title: "rewards"),
        Column("stamps_balance", title: "balance"),
        Column("rewards_available", title: "available"),
        Column("reference"),
        Column("comment"),
    ]

    /// The cells of an entry, one for each column.
    func cells(of entry: CustomerHistoryEntry) -> [Cell] {
        let words = EventWords(entry.event, of: program)
        return [
            .instant(entry.occurredAt, in: calendar),
            .text(words.name, shown: wording.label(entry.event, named: words.name)),
            .amount(words.amount, in: program.currency),
            .change(entry.stampsChange),
            .change(entry.rewardsChange),
            .count(entry.balance),
            .count(entry.rewardsAvailable),
            .text(entry.reference),
            .text(entry.comment),
        ]
    }
}

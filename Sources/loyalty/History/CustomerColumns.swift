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

    /// The columns where the program shows figures only.
    static let summary = [
        Column("issued_at", .dataOnly),
        Column("visits"),
        Column("spent_minor", title: "spent"),
        Column("stamps_earned", .dataOnly),
        Column("stamps_balance", title: "balance"),
        Column("stamps_to_next_reward", title: "to next reward"),
        Column("rewards_earned", .dataOnly),
        Column("rewards_redeemed", title: "redeemed"),
        Column("rewards_available", title: "available"),
        Column("last_visit_on", title: "last visit"),
        Column("last_stamp_at", .dataOnly),
        Column("last_reward_at", .dataOnly),
        Column("last_redeemed_at", title: "last redemption"),
    ]

    /// The cells of a card's figures, one for each column of the summary.
    func cells(of summary: CustomerSummary) -> [Cell] {
        [
            .instant(summary.issuedAt, in: calendar),
            .count(summary.visits),
            .amount(summary.spent, in: program.currency),
            .count(summary.stampsEarned),
            .count(summary.balance),
            .count(summary.stampsToNextReward),
            .count(summary.rewardsEarned),
            .count(summary.rewardsRedeemed),
            .count(summary.rewardsAvailable),
            .day(summary.lastVisitOn),
            .instant(summary.lastStampAt, in: calendar),
            .instant(summary.lastRewardAt, in: calendar),
            .instant(summary.lastRedeemedAt, in: calendar),
        ]
    }

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

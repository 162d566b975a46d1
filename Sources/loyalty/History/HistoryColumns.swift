import LoyaltyLedger

/// The columns of a card's history: what each event was, what it changed, and what it left behind (S55, I10).
struct HistoryColumns {
    /// The card's program.
    let program: Program

    /// Its calendar.
    let calendar: ProgramCalendar

    /// Whose words a table uses.
    var wording = Wording.ledger

    /// The columns.
    static let all = [
        Column("version", title: "#"),
        Column("position", .dataOnly),
        Column("occurred_at", title: "occurred"),
        Column("recorded_at", .dataOnly),
        Column("effective_at", .dataOnly),
        Column("command_id", .dataOnly),
        Column("event"),
        Column("amount_minor", title: "amount"),
        Column("ltv_change_minor", .dataOnly),
        Column("visits_change", .dataOnly),
        Column("stamps_change", title: "stamps"),
        Column("rewards_change", title: "rewards"),
        Column("stamps_uncollected_change", .dataOnly),
        Column("bonus_change", .dataOnly),
        Column("ltv_minor", title: "ltv"),
        Column("visits", .dataOnly),
        Column("stamps_balance", title: "balance"),
        Column("rewards_available", title: "available"),
        Column("rule_version", .dataOnly),
        Column("reason", .dataOnly),
        Column("detail"),
        Column("source", .dataOnly),
        Column("staff"),
        Column("device", .dataOnly),
        Column("location", .dataOnly),
        Column("reference"),
        Column("comment", .dataOnly),
        Column("internal_note", .dataOnly),
    ]

    /// The rows of a card's entries, in their order.
    func rows(of entries: [HistoryEntry]) -> [[Cell]] {
        zip(entries, [nil] + entries.map(\.stateAfter)).map { cells(of: $0, since: $1) }
    }

    /// The cells of an entry, one for each column.
    func cells(of entry: HistoryEntry, since before: CardState?) -> [Cell] {
        identity(entry) + effects(entry, since: before) + origin(entry)
    }

    private func identity(_ entry: HistoryEntry) -> [Cell] {
        [
            .integer(entry.version.rawValue),
            .integer(entry.position),
            .instant(entry.occurredAt, in: calendar),
            .instant(entry.recordedAt, in: calendar),
            .instant(entry.event.effectiveAt, in: calendar),
            .text(entry.commandID.description),
        ]
    }

    private func effects(_ entry: HistoryEntry, since before: CardState?) -> [Cell] {
        let (after, currency) = (entry.stateAfter, program.currency)
        let words = EventWords(entry.event.event, of: program)
        return [
            .text(words.name, shown: wording.label(entry.event.event, named: words.name)),
            .amount(words.amount, in: currency),
            .amountChange(after.lifetimeValue - (before?.lifetimeValue ?? .zero), in: currency),
            .change(after.visits - (before?.visits ?? 0)),
            .change(after.balance - (before?.balance ?? 0)),
            .change(after.rewardsAvailable - (before?.rewardsAvailable ?? 0)),
            .change(after.stampsUncollected - (before?.stampsUncollected ?? 0)),
            .change(after.bonus.balance - (before?.bonus.balance ?? 0)),
            .amount(after.lifetimeValue, in: currency),
            .count(after.visits),
            .count(after.balance),
            .count(after.rewardsAvailable),
            .integer(words.ruleVersion?.rawValue),
            .text(words.reason),
            .text(words.detail),
        ]
    }

    private func origin(_ entry: HistoryEntry) -> [Cell] {
        [
            .text("\(entry.source)"),
            .text(entry.attribution.staff?.text),
            .text(entry.attribution.device?.text),
            .text(entry.attribution.location?.text),
            .text(entry.texts.reference),
            .text(entry.texts.customerComment),
            .text(entry.texts.internalNote),
        ]
    }
}

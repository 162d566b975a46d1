internal import LoyaltyDomain
internal import Projections

extension Explanation {
    /// The explanation for programs: amounts in minor units, instants in the program's zone.
    ///
    /// - Parameter calendar: The calendar of the card's program.
    package func json(in calendar: ProgramCalendar) -> JSONValue {
        .object([
            JSONValue.Member("card", .string(card.text)),
            JSONValue.Member("customer", .string(customer.text)),
            JSONValue.Member("program", .string(program.id.text)),
            JSONValue.Member("currency", .string(program.currency.code)),
            JSONValue.Member("time_zone", .string(program.timeZone)),
            JSONValue.Member("unit", .string(UnitWords(program).unit)),
            JSONValue.Member("as_of", asOf.map { .string(calendar.text(of: $0)) } ?? .null),
            JSONValue.Member("known_at", knownAt.map { .string(calendar.text(of: $0)) } ?? .null),
            JSONValue.Member("lines", .array(lines.map { $0.json(in: calendar) })),
            JSONValue.Member("left_out", .integer(leftOut)),
            JSONValue.Member("sum", .integer(sum.rawValue)),
            JSONValue.Member("balance", .integer((state?.balance ?? 0).rawValue)),
            JSONValue.Member("rewards_available", .integer((state?.rewardsAvailable ?? 0).rawValue)),
            JSONValue.Member("ltv_minor", .integer((state?.lifetimeValue ?? .zero).rawValue)),
            JSONValue.Member("consistent", .bool(isConsistent)),
        ])
    }
}

extension Explanation.Line {
    func json(in calendar: ProgramCalendar) -> JSONValue {
        .object(moments(in: calendar) + figures + origin)
    }

    private func moments(in calendar: ProgramCalendar) -> [JSONValue.Member] {
        [
            JSONValue.Member("position", .integer(entry.position)),
            JSONValue.Member("command_id", .string(entry.commandID.description)),
            JSONValue.Member("occurred_at", .string(calendar.text(of: entry.occurredAt))),
            JSONValue.Member("recorded_at", .string(calendar.text(of: entry.recordedAt))),
            JSONValue.Member("effective_at", .string(calendar.text(of: entry.event.effectiveAt))),
            JSONValue.Member("title", .string(reasoning.title)),
            JSONValue.Member("arithmetic", .array(reasoning.steps.map { .string($0) })),
            JSONValue.Member("discrepancies", .array(reasoning.discrepancies.map { .string($0) })),
            JSONValue.Member("rule_version", reasoning.ruleVersion.map { .integer($0.rawValue) } ?? .null),
            JSONValue.Member("refusal", .optional(reasoning.refusal?.code)),
            JSONValue.Member("reason", .optional(reasoning.refusal?.reason)),
            JSONValue.Member("next_step", .optional(reasoning.refusal?.nextStep)),
        ]
    }

    private var figures: [JSONValue.Member] {
        [
            JSONValue.Member("stamps_change", .integer(change.stamps.rawValue)),
            JSONValue.Member("debt_change", .integer(change.debt.rawValue)),
            JSONValue.Member("bonus_change", .integer(change.bonus.rawValue)),
            JSONValue.Member("rewards_change", .integer(change.rewards.rawValue)),
            JSONValue.Member("visits_change", .integer(change.visits.rawValue)),
            JSONValue.Member("ltv_change_minor", .integer(change.lifetimeValue.rawValue)),
            JSONValue.Member("balance", .integer(entry.stateAfter.balance.rawValue)),
            JSONValue.Member("rewards_available", .integer(entry.stateAfter.rewardsAvailable.rawValue)),
        ]
    }

    private var origin: [JSONValue.Member] {
        [
            JSONValue.Member("source", .string("\(entry.source)")),
            JSONValue.Member("staff", .optional(entry.attribution.staff?.text)),
            JSONValue.Member("device", .optional(entry.attribution.device?.text)),
            JSONValue.Member("location", .optional(entry.attribution.location?.text)),
            JSONValue.Member("reference", .optional(entry.texts.reference)),
            JSONValue.Member("comment", .optional(entry.texts.customerComment)),
            JSONValue.Member("internal_note", .optional(entry.texts.internalNote)),
        ]
    }
}

internal import LoyaltyDomain

extension DisputeStatement {
    /// The statement for programs.
    package func json(in calendar: ProgramCalendar) -> JSONValue {
        .object([
            JSONValue.Member("card", .string(card.text)),
            JSONValue.Member("program", .string(program.id.text)),
            JSONValue.Member("currency", .string(program.currency.code)),
            JSONValue.Member("time_zone", .string(program.timeZone)),
            JSONValue.Member("claim", .string(claim.text(in: program.currency))),
            JSONValue.Member("case", .optional(number?.rawValue)),
            JSONValue.Member("status", .optional(status)),
            JSONValue.Member("made_at", .string(calendar.text(of: madeAt))),
            JSONValue.Member("verdict", .string(verdict.code)),
            JSONValue.Member("then", .string(then)),
            JSONValue.Member("now", .string(now)),
            JSONValue.Member("obstacles", .array(obstacles.map { .string($0) })),
            JSONValue.Member("changes", .array(changes.map { $0.json(in: calendar) })),
            JSONValue.Member("entries", .array(entries.map { $0.json(in: calendar) })),
            JSONValue.Member("proof", proof.json),
            JSONValue.Member("chart", chart.json(in: calendar)),
        ])
    }
}

extension DisputeStatement.Entry {
    fileprivate func json(in calendar: ProgramCalendar) -> JSONValue {
        .object([
            JSONValue.Member("occurred_at", .string(calendar.text(of: occurredAt))),
            JSONValue.Member("recorded_at", .string(calendar.text(of: recordedAt))),
            JSONValue.Member("title", .string(title)),
            JSONValue.Member("arithmetic", .array(steps.map { .string($0) })),
            JSONValue.Member("reference", .optional(reference)),
            JSONValue.Member("comment", .optional(comment)),
            JSONValue.Member("stamps_change", .integer(change.rawValue)),
            JSONValue.Member("balance", .integer(balance.rawValue)),
        ])
    }
}

internal import LoyaltyDomain

extension DisputeReport {
    /// The report for programs: amounts in minor units, instants in the program's zone.
    package func json(in calendar: ProgramCalendar) -> JSONValue {
        let head: [JSONValue.Member] = [
            JSONValue.Member("card", .string(card.text)),
            JSONValue.Member("customer", .string(customer.text)),
            JSONValue.Member("program", .string(program.id.text)),
            JSONValue.Member("currency", .string(program.currency.code)),
            JSONValue.Member("time_zone", .string(program.timeZone)),
            JSONValue.Member("claim", .string(claim.text(in: program.currency))),
            JSONValue.Member("case", .optional(number?.rawValue)),
            JSONValue.Member("made_at", .string(calendar.text(of: madeAt))),
            JSONValue.Member("from", .string(calendar.text(of: window.start))),
            JSONValue.Member("through", .string(calendar.text(of: window.end))),
            JSONValue.Member("verdict", .string(verdict.code)),
            JSONValue.Member("then", then.json),
            JSONValue.Member("now", now.json),
        ]
        return .object(head + findings(in: calendar) + ties(in: calendar))
    }

    private func findings(in calendar: ProgramCalendar) -> [JSONValue.Member] {
        [
            JSONValue.Member("obstacles", .array(obstacles.map(\.json))),
            JSONValue.Member("changes", .array(changes.map { $0.json(in: calendar) })),
            JSONValue.Member("attempts", .array(attempts.map { $0.json(in: calendar) })),
            JSONValue.Member("elsewhere", .array(elsewhere.map { $0.json(in: calendar) })),
            JSONValue.Member("device_gaps", .array(gaps.map { $0.json(in: calendar) })),
            JSONValue.Member("proposals", .array(proposals.map(\.json))),
            JSONValue.Member("cases", .array(cases.map { $0.json(in: calendar) })),
            JSONValue.Member("lines", .array(lines.map { $0.json(in: calendar) })),
        ]
    }

    private func ties(in calendar: ProgramCalendar) -> [JSONValue.Member] {
        let versions = rules.map { version in
            JSONValue.object([
                JSONValue.Member("version", .integer(version.version.rawValue)),
                JSONValue.Member("effective_from", .string(calendar.text(of: version.effectiveFrom))),
            ])
        }
        return [
            JSONValue.Member("rule_versions", .array(versions)), JSONValue.Member("proof", proof.json),
            JSONValue.Member("chart", chart.json(in: calendar)),
        ]
    }
}

extension DisputeReport.Finding {
    fileprivate var json: JSONValue {
        .object([
            JSONValue.Member("holds", holds.map { .bool($0) } ?? .null),
            JSONValue.Member("least", .optional(range?.lowerBound)),
            JSONValue.Member("most", .optional(range?.upperBound)),
            JSONValue.Member("purchases", .array(purchases.map { .string($0.description) })),
            JSONValue.Member("text", .string(text)),
        ])
    }
}

extension DisputeReport.Obstacle {
    fileprivate var json: JSONValue {
        .object([JSONValue.Member("kind", .string(kind.rawValue)), JSONValue.Member("message", .string(message))])
    }
}

extension DisputeReport.Change {
    fileprivate func json(in calendar: ProgramCalendar) -> JSONValue {
        .object([JSONValue.Member("kind", .string(kind.rawValue)), JSONValue.Member("event", line.json(in: calendar))])
    }
}

extension DisputeReport.Elsewhere {
    fileprivate func json(in calendar: ProgramCalendar) -> JSONValue {
        .object([
            JSONValue.Member("card", .string(card.text)),
            JSONValue.Member("match", .string(hasSameReceipt ? "receipt" : "amount")),
            JSONValue.Member("position", .integer(position)),
            JSONValue.Member("occurred_at", .string(calendar.text(of: occurredAt))),
            JSONValue.Member("recorded_at", .string(calendar.text(of: recordedAt))),
            JSONValue.Member("amount_minor", .integer(amount.minorUnits.rawValue)),
            JSONValue.Member("currency", .string(amount.currency.code)),
            JSONValue.Member("reference", .optional(reference)),
            JSONValue.Member("staff", .optional(attribution.staff?.text)),
            JSONValue.Member("device", .optional(attribution.device?.text)),
            JSONValue.Member("location", .optional(attribution.location?.text)),
        ])
    }
}

extension DisputeReport.DeviceGap {
    fileprivate func json(in calendar: ProgramCalendar) -> JSONValue {
        .object([
            JSONValue.Member("device", .string(device.text)),
            JSONValue.Member("first_missing", .integer(missing.lowerBound)),
            JSONValue.Member("last_missing", .integer(missing.upperBound)),
            JSONValue.Member("after", .optional(after.map { calendar.text(of: $0) })),
            JSONValue.Member("before", .string(calendar.text(of: before))),
        ])
    }
}

extension DisputeReport.Proposal {
    fileprivate var json: JSONValue {
        .object([
            JSONValue.Member("text", .string(text)),
            JSONValue.Member("command", .array(command.map { .string($0) })),
            JSONValue.Member("cost", .optional(cost)),
        ])
    }
}

extension DisputeReport.CaseRecord {
    fileprivate func json(in calendar: ProgramCalendar) -> JSONValue {
        let remedies = zip(dispute.remedies, staff).map { remedy, staff in
            JSONValue.object([
                JSONValue.Member("command_id", .string(remedy.adjustment.description)),
                JSONValue.Member("cost_minor", .integer(remedy.cost.rawValue)),
                JSONValue.Member("staff", .optional(staff?.text)),
            ])
        }
        return .object([
            JSONValue.Member("case", .integer(dispute.number.rawValue)),
            JSONValue.Member("status", .string(dispute.status)),
            JSONValue.Member("opened_at", .string(calendar.text(of: dispute.openedAt))),
            JSONValue.Member("verdict", .optional(dispute.verdict?.code)),
            JSONValue.Member("evidence", .array(dispute.evidence.map { .optional($0) })),
            JSONValue.Member("remedies", .array(remedies)),
            JSONValue.Member("closed_at", .optional(dispute.closedAt.map { calendar.text(of: $0) })),
        ])
    }
}

extension DisputeReport.Proof {
    var json: JSONValue {
        .object([
            JSONValue.Member("log", .string(log)), JSONValue.Member("position", .integer(position)),
            JSONValue.Member("chain_hash", .string(chainHash)),
        ])
    }
}

extension DisputeChart {
    func json(in calendar: ProgramCalendar) -> JSONValue {
        let line = { (steps: [Step]) in
            JSONValue.array(
                steps.map { step in
                    JSONValue.object([
                        JSONValue.Member("from", .string(calendar.text(of: step.from))),
                        JSONValue.Member("value", .integer(step.value)),
                    ])
                }
            )
        }
        return .object([
            JSONValue.Member("from", .string(calendar.text(of: span.lowerBound))),
            JSONValue.Member("through", .string(calendar.text(of: span.upperBound))),
            JSONValue.Member("claimed", .optional(claimed)),
            JSONValue.Member("shown_then", line(shown)),
            JSONValue.Member("known_now", line(known)),
        ])
    }
}

import LoyaltyLedger

/// An explanation as a person reads it: a line per event, its arithmetic below it, and the sum at the end.
struct ExplanationText {
    /// The explanation.
    let explanation: Explanation

    /// The calendar of the card's program.
    let calendar: ProgramCalendar

    private var words: UnitWords { UnitWords(explanation.program) }

    /// Prints it.
    func print() throws(CommandFailure) {
        let style = StandardStream.output.style
        var output = StandardOutput()
        for (index, line) in lines.enumerated() { output.write((index == 0 ? style.heading(line) : line) + "\n") }
        try output.finish()
    }

    /// The lines of the text.
    var lines: [String] {
        heading + explanation.lines.flatMap(text) + ending
    }

    private var heading: [String] {
        let program = explanation.program
        let terms = "\(program.id.text), \(program.currency), \(program.timeZone)"
        let clocks = [
            explanation.asOf.map { "what counts at \(calendar.shortText(of: $0))" },
            explanation.knownAt.map { "as known at \(calendar.shortText(of: $0))" },
        ]
        let asked = clocks.compactMap(\.self).joined(separator: ", ")
        return ["Why card \(explanation.card.text) shows \(shown) (\(terms))"] + (asked.isEmpty ? [] : [asked]) + [""]
    }

    private var shown: String {
        guard let state = explanation.state else { return "nothing: it was not issued yet" }
        let debt = state.debt > 0 ? ", \(words.units(state.debt)) owed" : ""
        let bonus = state.bonus.earned > 0 ? ", \(words.units(state.bonus.balance, in: .bonus))" : ""
        return "\(words.units(state.balance))\(debt)\(bonus) and \(words.rewards(state.rewardsAvailable))"
    }

    private func text(_ line: Explanation.Line) -> [String] {
        let entry = line.entry
        var parts = ["\(calendar.shortText(of: entry.occurredAt))  \(line.reasoning.title)\(effect(of: line))"]
        parts += line.reasoning.steps.map { "    \($0)" }
        if let refusal = line.reasoning.refusal {
            parts.append("    why: \(refusal.reason) (\(refusal.code))")
            parts.append("    next: \(refusal.nextStep)")
        }
        parts += line.reasoning.discrepancies.map { "    DOES NOT ADD UP: \($0)" }
        parts.append("    " + origin(of: line))
        return parts.map(\.displayed)
    }

    private func effect(of line: Explanation.Line) -> String {
        let change = line.change
        let changes = [
            change.stamps != 0 ? words.change(change.stamps) : nil,
            change.debt != 0 ? "\(words.change(change.debt)) owed" : nil,
            change.bonus != 0 ? words.change(change.bonus, in: .bonus) : nil,
            change.rewards != 0 ? (change.rewards > 0 ? "+" : "") + words.rewards(change.rewards) : nil,
        ]
        let told = changes.compactMap(\.self).joined(separator: ", ")
        guard !told.isEmpty else { return "" }
        return ": \(told); \(words.units(line.entry.stateAfter.balance)) now"
    }

    private func origin(of line: Explanation.Line) -> String {
        let (entry, attribution) = (line.entry, line.entry.attribution)
        let late = entry.recordedAt > entry.occurredAt.advanced(byMilliseconds: 60_000)
        let parts = [
            line.reasoning.ruleVersion.map { "rules \($0.rawValue)" },
            attribution.staff.map { "by \($0.text)" } ?? "by \(entry.source)",
            attribution.device.map { "on \($0.text)" },
            attribution.location.map { "at \($0.text)" },
            entry.texts.reference.map { "receipt \($0)" },
            late ? "learnt of \(calendar.shortText(of: entry.recordedAt))" : nil,
            entry.event.effectiveAt != entry.occurredAt
                ? "counts from \(calendar.shortText(of: entry.event.effectiveAt))" : nil,
            entry.texts.customerComment.map { "comment: \($0)" },
            entry.texts.internalNote.map { "internal note: \($0)" },
        ]
        return parts.compactMap(\.self).joined(separator: "; ")
    }

    private var ending: [String] {
        guard let state = explanation.state else { return [] }
        let purse = state.purse
        let sums: [(String, Stamps)] = [
            ("earned", purse.earned), ("+ came back", purse.restored), ("- turned into rewards", purse.converted),
            ("- removed", purse.removed), ("- spent", purse.spent), ("- lapsed", purse.lapsed),
            ("- paid to debt", purse.debtPaid),
        ]
        let told = sums.filter { $0.1 != 0 || $0.0 == "earned" }.map { "\($0.0) \(words.units($0.1))" }
        let lines = explanation.lines.count == 1 ? "1 line adds" : "\(explanation.lines.count) lines add"
        let others = explanation.leftOut > 0 ? ["\(explanation.leftOut) events of the card do not count then."] : []
        let verdict =
            explanation.isConsistent
            ? "The \(lines) up to \(words.units(explanation.sum)), which is the balance."
            : "THE LINES DO NOT ADD UP: they give \(words.units(explanation.sum)), the balance is \(words.units(state.balance))."
        return ["", told.joined(separator: " ") + " = \(words.units(state.balance))", verdict] + others
    }
}

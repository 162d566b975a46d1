internal import LoyaltyDomain
internal import Projections

extension PageContent {
    /// The customer's page.
    init(_ statement: DisputeStatement, in calendar: ProgramCalendar) {
        let program = statement.program
        self.init(
            title: "Your card \(statement.card.text)",
            audience: statement.number.map { "Case \($0.rawValue)" } ?? "Statement",
            shop: program.id.text,
            claim: statement.claim.text(in: program.currency),
            verdict: statement.verdict,
            answer: PageContent.answer(statement.verdict, since: statement.changes.isEmpty),
            facts: [
                Fact(name: "Your card showed then", text: statement.then),
                Fact(name: "By what is known now", text: statement.now),
            ] + statement.obstacles.map { Fact(name: "What stands in the way", text: $0) }
                + [statement.status.map { Fact(name: "Your case is", text: $0) }].compactMap(\.self),
            chart: statement.chart,
            figure: PageContent.figure(statement.claim, program),
            parts: [],
            ending: [Fact(name: "Time zone", text: program.timeZone)]
                + PageContent.proof(statement.proof, madeAt: calendar.shortText(of: statement.madeAt))
        )
        let words = UnitWords(program)
        let clock = { (instant: Timestamp) in calendar.shortText(of: instant) }
        parts = [
            Part.entries(statement.changes, "What changed since", words, clock),
            Part.entries(statement.entries, "Your card about that time", words, clock),
        ].compactMap(\.self)
    }
}

extension PageContent.Part {
    fileprivate static func entries(
        _ entries: [DisputeStatement.Entry],
        _ heading: String,
        _ words: UnitWords,
        _ clock: (Timestamp) -> String
    ) -> Self? {
        guard !entries.isEmpty else { return nil }
        return Self(
            heading: heading,
            note: nil,
            columns: ["Happened", "In our books since", "What", "Change", "Balance"],
            rows: entries.map { entry in
                let receipt = entry.reference.map { ["receipt \($0)"] } ?? []
                let comment = entry.comment.map { [$0] } ?? []
                return [
                    PageContent.Cell(at: clock(entry.occurredAt)), PageContent.Cell(at: clock(entry.recordedAt)),
                    PageContent.Cell(entry.title, lines: entry.steps + receipt + comment),
                    PageContent.Cell(words.signed(entry.change), isNumber: true),
                    PageContent.Cell(words.units(entry.balance), isNumber: true),
                ]
            }
        )
    }
}

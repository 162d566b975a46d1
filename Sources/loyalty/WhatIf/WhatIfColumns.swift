import LoyaltyLedger

/// The rows of a what-if report.
struct WhatIfColumns {
    private let opened: Ledger
    private let report: WhatIfReport

    init(_ opened: Ledger, _ report: WhatIfReport) {
        self.opened = opened
        self.report = report
    }

    /// Cards of which any figure would differ.
    var cardsDiffering: Int { Set(report.differences.map(\.card)).count }

    /// A row for each figure that would differ.
    var differences: Report<[[Cell]]> {
        let columns = [
            Column("card"), Column("figure"), Column("actual"), Column("supposed"), Column("change"),
        ]
        let rows = report.differences.map { difference in
            let currency = currency(of: difference)
            let amount = { (value: Int64?) -> Cell in
                currency.map { .amount(value.map(MinorUnits.init), in: $0) } ?? .integer(value)
            }
            return [
                .text(difference.card.text), .text(difference.figure.rawValue), amount(difference.actual),
                amount(difference.supposed), amount(difference.change),
            ]
        }
        return Report(columns: columns, rows: rows)
    }

    /// A row for each command that would be answered otherwise, or not at all.
    var answers: Report<[[Cell]]> {
        let columns = [
            Column("position"), Column("card"), Column("command"), Column("actual"), Column("supposed"),
            Column("reason"),
        ]
        let answers = report.answers.map { answer in
            let refusal = answer.supposed ?? answer.actual
            let program = program(of: answer.command.card)
            return row(
                answer.position,
                answer.command,
                answer.actual?.code ?? "accepted",
                answer.supposed?.code ?? "accepted",
                refusal?.message(under: program)
            )
        }
        let undecided = report.undecided.map { entry in
            row(entry.position, entry.command, entry.position == nil ? "" : "answered", "impossible", "\(entry.error)")
        }
        return Report(columns: columns, rows: answers + undecided)
    }

    private func row(
        _ position: UInt64?,
        _ command: CardCommand,
        _ actual: String,
        _ supposed: String,
        _ reason: String?
    ) -> [Cell] {
        [
            .integer(position), .text(command.card.text), .text(command.action.word), .text(actual), .text(supposed),
            .text(reason),
        ]
    }

    private func currency(of difference: WhatIfReport.Difference) -> Currency? {
        difference.figure == .lifetimeValue ? program(of: difference.card).currency : nil
    }

    /// A card's program; the first program for a card that is not there.
    private func program(of card: CardID) -> Program {
        guard let program = opened.card(card)?.program ?? opened.programs.first else {
            preconditionFailure("a ledger has a program")
        }
        return program
    }
}

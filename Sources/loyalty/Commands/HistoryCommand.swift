import ArgumentParser
import LoyaltyLedger

/// `loyalty history`: every event of a card.
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show every event of a card, refusals included.",
        discussion: """
            One row per event, in the order in which they were recorded. The changes of each column add up to the figures \
            that loyalty card shows. What a card's holder sees is for its program to say: customerHistory is none, summary \
            (the card's figures, which is the default) or entries.

              loyalty history shop.ledger 00004 --format csv
              loyalty history shop.ledger 00004 --for customer
              loyalty history shop.ledger 00004 --wording vendor
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: "The card's serial.")
    var card: String

    @Option(name: .customLong("for"), help: "staff, or customer: what the card's holder may see.")
    var audience: HistoryAudience = .staff

    @Option(help: "ledger, or vendor: the platform's words in a table.")
    var wording: Wording = .ledger

    @Option(help: "table, csv or json.")
    var format: OutputFormat = .table

    func run() async throws {
        let opened = try await ledger.openForReading()
        let profile = try ledger.profile(of: card, in: opened)
        let calendar = CalendarCache(opened)[profile.program]
        switch audience {
        case .staff:
            let entries = try await ledger.reading { try await opened.history(of: profile.card) ?? [] }
            let columns = HistoryColumns(program: profile.program, calendar: calendar, wording: wording)
            try StandardOutput.print(Report(columns: HistoryColumns.all, rows: columns.rows(of: entries)), as: format)
        case .customer:
            let history = try await ledger.reading { try await opened.customerHistory(of: profile.card) }
            let columns = CustomerColumns(program: profile.program, calendar: calendar, wording: wording)
            if history?.view == .summary {
                let rows = [history?.summary].compactMap(\.self).map { columns.cells(of: $0) }
                return try StandardOutput.print(Report(columns: CustomerColumns.summary, rows: rows), as: format)
            }
            if history?.view == .nothing {
                try? StandardStream.error.write("program \(profile.program.id.text) shows its customers no history\n")
            }
            let rows = history?.entries.map { columns.cells(of: $0) } ?? []
            try StandardOutput.print(Report(columns: CustomerColumns.all, rows: rows), as: format)
        }
    }
}

/// Who reads a history.
enum HistoryAudience: String, CaseIterable, ExpressibleByArgument {
    /// The shop: every event with who, where and every note.
    case staff
    /// The card's holder: no refusals, no staff, no devices and no internal notes (I9).
    case customer
}

extension Wording: ExpressibleByArgument {}

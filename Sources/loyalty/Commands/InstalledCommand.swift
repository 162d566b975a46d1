import ArgumentParser
import LoyaltyLedger

/// `loyalty installed`: a customer's cards that are still on a telephone.
struct InstalledCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "installed",
        abstract: "List a customer's installed cards, which stand in the way of deleting the customer.",
        discussion: """
            A customer may be deleted when no card is listed; loyalty do LEDGER delete deletes a card.

              loyalty installed shop.ledger k-1042
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: "The customer's pseudonym.")
    var customer: String

    @Option(help: "table, csv or json.")
    var format: OutputFormat = .table

    func run() async throws {
        guard let customer = CustomerID(customer) else {
            throw CommandFailure.usage("\(customer) is no customer's pseudonym", hint: "It has 1 to 64 bytes.")
        }
        let opened = try await ledger.openForReading()
        let cards = opened.installedCards(of: customer).compactMap { opened.card($0) }
        let redeemed = try await ledger.reading { try await RedeemedRewards(of: cards, in: opened) }
        let columns = CardColumns(calendars: CalendarCache(opened), redeemed: redeemed)
        let rows = cards.map { columns.cells(of: $0) }
        try StandardOutput.print(Report(columns: CardColumns.all, rows: rows), as: format)
    }
}

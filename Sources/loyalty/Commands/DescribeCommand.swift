import ArgumentParser
import LoyaltyLedger

/// `loyalty describe`: the structure of a ledger's files.
struct DescribeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Print segments, batches and blocks as a tree.",
        discussion: """
            It reads headers only and writes nothing.

              loyalty describe shop.ledger
            """
    )

    @OptionGroup var ledger: LedgerArgument

    func run() async throws {
        let description: LogDescription
        do {
            description = try await Ledger.describe(at: ledger.path)
        } catch {
            throw CommandFailure(error, ledger: ledger.path)
        }
        var output = StandardOutput()
        output.write("\(description)\n")
        try output.finish()
    }
}

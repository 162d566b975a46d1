import ArgumentParser
import LoyaltyLedger

/// `loyalty describe`: the structure of a ledger's files.
struct DescribeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Print files, batches and blocks as a tree.",
        discussion: """
            It reads headers only and writes nothing. Where a file is damaged it says where the description stops, and in which \
            row of DESIGN.md section 5; it describes what it can and exits with 0, as verify is there to judge.

              loyalty describe shop.ledger --depth blocks

            JSON is one object {log_id, segments, files}; each of segments is {file, sealed, number, first_position, capacity, \
            created_at, bytes, used_bytes, events, batch_count, batches, row, end}; each of batches is {offset, kind, bytes, \
            first_position, events, records, recorded_at, synced_through, chain_hash, block_count, blocks}. What lies below the \
            depth is null.
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Option(help: "How deep the tree goes: segments, batches or blocks.")
    var depth: DepthChoice = .batches

    @Option(help: "How the structure is written.")
    var format: ReportFormat = .table

    func run() async throws {
        let description: LogDescription
        do {
            description = try await Ledger.describe(at: ledger.path)
        } catch {
            throw CommandFailure(error, ledger: ledger.path)
        }
        var output = StandardOutput()
        switch format {
        case .table: output.write(description.tree(depth: depth.depth) + "\n")
        case .json: output.write(description.json(depth: depth.depth).text + "\n")
        }
        try output.finish()
    }
}

/// How deep a tree goes.
enum DepthChoice: String, CaseIterable, ExpressibleByArgument {
    case segments
    case batches
    case blocks

    var depth: LogDescription.Depth {
        switch self {
        case .segments: .segments
        case .batches: .batches
        case .blocks: .blocks
        }
    }
}

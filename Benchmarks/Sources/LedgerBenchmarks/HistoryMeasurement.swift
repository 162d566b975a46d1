import ArgumentParser
import Foundation
import LoyaltyLedger

/// Line 6: whole histories of single cards.
struct HistoryMeasurement: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Read the history of each card of a list."
    )

    @Argument var ledger: String
    @Argument(help: "A file of card numbers of the load, one a line.") var list: String
    @Option var rounds = 3
    @Flag(name: .customLong("cold"), help: "Open the ledger anew and drop the pages of all files before each.")
    var isCold = false
    @Flag(name: .customLong("anew"), help: "Open the ledger anew before each round: pages are there, no card was read.")
    var isAnew = false

    func run() async throws {
        var opened = try await open()
        let cards = try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n").compactMap(
            CardChoosing.serial
        )
        let files = try FileManager.default.contentsOfDirectory(atPath: ledger + "/log").map { ledger + "/log/" + $0 }
        var times: [Duration] = []
        var events = 0
        for round in 0..<rounds {
            if isAnew { opened = try await open() }
            for card in cards {
                if isCold {
                    // Neither the system nor the ledger that was read from before has anything of the card.
                    opened = try await open()
                    for file in files { PageCache.drop(file) }
                }
                let start = ContinuousClock.now
                let entries = try await opened.history(of: card)
                // The first round of warm ones brings the pages in.
                if isCold || round > 0 { times.append(ContinuousClock.now - start) }
                events += entries?.count ?? 0
            }
        }
        Figures.print("selects", times.count)
        Figures.print("events", events)
        Figures.printPercentiles("select", times)
    }

    private func open() async throws -> Ledger {
        try await Ledger.open(at: ledger, options: LedgerOptions(access: .readOnly))
    }
}

/// The pages the system keeps of files.
enum PageCache {
    /// Lets go of a file's pages, so that the next read comes from the device.
    static func drop(_ path: String) {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { return }
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
        close(descriptor)
    }
}

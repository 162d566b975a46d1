import Foundation
import LoyaltyLedgerTesting
import Testing

@testable import LogTorture

/// A few of the kills of `make torture`.
@Suite struct KillTests {
    @Test("five kills of a process that appends: what it acknowledged is there")
    func kills() throws {
        let place = FileManager.default.temporaryDirectory.appending(path: "loyalty-kills-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        let bundle = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
        let program = bundle.deletingLastPathComponent().appending(path: "LogTorture").path
        var random = SeededRandom(seed: 5)
        let round = KillRound(path: place.appending(path: "log").path, program: program)
        #expect(try round.run(5, &random) { _ in } > 0)
    }
}

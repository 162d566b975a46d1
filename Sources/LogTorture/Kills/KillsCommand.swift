import ArgumentParser
import EventLog
import Foundation
import LogFormat
import LoyaltyLedgerTesting
import SystemPackage

/// Kills real processes that append, and demands every event they acknowledged.
struct KillsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kills",
        abstract: "Kill a process that appends to a real log, many times, and see that nothing acknowledged is lost."
    )

    @Option(help: "How many kills.")
    var count = 50

    @Option(help: "The seed of the moments.")
    var seed: UInt64 = 1

    @Option(help: "How many kills one log lives through.")
    var generations = 40

    @Option(help: "Where the logs are made; the directory for temporary files unless given.")
    var directory = FileManager.default.temporaryDirectory.path

    func validate() throws {
        guard count > 0, generations > 0 else { throw ValidationError("--count and --generations are at least 1") }
    }

    func run() throws {
        let start = ContinuousClock.now
        do {
            let events = try killAll()
            let time = (ContinuousClock.now - start).seconds
            print("kills: \(count) kills, seed \(seed), \(events) events acknowledged, \(time) s: all there")
        } catch let violation as Violation {
            print("kills: \(violation)")
            throw ExitCode.failure
        }
    }

    private func killAll() throws -> UInt64 {
        var random = SeededRandom(seed: seed)
        let meter = Meter(title: "kills", count: count)
        defer { meter.clear() }
        var events: UInt64 = 0
        var done = 0
        while done < count {
            let place = URL(filePath: directory).appending(path: "loyalty-kills-\(UUID().uuidString)")
            let round = KillRound(path: place.appending(path: "log").path, program: try Self.program())
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            let kills = min(generations, count - done)
            events += try round.run(kills, &random) { meter.update(done + $0) }
            // A log that failed stays for those who look at it.
            try FileManager.default.removeItem(at: place)
            done += kills
        }
        return events
    }

    /// The file this program was started from.
    static func program() throws -> String {
        try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    }
}

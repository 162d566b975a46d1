import ArgumentParser
import EventLog
import Foundation
import LogFormat
import SystemPackage

/// The process that is killed: appends as fast as it can, and says so after each batch.
struct VictimCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "victim",
        abstract: "Append until killed; used by kills.",
        shouldDisplay: false
    )

    @Argument(help: "The log.")
    var path: String

    func run() throws {
        let root = FilePath(path)
        let log: EventLog
        do {
            log = try EventLog.open(at: root, options: KillLog.options)
        } catch {
            guard error.code == .notALog else { throw error }
            log = try EventLog.create(at: root, options: KillLog.options)
        }
        var position = log.head.position.rawValue
        acknowledge(position)
        while true {
            let batch = KillLog.batch(after: position)
            position = try log.append(batch, recordedAt: Int64(position)).upperBound.rawValue
            acknowledge(position)
            if position % 7 == 0 { try log.writeMarker() }
        }
    }

    /// Eight bytes on standard output; whoever reads them may rely on all events up to here.
    private func acknowledge(_ position: UInt64) {
        withUnsafeBytes(of: position.littleEndian) { bytes in
            // The reader is gone: nothing is left to do.
            if write(1, bytes.baseAddress, bytes.count) != bytes.count { Foundation.exit(1) }
        }
    }
}

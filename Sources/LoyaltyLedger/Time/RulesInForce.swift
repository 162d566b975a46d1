internal import EventLog
internal import LogFormat
internal import LoyaltyDomain
internal import Projections

/// Which rule versions were known and in force within a horizon.
struct RulesInForce {
    /// The versions, in the order of their numbers.
    private(set) var versions: [ProgramCatalog.Version] = []
    private var newest: [ProgramNumber: Program] = [:]

    /// Asks the log when each version was recorded, where that matters.
    ///
    /// - Parameter definitions: The positions of the records that defined them.
    /// - Complexity: O(versions), and the block of each.
    init(
        _ live: LedgerState,
        _ definitions: [RuleVersion: UInt64],
        within horizon: Horizon,
        _ reader: LogReader
    ) throws(LedgerError) {
        let isAllKnown = horizon.lastRecorded.map { live.recordedAt <= $0 } ?? true
        for version in live.catalog.versions {
            var recordedAt = Timestamp(milliseconds: .min)
            if !isAllKnown, let position = definitions[version.version] {
                recordedAt = try reader.recordedAt(of: position)
            }
            guard horizon.counts(version, recordedAt: recordedAt) else { continue }
            versions.append(version)
            newest[version.number] = version.program
        }
    }

    /// The program by the newest of its versions; nil where there is none.
    func program(_ number: ProgramNumber) -> Program? { newest[number] }

    /// The programs that were there, with their numbers, in the order of their definition.
    var programs: [(number: ProgramNumber, program: Program)] {
        newest.sorted { $0.key.rawValue < $1.key.rawValue }.map { (number: $0.key, program: $0.value) }
    }
}

extension LogReader {
    /// When the event at a position was recorded; the epoch where there is none.
    fileprivate func recordedAt(of position: UInt64) throws(LedgerError) -> Timestamp {
        try LedgerError.reading { () throws -> Timestamp in
            let found = try withRecord(at: Position(rawValue: position), sections: .facts) { block, _ in
                block.recordedAt
            }
            return Timestamp(milliseconds: found ?? 0)
        }
    }
}

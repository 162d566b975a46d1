internal import EventCoding
internal import EventLog
internal import LogFormat
internal import LoyaltyDomain

/// The rule versions of a ledger, each with the position from which it was known.
struct RuleBook {
    private var known: [(position: UInt64, catalog: ProgramCatalog)] = []

    /// Reads the ledger's own records.
    ///
    /// - Complexity: O(records of the ledger's own).
    init(_ reader: LogReader) throws(LedgerError) {
        var catalog = ProgramCatalog()
        var found: [(position: UInt64, catalog: ProgramCatalog)] = []
        try LedgerError.reading { () throws -> Void in
            try reader.forEachRecord(ofStream: .ledger, sections: .facts) { block, entry in
                let event: LedgerEvent
                do throws(DecodingFailure) {
                    event = try LedgerRecordCoding.decode(ByteReader(block.facts, in: entry.facts))
                } catch {
                    throw LedgerError.undecodable(error, at: entry.position.rawValue)
                }
                guard case .programDefined(let version) = event, version.version == catalog.nextVersion else { return }
                catalog.add(version)
                found.append((entry.position.rawValue, catalog))
            }
        }
        known = found
    }

    /// Rules that are taken to have been known from the beginning, where the ledger's own records cannot be read.
    init(_ catalog: ProgramCatalog) {
        known = [(0, catalog)]
    }

    /// What was known right before a position.
    func catalog(before position: UInt64) -> ProgramCatalog {
        known.last { $0.position < position }?.catalog ?? ProgramCatalog()
    }
}

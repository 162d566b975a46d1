internal import EventLog
internal import LoyaltyDomain

extension CommandIndex {
    /// The first position of the command's record, or nil where it is new.
    ///
    /// A command that counts is known by its number. Of any other one the log is asked whether it is the one; the first is, should a damaged or foreign
    /// log hold several.
    ///
    /// - Complexity: O(1), and the block of a record for each that has the fingerprint.
    func position(of id: CommandID, in log: LogReader) throws(LedgerError) -> UInt64? {
        if case .sequence = id { return positions(of: id).first }
        for position in positions(of: id) where try log.commandID(at: position) == id { return position }
        return nil
    }
}

internal import LogFormat
internal import LoyaltyDomain

/// Where the record of every command lies: each id is answered once, for ever (R20).
///
/// A command that counts takes little more than a byte, any other one about eleven; the ids of those are in the log.
struct CommandIndex: Sendable {
    /// The positions of commands that count, by their source.
    var sequences: [UInt32: SequenceIndex] = [:]
    /// The positions of all others, by their fingerprints.
    var others = FingerprintIndex()
    private let key: FingerprintKey

    /// An empty index for a log.
    init(of logID: LogID?) { key = FingerprintKey(logID) }

    /// Where the command's record may lie, by the first position of each, in the order of the log: nowhere for nearly all that are new, one place for
    /// nearly all others.
    ///
    /// Only the record tells whether it is the one; `position(of:in:)` looks.
    ///
    /// - Complexity: O(1).
    func positions(of id: CommandID) -> [UInt64] {
        if let fingerprint = key.fingerprint(of: id) { return others.positions(of: id, fingerprint) }
        guard case .sequence(let source, let number) = id, let position = sequences[source]?.position(of: number) else {
            return []
        }
        return [position]
    }

    /// Notes a new command.
    mutating func insert(_ id: CommandID, at position: UInt64) {
        if let fingerprint = key.fingerprint(of: id) { return others.insert(id, fingerprint, at: position) }
        guard case .sequence(let source, let number) = id else { return }
        sequences[source, default: SequenceIndex()].insert(number, at: position)
    }
}

internal import LoyaltyDomain

/// Where the record of every command lies: each id is answered once, for ever (R20).
struct CommandIndex: Sendable {
    /// The positions of commands that count, by their source.
    var sequences: [UInt32: SequenceIndex] = [:]
    /// The positions of all others.
    var others: [CommandID: UInt64] = [:]

    /// The first position of the command's record, or nil where it is new.
    func position(of id: CommandID) -> UInt64? {
        guard case .sequence(let source, let number) = id else { return others[id] }
        return sequences[source]?.position(of: number)
    }

    /// Notes a new command.
    mutating func insert(_ id: CommandID, at position: UInt64) {
        guard case .sequence(let source, let number) = id else {
            others[id] = position
            return
        }
        sequences[source, default: SequenceIndex()].insert(number, at: position)
    }
}

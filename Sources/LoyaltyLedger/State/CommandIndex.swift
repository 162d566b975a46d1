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

/// The positions of one source's commands: an array while numbers come nearly in order, a table for those that do not.
struct SequenceIndex: Sendable {
    private static let largestGap: UInt64 = 4096

    /// Positions by number; 0 where there is none.
    private(set) var dense: [UInt64] = []
    private(set) var sparse: [UInt64: UInt64] = [:]

    /// An index without commands.
    init() {}

    /// An index as a snapshot kept it.
    init(dense: [UInt64], sparse: [UInt64: UInt64]) {
        self.dense = dense
        self.sparse = sparse
    }

    func position(of number: UInt64) -> UInt64? {
        if number < UInt64(dense.count), dense[Int(number)] != 0 { return dense[Int(number)] }
        return sparse[number]
    }

    mutating func insert(_ number: UInt64, at position: UInt64) {
        guard number < UInt64(dense.count) + Self.largestGap else {
            sparse[number] = position
            return
        }
        while UInt64(dense.count) <= number { dense.append(0) }
        dense[Int(number)] = position
    }
}

import LoyaltyDomain

extension ReferenceCard {
    mutating func refund(_ amount: Int64, _ name: TransactionName?) throws(Refused) {
        guard case .spend = newest.mechanic, amount >= 1 else { throw Refused() }
        var candidates = newestFirst.filter { entries[$0].isPurchase && entries[$0].open > 0 }
        if let name { candidates = [try purchase(name)] }
        guard amount <= candidates.reduce(0, { $0 + entries[$1].open }) else { throw Refused() }
        var left = amount
        var due: Int64 = 0
        for index in candidates where left > 0 {
            let part = min(left, entries[index].open)
            due += reduce(index) { $0.refunded += part }
            left -= part
        }
        try collect(due)
    }

    mutating func edit(_ name: TransactionName, to gross: Int64) throws(Refused) {
        guard case .spend = newest.mechanic else { throw Refused() }
        let index = try purchase(name)
        guard gross >= entries[index].refunded else { throw Refused() }
        if gross < entries[index].gross {
            try collect(reduce(index) { $0.gross = gross })
        } else {
            let before = worth(index)
            entries[index].gross = gross
            if entries[index].open > 0 { entries[index].counts = true }
            award(worth(index) - before, to: index)
        }
    }

    mutating func removeVisits(_ count: Int) throws(Refused) {
        let visits = newestFirst.filter { entries[$0].counts }
        guard count >= 1, count <= visits.count else { throw Refused() }
        var due: Int64 = 0
        for index in visits.prefix(count) {
            due += reduce(index) {
                $0.refunded = $0.gross
                $0.counts = false
            }
        }
        try collect(due)
    }

    private var newestFirst: [Int] {
        entries.indices.sorted { (entries[$0].occurredAt, $0) > (entries[$1].occurredAt, $1) }
    }

    private func purchase(_ name: TransactionName) throws(Refused) -> Int {
        if let index = entries.firstIndex(where: { $0.isPurchase && $0.id == name.commandID }) { return index }
        let found = entries.indices.filter { entries[$0].isPurchase && entries[$0].reference == name.reference }
        guard found.count == 1, name.reference != nil else { throw Refused() }
        return found[0]
    }

    /// Makes an entry smaller and returns the stamps due back for it, less those it never received.
    private mutating func reduce(_ index: Int, by change: (inout Entry) -> Void) -> Int64 {
        let before = worth(index)
        let open = entries[index].open
        change(&entries[index])
        if open > 0 && entries[index].open == 0 { entries[index].counts = false }
        let due = before - worth(index)
        let absorbed = min(due, entries[index].withheld)
        entries[index].withheld -= absorbed
        return due - absorbed
    }

    private mutating func collect(_ due: Int64) throws(Refused) {
        let taken = min(due, balance)
        balance -= taken
        removed += taken
        uncollected += due - taken
        if due > taken && newest.uncollected == .reject { throw Refused() }
        if newest.uncollected == .carryAsDebt { debt += due - taken }
    }
}

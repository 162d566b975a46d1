internal import LoyaltyDomain

/// One card's purchases: when each was, and what corrections have left of it.
///
/// Corrections name a purchase by its event's number on the card, so each is kept, and nothing of it but this.
struct PurchaseBook {
    private struct Purchase {
        let version: CardVersion
        let day: LocalDay
        var open: MinorUnits
        var isWithdrawn = false
    }

    /// In ascending order of their versions.
    private var entries: [Purchase] = []
    private var version: UInt32 = 0

    /// The purchases that count.
    var purchases: [(day: LocalDay, amount: MinorUnits)] {
        entries.lazy.filter { !$0.isWithdrawn }.map { ($0.day, $0.open) }
    }

    /// The purchases that count in a whole history.
    static func purchases(in history: TransactionHistory) -> [(day: LocalDay, amount: MinorUnits)] {
        history.transactions.lazy.filter { $0.isPurchase && !$0.isWithdrawn }.map { ($0.occurredOn, $0.open) }
    }

    /// Folds the next event of the card, whose command occurred on a day.
    ///
    /// - Complexity: O(purchases corrected, log purchases for each).
    mutating func evolve(_ event: CardEvent, on day: LocalDay) {
        version += 1
        switch event {
        case .purchaseRecorded(let amount, _):
            entries.append(Purchase(version: CardVersion(version), day: day, open: amount))
        case .amountRefunded(_, _, let correction), .visitsRemoved(_, let correction):
            for reduction in correction.reductions {
                guard let index = index(of: reduction.transaction) else { continue }
                entries[index].open -= reduction.amount
                if reduction.withdrawsVisit { entries[index].isWithdrawn = true }
            }
        case .amountEdited(let edit):
            guard let index = index(of: edit.transaction) else { return }
            entries[index].open += edit.to - edit.from
            if edit.visitChange != .unchanged { entries[index].isWithdrawn = edit.visitChange == .withdrawn }
        default: break
        }
    }

    private func index(of version: CardVersion) -> Int? {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].version < version { low = middle + 1 } else { high = middle }
        }
        return low < entries.count && entries[low].version == version ? low : nil
    }
}

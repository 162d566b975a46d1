/// Purchases that may still be brought back: most refunds come soon.
struct RecentPurchases: Sendable {
    struct Purchase: Sendable {
        var card: Int
        var number: UInt64
        var amount: Int64
    }

    private static let limit = 4096
    private var purchases: [Purchase] = []

    /// Notes a purchase; where there are many, one of them is forgotten.
    mutating func note(_ purchase: Purchase, _ random: inout LoadRandom) {
        if purchases.count < Self.limit {
            purchases.append(purchase)
        } else {
            purchases[random.below(purchases.count)] = purchase
        }
    }

    /// Takes one out; nil where there is none.
    mutating func take(_ random: inout LoadRandom) -> Purchase? {
        guard !purchases.isEmpty else { return nil }
        purchases.swapAt(random.below(purchases.count), purchases.count - 1)
        return purchases.removeLast()
    }
}

public import LoyaltyDomain

/// The figures of one program as a whole (S80): customers, cards by status, transactions, and what is open.
///
/// Reviews and ratings, the other two tiles of that page, belong to people and are no part of the ledger.
public struct ProgramTotals: Hashable, Sendable {
    /// Customers who hold a card of the program, each counted once.
    public private(set) var customers = 0
    /// Cards issued, whatever their status.
    public private(set) var cards = 0
    /// Cards on a telephone that are valid.
    public private(set) var installed = 0
    /// Cards on no telephone that are valid.
    public private(set) var notInstalled = 0
    /// Cards past their last day and not deleted.
    public private(set) var expired = 0
    /// Deleted cards.
    public private(set) var deleted = 0
    /// Purchases and visits that were not withdrawn (R10).
    public private(set) var transactions = 0
    /// Net lifetime value of all cards (S8).
    public private(set) var lifetimeValue = MinorUnits.zero
    /// Units in all main purses.
    public private(set) var balance: Int64 = 0
    /// Rewards there to redeem.
    public private(set) var rewardsAvailable: Int64 = 0
    /// Rewards redeemed.
    public private(set) var rewardsRedeemed: Int64 = 0

    private var holders: Set<CustomerID> = []

    /// The totals of a program without cards.
    public init() {}

    /// Counts a card.
    ///
    /// - Parameters:
    ///   - state: The card.
    ///   - customer: Who holds it.
    ///   - today: The day on which one looks, which decides whether it is expired.
    public mutating func add(_ state: CardState, of customer: CustomerID, on today: LocalDay) {
        if holders.insert(customer).inserted { customers += 1 }
        cards += 1
        switch state.installation {
        case .deleted: deleted += 1
        case _ where state.expiresOn.map { $0 < today } ?? false: expired += 1
        case .installed: installed += 1
        case .notInstalled: notInstalled += 1
        }
        transactions += Int(state.visits.rawValue)
        lifetimeValue += state.lifetimeValue
        balance += Int64(state.balance.rawValue)
        rewardsAvailable += Int64(state.rewardsAvailable.rawValue)
        rewardsRedeemed += Int64(state.rewardsRedeemed.rawValue)
    }
}

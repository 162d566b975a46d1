/// A balance of stamps and the gross sums that explain it (I2).
public struct Purse: Hashable, Sendable {
    /// Stamps there now (S16).
    public package(set) var balance: Stamps = 0
    /// Stamps owed (D16).
    public package(set) var debt: Stamps = 0
    /// Stamps ever earned, gross (S9, D2).
    public package(set) var earned: Stamps = 0
    /// Stamps taken by corrections and by hand (D2).
    public package(set) var removed: Stamps = 0
    /// Stamps ever due back that were not there (R4).
    public package(set) var uncollected: Stamps = 0
    /// Stamps converted into rewards, or by the restart of a milestone cycle (R6, D13).
    public package(set) var converted: Stamps = 0
    /// Stamps that went to pay debt (D16).
    public package(set) var debtPaid: Stamps = 0
    /// Stamps ever carried as debt.
    public package(set) var debtCarried: Stamps = 0
    /// Stamps spent, gross (3.1, 3.2, 3.5, D26).
    public package(set) var spent: Stamps = 0
    /// Stamps that lapsed, gross (D11).
    public package(set) var lapsed: Stamps = 0
    /// Stamps that came back: of a lapse, a spending, a claim or a cycle that was undone.
    public package(set) var restored: Stamps = 0
    /// Stamps a device spent that were not there (D23).
    public package(set) var overspent: Stamps = 0

    /// An empty purse.
    public init() {}

    /// What the sums say the balance is.
    var explained: Stamps { earned + restored - converted - removed - debtPaid - spent - lapsed }

    /// The first law the purse breaks, in words with its figures, or nil where all hold.
    var firstViolation: String? {
        if balance < 0 || debt < 0 { return "I1: balance \(balance), debt \(debt); none may be negative" }
        if explained != balance {
            return "I2: earned \(earned) + restored \(restored) - converted \(converted) - removed \(removed) "
                + "- paid to debt \(debtPaid) - spent \(spent) - lapsed \(lapsed) is not the balance \(balance)"
        }
        if debtCarried - debtPaid != debt {
            return "I2: debt carried \(debtCarried) - paid \(debtPaid) is not the debt \(debt)"
        }
        return nil
    }

    mutating func earn(_ count: Stamps) {
        earned += count
        balance += count
    }

    mutating func remove(_ count: Stamps) {
        removed += count
        balance -= count
    }

    mutating func convert(_ count: Stamps) {
        converted += count
        balance -= count
    }

    mutating func spend(_ count: Stamps) {
        spent += count
        balance -= count
    }

    mutating func lapse(_ count: Stamps) {
        lapsed += count
        balance -= count
    }

    mutating func restore(_ count: Stamps) {
        restored += count
        balance += count
    }

    mutating func payDebt(_ count: Stamps) {
        debtPaid += count
        debt -= count
        balance -= count
    }

    mutating func collect(_ clawback: Clawback) {
        remove(clawback.taken)
        uncollected += clawback.uncollected
        if clawback.carriesDebt {
            debtCarried += clawback.uncollected
            debt += clawback.uncollected
        }
    }

    /// Takes in everything of another purse (D24).
    mutating func absorb(_ other: Purse) {
        balance += other.balance
        debt += other.debt
        earned += other.earned
        removed += other.removed
        uncollected += other.uncollected
        converted += other.converted
        debtPaid += other.debtPaid
        debtCarried += other.debtCarried
        spent += other.spent
        lapsed += other.lapsed
        restored += other.restored
        overspent += other.overspent
    }
}

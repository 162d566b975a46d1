/// What withholds the stamps of a purchase or visit, never the sale itself, its amount or its visit (D7).
public struct Guards: Hashable, Sendable {
    /// Seconds after a stamped purchase or visit within which another earns nothing.
    public var coolDown: Int32?
    /// Stamps per card and local day.
    public var dailyCap: Stamps?
    /// Stamps per staff member and local day, over all cards.
    public var dailyStaffCap: Stamps?
    /// Whether a reference (a till receipt) earns once only, over all cards of the program.
    public var singleUseReferences: Bool

    /// Creates guards; what is left out is off.
    public init(
        coolDown: Int32? = nil,
        dailyCap: Stamps? = nil,
        dailyStaffCap: Stamps? = nil,
        singleUseReferences: Bool = false
    ) {
        self.coolDown = coolDown
        self.dailyCap = dailyCap
        self.dailyStaffCap = dailyStaffCap
        self.singleUseReferences = singleUseReferences
    }

    var firstContradiction: String? {
        if let cap = dailyCap, cap < 1 { return "dailyStampCap must be at least 1, not \(cap)" }
        if let cap = dailyStaffCap, cap < 1 { return "dailyStaffCap must be at least 1, not \(cap)" }
        if let seconds = coolDown, seconds < 1 { return "coolDownSeconds must be at least 1, not \(seconds)" }
        return nil
    }
}

/// Which guard withheld the most of a purchase's stamps: the answer to "why did I not get a stamp?".
public enum Guard: UInt8, Hashable, Sendable, CaseIterable {
    /// The reference had earned before.
    case reference = 1
    /// Another stamped purchase was too near.
    case coolDown = 2
    /// The card had its stamps of the day.
    case dailyCap = 3
    /// The staff member had given the day's stamps.
    case staffCap = 4
}

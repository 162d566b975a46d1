/// A number of things by how long ago they were earned.
public struct AgeBands: Hashable, Sendable {
    /// Not more than 30 days ago.
    public var upTo30: Int64 = 0
    /// 31 to 90 days ago.
    public var upTo90: Int64 = 0
    /// 91 to 365 days ago.
    public var upTo365: Int64 = 0
    /// More than 365 days ago.
    public var over365: Int64 = 0

    /// Nothing.
    public init() {}

    /// All of them.
    public var total: Int64 { upTo30 + upTo90 + upTo365 + over365 }

    /// The greatest age in days of each band but the last.
    static let limits: [Int32] = [30, 90, 365]

    /// Adds things to a band, by its place.
    mutating func add(_ count: Int64, toBand place: Int) {
        switch place {
        case 0: upTo30 += count
        case 1: upTo90 += count
        case 2: upTo365 += count
        default: over365 += count
        }
    }

    /// Those that are left when `count` of them are: the oldest went first.
    func newest(_ count: Int64) -> AgeBands {
        var (left, bands) = (max(count, 0), AgeBands())
        func take(_ available: Int64) -> Int64 {
            let taken = min(left, available)
            left -= taken
            return taken
        }
        bands.upTo30 = take(upTo30)
        bands.upTo90 = take(upTo90)
        bands.upTo365 = take(upTo365)
        // Whatever the additions do not explain is at least as old as the oldest of them.
        bands.over365 = left
        return bands
    }

    /// Adds in place.
    static func += (left: inout AgeBands, right: AgeBands) {
        left.upTo30 += right.upTo30
        left.upTo90 += right.upTo90
        left.upTo365 += right.upTo365
        left.over365 += right.over365
    }
}

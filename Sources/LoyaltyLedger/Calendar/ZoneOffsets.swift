#if canImport(FoundationEssentials)
import FoundationEssentials
// Not called, but without it a time zone knows no rules.
import FoundationInternationalization
#else
import Foundation
#endif

/// The offsets of one time zone from UTC, laid out once, so that a bulk import searches a small array and takes no lock.
///
/// Everything here is in whole seconds since 1970-01-01T00:00:00Z: the zones of this world change at whole seconds.
struct ZoneOffsets: Sendable {
    private let zone: TimeZone

    /// The instants at which the offset changes, ascending; the first is `ZoneOffsets.tabulated.lowerBound`.
    private let starts: [Int]

    /// `offsets[i]` holds from `starts[i]` until the next start.
    private let offsets: [Int]

    /// 1900-01-01 until 2100-01-01.
    ///
    /// Instants outside ask the zone itself: rare, slower and just as right.
    private static let tabulated = -2_208_988_800..<4_102_444_800

    /// No zone has ever changed its offset twice within this many seconds (the record is four days, Freetown in 1939),
    /// so that two equal offsets this far apart have nothing between them.
    static let shortestRun = 3 * 86_400

    init(of zone: TimeZone) {
        self.zone = zone
        var starts = [ZoneOffsets.tabulated.lowerBound]
        var offsets = [ZoneOffsets.ask(zone, at: starts[0])]
        var probe = starts[0]
        while probe < ZoneOffsets.tabulated.upperBound {
            let next = min(probe + ZoneOffsets.shortestRun, ZoneOffsets.tabulated.upperBound)
            let offset = ZoneOffsets.ask(zone, at: next)
            if offset != offsets[offsets.count - 1] {
                starts.append(firstInstant(in: probe...next) { ZoneOffsets.ask(zone, at: $0) == offset })
                offsets.append(offset)
            }
            probe = next
        }
        self.starts = starts
        self.offsets = offsets
    }

    /// Seconds to add to UTC at that instant.
    ///
    /// - Complexity: O(log *n*) in the number of the zone's changes from 1900 to 2100, some 200.
    func offset(at instant: Int) -> Int {
        guard ZoneOffsets.tabulated.contains(instant) else { return ZoneOffsets.ask(zone, at: instant) }
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= instant { low = middle } else { high = middle }
        }
        return offsets[low]
    }

    private static func ask(_ zone: TimeZone, at instant: Int) -> Int {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant)))
    }
}

/// The first instant of the range at which the condition holds; it must hold at the end and, once true, stay true.
func firstInstant(in range: ClosedRange<Int>, where condition: (Int) -> Bool) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
        let middle = low + (high - low) / 2
        if condition(middle) { high = middle } else { low = middle + 1 }
    }
    return low
}

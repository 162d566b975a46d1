/// The values at some places of a population in ascending order, found without sorting it.
///
/// Values are counted by their leading bits, and only those that share them with a wanted place are looked at again. So it takes a few
/// passes over the population, however it is ordered, and what it finds is what sorting would have found.
struct OrderStatistics {
    private static let bitsPerPass = 12
    private static let fewEnoughToSort = 128

    private var found: [Int: Int64] = [:]

    /// Finds what stands at some places.
    ///
    /// - Parameters:
    ///   - places: The places, counted from 0, each less than the size of the population.
    ///   - population: The values, in any order.
    /// - Complexity: O(n) for at most six levels of leading bits, where n is the size of the population.
    init(at places: some Sequence<Int>, of population: [Int64]) {
        let wanted = Set(places).sorted()
        precondition(wanted.allSatisfy(population.indices.contains), "places \(wanted) of \(population.count)")
        find(wanted, in: population, skipping: 0)
    }

    /// The value at one of the places.
    subscript(place: Int) -> Int64 {
        guard let value = found[place] else { preconditionFailure("nobody asked what is at place \(place)") }
        return value
    }

    /// - Parameter skipped: How many values of the whole population are smaller than all of these.
    private mutating func find(_ places: [Int], in values: [Int64], skipping skipped: Int) {
        guard !places.isEmpty, let first = values.first else { return }
        if values.count <= Self.fewEnoughToSort {
            let sorted = values.sorted()
            for place in places { found[place] = sorted[place - skipped] }
            return
        }
        var (least, greatest) = (first, first)
        for value in values {
            least = min(least, value)
            greatest = max(greatest, value)
        }
        guard least < greatest else {
            for place in places { found[place] = least }
            return
        }
        // The distance from the least value is exact as a number without sign, even between the ends of the type.
        let span = UInt64(bitPattern: greatest &- least)
        let shift = max(UInt64.bitWidth - span.leadingZeroBitCount - Self.bitsPerPass, 0)
        func bucket(of value: Int64) -> Int { Int(UInt64(bitPattern: value &- least) &>> UInt64(shift)) }

        var counts = [Int](repeating: 0, count: bucket(of: greatest) + 1)
        for value in values { counts[bucket(of: value)] += 1 }
        var (start, next) = (skipped, 0)
        for (number, count) in counts.enumerated() where count > 0 {
            let end = start + count
            let from = next
            while next < places.count, places[next] < end { next += 1 }
            if from < next {
                find(Array(places[from..<next]), in: values.filter { bucket(of: $0) == number }, skipping: start)
            }
            start = end
        }
    }
}

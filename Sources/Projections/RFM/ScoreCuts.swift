/// Four cuts that divide a population into five buckets: `bucket = 1 + #{cut < value}`.
///
/// A value's bucket depends on the value alone, so that ties share it and the order of the population does not matter.
struct ScoreCuts: Hashable {
    private let cuts: [Int64]

    /// The bucket of a value, 1 (lowest) to 5.
    func bucket(of value: Int64) -> Int {
        var bucket = 1
        for cut in cuts where cut < value { bucket += 1 }
        return bucket
    }

    /// Cuts by rank: the bucket of a value is 1 + floor(5 x (number strictly smaller) / n).
    ///
    /// At least m values are smaller than x exactly where the m-th smallest is, so the k-th cut is the ceil(k n / 5)-th smallest.
    ///
    /// - Complexity: O(n).
    static func ranks(of population: [Int64]) -> ScoreCuts {
        guard !population.isEmpty else { return ScoreCuts(cuts: []) }
        let places = (1...4).map { ($0 * population.count + 4) / 5 - 1 }
        let smallest = OrderStatistics(at: places, of: population)
        return ScoreCuts(cuts: places.map { smallest[$0] })
    }

    /// Cuts by R's type-7 quantiles plus 1: the bucket of a value is 1 + #{k : value >= q(k/5) + 1}.
    ///
    /// For whole numbers `value >= q + 1` says the same as `value > ceil(q)`. With h = (n - 1) k / 5 the quantile lies
    /// (h mod 1) of the way from the floor(h)-th smallest to the next, counted from 0; fifths keep it exact.
    ///
    /// - Complexity: O(n).
    static func typeSevenQuantilesPlusOne(of population: [Int64]) -> ScoreCuts {
        guard !population.isEmpty else { return ScoreCuts(cuts: []) }
        let last = population.count - 1
        let places = (1...4).map { (last * $0).quotientAndRemainder(dividingBy: 5) }
        let smallest = OrderStatistics(
            at: places.flatMap { [$0.quotient, min($0.quotient + 1, last)] },
            of: population
        )
        let cuts = places.map { index, fifths in
            let low = smallest[index]
            let step = smallest[min(index + 1, last)] - low
            // ceil(fifths x step / 5), in parts, because step may be as large as the type.
            return low + Int64(fifths) * (step / 5) + (Int64(fifths) * (step % 5) + 4) / 5
        }
        return ScoreCuts(cuts: cuts)
    }
}

import Testing

@testable import Projections

@Suite("Order statistics")
struct OrderStatisticsTests {
    @Test("find what sorting finds, however far apart the values lie", arguments: UInt64(1)...40)
    func sorting(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let count = Int.random(in: 1...3000, using: &random)
        let bits = Int64.random(in: 0...62, using: &random)
        // Every third population stands close together but for a few.
        let isCrowded = seed.isMultiple(of: 3)
        let population = (0..<count).map { index -> Int64 in
            let value = Int64.random(in: -(1 << bits)...(1 << bits), using: &random)
            return isCrowded && index > 4 ? value & 0xff : value
        }
        let places = (0..<6).map { _ in Int.random(in: 0..<count, using: &random) } + [0, count - 1]
        let found = OrderStatistics(at: places, of: population)
        let sorted = population.sorted()
        for place in places { #expect(found[place] == sorted[place], "SEED=\(seed) place \(place) of \(count)") }
    }

    @Test("reach from one end of the type to the other")
    func ends() {
        let population = [Int64.max, .min, 0, -1, 1] + Array(repeating: Int64(7), count: 500)
        let found = OrderStatistics(at: [0, 1, 3, 4, 503, 504], of: population)
        #expect([0, 1, 3, 4, 503, 504].map { found[$0] } == [.min, -1, 1, 7, 7, .max])
    }
}

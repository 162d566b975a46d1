import Testing

@testable import Projections

@Suite("Score cuts")
struct ScoreCutsTests {
    @Test("agree with type-7 quantiles in fifths, compared as value x 5 >= quantile x 5 + 5", arguments: UInt64(1)...40)
    func quantiles(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let population = (0..<Int.random(in: 1...30, using: &random)).map { _ in
            Int64.random(in: 0...60, using: &random)
        }
        let cuts = ScoreCuts.typeSevenQuantilesPlusOne(of: population)
        let sorted = population.sorted()
        for value in Int64(-2)...64 {
            let reached = (1...4).count { k in
                let (index, fifths) = ((sorted.count - 1) * k / 5, (sorted.count - 1) * k % 5)
                let next = sorted[min(index + 1, sorted.count - 1)]
                return value * 5 >= sorted[index] * 5 + Int64(fifths) * (next - sorted[index]) + 5
            }
            #expect(cuts.bucket(of: value) == 1 + reached)
        }
    }

    @Test("stay exact at the largest amounts")
    func largest() {
        let cuts = ScoreCuts.typeSevenQuantilesPlusOne(of: [0, .max])
        // The quantiles are the fifths of the largest number, 9223372036854775807 = 5 x 1844674407370955161 + 2.
        #expect(cuts.bucket(of: 1_844_674_407_370_955_162) == 1)
        #expect(cuts.bucket(of: 1_844_674_407_370_955_163) == 2)
        #expect(cuts.bucket(of: .max) == 5)
        #expect(ScoreCuts.ranks(of: [.min, .max]).bucket(of: .max) == 3)
    }
}

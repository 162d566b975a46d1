import Testing

@testable import LogFormat

@Suite struct LZ4Tests {
    @Test(
        "what was compressed is what it was, searched quickly or thoroughly",
        arguments: [13, 600, 8191, 8192, 90_000]
    )
    func roundTrip(count: Int) throws {
        let raw = (0..<count + 20).map { UInt8(truncatingIfNeeded: $0 % 11 == 0 ? $0 / 50 : $0 % 7) }
        var compressor = LZ4.Compressor()
        for _ in 0..<2 {
            var quick: [UInt8] = [1]
            var thorough: [UInt8] = [1]
            guard LZ4.compress(raw, in: 10..<10 + count, appendingTo: &quick) else {
                #expect(!compressor.compress(raw, in: 10..<10 + count, appendingTo: &thorough))
                #expect(quick == [1] && thorough == [1])
                continue
            }
            #expect(compressor.compress(raw, in: 10..<10 + count, appendingTo: &thorough))
            #expect(thorough.count <= quick.count)
            for stored in [quick, thorough] {
                var output = [UInt8](repeating: 0, count: count)
                #expect(LZ4.decompress(stored, in: 1..<stored.count, into: &output, count: count))
                #expect(output == Array(raw[10..<10 + count]))
            }
        }
    }

    @Test("noise is not compressed, and nothing is appended")
    func noise() {
        var random = SplitMix64(state: 8)
        let raw = (0..<20_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        var compressor = LZ4.Compressor()
        var output: [UInt8] = [7]
        #expect(!compressor.compress(raw, in: 0..<raw.count, appendingTo: &output))
        #expect(output == [7])
    }
}

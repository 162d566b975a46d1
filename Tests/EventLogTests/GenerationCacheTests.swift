import Testing

@testable import EventLog

@Suite("What was asked for lately")
struct GenerationCacheTests {
    private struct Text: ByteCounted, Hashable {
        var byteCount: Int
        var name: String
    }

    private static func cache(_ sizes: Int..., limit: Int = 100) -> GenerationCache<Int, Text> {
        var cache = GenerationCache<Int, Text>(largestGeneration: limit)
        for (key, size) in sizes.enumerated() { cache.keep(Text(byteCount: size, name: "\(key)"), for: key) }
        return cache
    }

    @Test("what is asked for stays, whatever comes; what is not is forgotten when two generations have passed")
    func bounded() {
        var cache = Self.cache(10, 10)
        for key in 2..<200 {
            cache.keep(Text(byteCount: 10, name: "\(key)"), for: key)
            #expect(cache.value(of: 0)?.name == "0")
        }
        #expect(cache.peek(1) == nil)
        let kept = (0..<200).filter { cache.peek($0) != nil }
        #expect(kept.count >= 11 && kept.count <= 24 && kept.last == 199, "\(kept)")
    }

    @Test("a look that does not count keeps nothing young")
    func peek() {
        var cache = Self.cache(60, 60)
        for key in 2..<6 {
            _ = cache.peek(0)
            cache.keep(Text(byteCount: 60, name: "\(key)"), for: key)
        }
        #expect(cache.peek(0) == nil)
    }

    @Test("a value takes the place of the one before, and its bytes")
    func replaced() {
        var cache = Self.cache(40, 40)
        for round in 0..<10 { cache.keep(Text(byteCount: 40, name: "round \(round)"), for: 0) }
        #expect(cache.peek(0)?.name == "round 9")
        #expect(cache.peek(1)?.name == "1")
    }

    @Test("bytes by which values grow count")
    func grown() {
        var cache = Self.cache(10, 10)
        cache.grow(by: 100)
        cache.keep(Text(byteCount: 10, name: "2"), for: 2)
        cache.grow(by: 100)
        cache.keep(Text(byteCount: 10, name: "3"), for: 3)
        #expect(cache.peek(0) == nil && cache.peek(2) != nil && cache.peek(3) != nil)
    }

    @Test("what is forgotten is not there")
    func forgets() {
        var cache = Self.cache(10, 10)
        cache.forget()
        #expect(cache.value(of: 0) == nil && cache.peek(1) == nil)
    }
}

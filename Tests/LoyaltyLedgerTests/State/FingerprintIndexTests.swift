import EventCoding
import LogFormat
import Testing

@testable import LoyaltyLedger

/// Positions of commands whose ids are in the log alone, against a plain dictionary (R20).
@Suite("Positions by fingerprints")
struct FingerprintIndexTests {
    private static let logID = LogID((1...16).map { UInt8($0) })
    private static let key = FingerprintKey(logID)

    /// How ids are made.
    enum Making: String, CaseIterable {
        case random, counted, timed
    }

    @Test("every command is found where it was put", arguments: Making.allCases, [UInt64(1), 2])
    func finds(making: Making, seed: UInt64) {
        var random = SplitMix(state: seed)
        var index = CommandIndex(of: Self.logID)
        var model: [CommandID: UInt64] = [:]
        for number in UInt64(1)...60_000 {
            let id = Self.id(making, number, &random)
            index.insert(id, at: number * 3)
            model[id] = number * 3
        }
        #expect(model.count == 60_000)
        for (id, position) in model where index.positions(of: id) != [position] {
            // A pair that looks alike is looked up in the log; there are hardly any.
            #expect(index.positions(of: id).contains(position), "SEED=\(seed) \(id)")
        }
        let others = (0..<60_000).filter { _ in !index.positions(of: Self.id(.random, 0, &random)).isEmpty }
        #expect(others.count <= 2, "SEED=\(seed): \(others.count) new ids look like known ones")
    }

    @Test("the same commands give the same bytes, in whatever order they came, and come back from them")
    func bytes() throws {
        var random = SplitMix(state: 5)
        let commands = (1...5000).map { (Self.id(.random, 0, &random), UInt64($0)) }
        let (one, other) = (Self.index(commands), Self.index(commands.reversed()))
        #expect(Self.bytes(of: one) == Self.bytes(of: other))
        var reader = ByteReader(Self.bytes(of: one))
        let again = try FingerprintIndex(decoding: &reader, through: 5000)
        try reader.finish()
        #expect(Self.bytes(of: again) == Self.bytes(of: one))
        for (id, position) in commands {
            let fingerprint = try #require(Self.key.fingerprint(of: id))
            #expect(again.positions(of: id, fingerprint).contains(position))
        }
    }

    @Test("positions too great for a slot are kept too")
    func farPositions() throws {
        let (near, far) = (UInt64(1) << 36 - 1, UInt64(1) << 36)
        let commands = [
            (CommandID.opaque(high: 1, low: 1), near), (.opaque(high: 2, low: 2), far + 7),
            (.opaque(high: 3, low: 3), far),
        ]
        let index = Self.index(commands)
        #expect(index.far.count == 2)
        var reader = ByteReader(Self.bytes(of: index))
        let again = try FingerprintIndex(decoding: &reader, through: far + 7)
        try reader.finish()
        for (id, position) in commands {
            let fingerprint = try #require(Self.key.fingerprint(of: id))
            #expect(index.positions(of: id, fingerprint) == [position])
            #expect(again.positions(of: id, fingerprint) == [position])
        }
    }

    @Test("a copy does not see what is added behind it")
    func copiesStayApart() throws {
        let id = CommandID.opaque(high: 7, low: 7)
        var index = Self.index((1...100).map { (.opaque(high: 1, low: UInt64($0)), UInt64($0)) })
        let copy = index
        let fingerprint = try #require(Self.key.fingerprint(of: id))
        index.insert(id, fingerprint, at: 200)
        #expect(copy.positions(of: id, fingerprint).isEmpty)
        #expect(index.positions(of: id, fingerprint) == [200])
    }

    /// What is decoded is what would be encoded, so that the same state has one form.
    @Test(
        "other bytes than those of an index are told apart",
        arguments: [
            ("a shard again", [2, 1, 1, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0, 0, 0, 0]),
            ("a shard without commands", [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            ("a shard too many", [1, 0x81, 0x20, 1, 9, 0, 0, 0, 0, 0, 0, 0, 0]),
            ("the same entry twice", [1, 1, 2, 9, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0]),
            ("a position behind the last", [1, 1, 1, 11, 0, 0, 0, 0, 0, 0, 0, 0]),
            ("no position", [1, 1, 1, 0, 0, 0, 0, 16, 0, 0, 0, 0]),
            ("more entries than bytes", [1, 1, 200, 1, 9, 0, 0, 0, 0, 0, 0, 0]),
            ("a far command that is near", [0, 1, 9, 4] + [UInt8](repeating: 1, count: 16)),
        ] as [(String, [UInt8])]
    )
    func wrongBytes(what: String, bytes: [UInt8]) {
        #expect(throws: DecodingFailure.self, "\(what)") {
            var reader = ByteReader(bytes)
            _ = try FingerprintIndex(decoding: &reader, through: 10)
            try reader.finish()
        }
    }

    @Test("a log without events has no commands")
    func noEvents() {
        #expect(throws: DecodingFailure.self) {
            var reader = ByteReader([1, 1, 1, 9, 0, 0, 0, 0, 0, 0, 0, 0])
            _ = try FingerprintIndex(decoding: &reader, through: 0)
        }
    }

    private static func id(_ making: Making, _ number: UInt64, _ random: inout SplitMix) -> CommandID {
        switch making {
        case .random: .opaque(high: random.next(), low: random.next())
        case .counted: .opaque(high: 0, low: number)
        case .timed: .uuid7(high: (1_700_000_000_000 + number / 4) << 16 | 0x7000, low: 1 << 63 | random.next() >> 2)
        }
    }

    private static func index(_ commands: [(CommandID, UInt64)]) -> FingerprintIndex {
        var index = FingerprintIndex()
        for (id, position) in commands {
            if let fingerprint = key.fingerprint(of: id) { index.insert(id, fingerprint, at: position) }
        }
        return index
    }

    private static func bytes(of index: FingerprintIndex) -> [UInt8] {
        var writer = ByteWriter()
        index.encode(to: &writer)
        return writer.bytes
    }
}

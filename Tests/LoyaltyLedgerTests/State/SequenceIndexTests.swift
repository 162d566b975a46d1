import LogFormat
import Testing

@testable import LoyaltyLedger

/// A source's command positions against a plain dictionary.
@Suite("Positions of numbered commands")
struct SequenceIndexTests {
    /// How numbers and positions come.
    enum Arrival: String, CaseIterable {
        case inOrder, withGaps, shuffledNearby, farApart, farAhead, caughtUp
    }

    @Test("every number is found where it was put, and no other", arguments: Arrival.allCases, [UInt64(1), 2, 3])
    func finds(arrival: Arrival, seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var index = SequenceIndex()
        var model: [UInt64: UInt64] = [:]
        for (number, position) in Self.commands(arrival, &random) where model[number] == nil {
            index.insert(number, at: position)
            model[number] = position
        }
        for number in 0...((model.keys.max() ?? 0) + 70) where index.position(of: number) != model[number] {
            Issue.record(
                "seed \(seed): \(number) lies at \(model[number] ?? 0), found \(index.position(of: number) ?? 0)"
            )
            return
        }
        #expect(index.numbered.map(\.number) == model.keys.sorted())
        #expect(index.numbered.allSatisfy { model[$0.number] == $0.position })
        let again = try throughSnapshot(index)
        #expect(again.numbered.elementsEqual(index.numbered, by: ==))
    }

    /// What a snapshot keeps of an index gives the same bytes again.
    private func throughSnapshot(_ index: SequenceIndex) throws -> SequenceIndex {
        var (first, second) = (ByteWriter(), ByteWriter())
        index.encode(to: &first)
        var reader = ByteReader(first.bytes)
        let again = try SequenceIndex(decoding: &reader, through: index.numbered.map(\.position).max() ?? 0)
        try reader.finish()
        again.encode(to: &second)
        #expect(second.bytes == first.bytes)
        return again
    }

    @Test(
        "other bytes than those of an index are told apart",
        arguments: [
            ("a page's first position behind the last", [1, 22, 1, 0, 0]),
            ("a position behind the last", [1, 20, 2, 0, 0]),
            ("a number in a page that knows no position", [1, 0, 1, 0, 0]),
            ("a page of whole positions that has offsets", [1, 2, 1, 1, 0] + [UInt8](repeating: 1, count: 64) + [0]),
            ("a page of whole positions that is not there", [1, 2, 0, 1, 1] + [UInt8](repeating: 1, count: 64) + [0]),
            ("more numbers than bytes", [100, 2, 1, 0, 0]),
            ("a far number twice", [0, 0, 2, 5, 1, 5, 2]),
            ("a far number without a position", [0, 0, 1, 5, 0]),
        ] as [(String, [UInt8])]
    )
    func wrongBytes(what: String, bytes: [UInt8]) {
        #expect(throws: DecodingFailure.self, "\(what)") {
            var reader = ByteReader(bytes)
            _ = try SequenceIndex(decoding: &reader, through: 10)
            try reader.finish()
        }
    }

    @Test("positions at the end of their range are read, and none behind it")
    func lastPositions() throws {
        for (distance, isThere) in [(UInt8(3), true), (4, false)] {
            var writer = ByteWriter()
            writer.varint(1)
            writer.zigzag(Int64(bitPattern: UInt64.max - 2))
            writer.bytes([distance, 0, 0])
            var reader = ByteReader(writer.bytes)
            let index = try? SequenceIndex(decoding: &reader, through: .max)
            #expect(index?.position(of: 0) == (isThere ? .max : nil))
        }
    }

    @Test("a copy does not see what is added behind it")
    func copiesStayApart() {
        var index = SequenceIndex()
        for number in UInt64(1)...3000 { index.insert(number, at: number * 2) }
        let copy = index
        index.insert(3001, at: 9000)
        #expect(copy.position(of: 3001) == nil)
        #expect(index.position(of: 3001) == 9000)
        #expect(copy.position(of: 1500) == 3000)
    }

    private static func commands(_ arrival: Arrival, _ random: inout SplitMix) -> [(UInt64, UInt64)] {
        var (found, position) = ([(UInt64, UInt64)](), UInt64(1))
        let largestStep: UInt64 = arrival == .farApart ? 400 : 3
        for number in UInt64(1)...5000 {
            position += 1 + random.next() % largestStep
            switch arrival {
            case .withGaps where random.next() % 3 == 0: continue
            case .farAhead where random.next() % 50 == 0: found.append((number + 10_000_000, position))
            case .caughtUp where number == 3: found.append((4500, position))
            default: found.append((number, position))
            }
        }
        if arrival == .shuffledNearby {
            for place in found.indices.dropLast(40) where random.next() % 4 == 0 {
                found.swapAt(place, place + Int(random.next() % 40))
            }
        }
        // No test walks to a number of eight digits.
        return arrival == .farAhead ? found.map { ($0.0 > 10_000_000 ? $0.0 - 9_980_000 : $0.0, $0.1) } : found
    }
}

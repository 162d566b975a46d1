import LogFormat
import Testing

@testable import LoyaltyLedger

@Suite struct LedgerStateCodingTests {
    private struct Sample {
        let state: LedgerState
        let bytes: [UInt8]
        let position: Position
        let logID: LogID

        func decoded(_ bytes: [UInt8], at position: Position? = nil) throws -> LedgerState {
            try LedgerState(decoding: bytes, at: position ?? self.position, of: logID)
        }
    }

    private static func sample() async throws -> Sample {
        let shop = try await BusyShop(seed: 41)
        let ledger = try await shop.open()
        try await shop.record(200, in: ledger)
        let state = ledger.state.copy
        let logID = try ledger.makeReader().logID
        try await ledger.close()
        return Sample(state: state, bytes: state.encoded(), position: Position(rawValue: state.position), logID: logID)
    }

    @Test func comesBackWhole() async throws {
        let sample = try await Self.sample()
        let (state, bytes) = (sample.state, sample.bytes)
        let again = try sample.decoded(bytes)
        #expect(again.encoded() == bytes)
        #expect(again.clock == state.clock)
        #expect(again.catalog == state.catalog)
        #expect(again.calendars.count == state.calendars.count)
        #expect(again.definitions == state.definitions)
        #expect(again.sources == state.sources)
        #expect(again.attributions.nextNumber == state.attributions.nextNumber)
        #expect(again.position == state.position)
        #expect(again.recordedAt == state.recordedAt)
        #expect(again.ownFacts == state.ownFacts)
        #expect(again.greatestEffectiveAt == state.greatestEffectiveAt)
        #expect(again.refusals == state.refusals)
        #expect(again.commands.sequences.keys == state.commands.sequences.keys)
        #expect(again.cards.count == state.cards.count)
        state.cards.forEach { number, card in
            #expect(again.cards[number] == card)
            #expect(again.directory.card(number) == state.directory.card(number))
            #expect(again.directory.customer(of: number) == state.directory.customer(of: number))
        }
    }

    @Test func everyTruncationThrows() async throws {
        let sample = try await Self.sample()
        let bytes = sample.bytes
        for count in stride(from: 0, to: bytes.count, by: 37) {
            #expect(throws: DecodingFailure.self) {
                _ = try sample.decoded(Array(bytes[..<count]))
            }
        }
        #expect(throws: DecodingFailure.self) { _ = try sample.decoded(bytes + [0]) }
        #expect(throws: DecodingFailure.self) { _ = try sample.decoded(bytes, at: Position(rawValue: 1)) }
    }

    /// Bytes that pass every checksum and are wrong all the same give a state or an error, and never a trap.
    @Test(arguments: 1...2)
    func noBytesTrap(seed: UInt64) async throws {
        let sample = try await Self.sample()
        let bytes = sample.bytes
        var random = SplitMix(state: seed)
        for _ in 0..<150 {
            var wrong = bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                wrong[Int.random(in: 0..<wrong.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            // The counts lie near the front.
            wrong[Int.random(in: 0..<200, using: &random)] = [0xff, 0x80, 0x7f].randomElement(using: &random) ?? 0
            guard let state = try? sample.decoded(wrong) else { continue }
            #expect(state.position == sample.position.rawValue)
            _ = state.encoded()
        }
    }
}

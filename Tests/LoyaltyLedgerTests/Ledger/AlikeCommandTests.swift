import EventLog
import LogFormat
import Testing

@testable import LoyaltyLedger

/// Two command ids with one fingerprint are two commands: the log tells them apart (R20).
@Suite struct AlikeCommandTests {
    /// An id that looks like another one in a log: what the first half changes, the second half undoes.
    private func alike(_ high: UInt64, _ low: UInt64, otherHigh: UInt64, in logID: LogID) -> CommandID {
        let key = FingerprintKey(logID)
        func front(_ high: UInt64) -> UInt64 { FingerprintKey.folded(high ^ key.first, 0x9E37_79B9_7F4A_7C15) }
        return CommandID(high: otherHigh, low: front(high) ^ low ^ front(otherHigh))
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func eachIsAnsweredByItself(otherHigh: UInt64) async throws {
        let shop = try await Shop()
        let logID = try shop.ledger.makeReader().logID
        let (one, other) = (CommandID(high: 10, low: 20), alike(10, 20, otherHigh: otherHigh, in: logID))
        let key = FingerprintKey(logID)
        #expect(one != other && key.fingerprint(of: one) == key.fingerprint(of: other))
        let first = try await shop.run(.addStamps(3), id: one)
        let second = try await shop.run(.addStamps(4), id: other)
        #expect(!second.isRepeat && second.positions != first.positions)
        #expect(try shop.state().balance == 7)
        for (id, stamps, receipt) in [(one, Stamps(3), first), (other, Stamps(4), second)] {
            let again = try await shop.run(.addStamps(stamps), id: id)
            #expect(again.isRepeat && again.positions == receipt.positions)
        }
        await #expect(throws: CommandError.self) { try await shop.run(.addStamps(4), id: one) }
    }
}

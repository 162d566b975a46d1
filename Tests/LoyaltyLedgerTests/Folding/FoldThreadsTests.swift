import EventLog
import Foundation
import LogFormat
import Projections
import SystemPackage
import Testing

@testable import LoyaltyLedger

/// A log folded on several threads gives what one gives: the same state to the byte, and the same error (DESIGN.md 8).
@Suite struct FoldThreadsTests {
    private static func threads(_ count: Int) -> FoldThreads {
        FoldThreads(count: count, fewestEvents: 1, mostCardsPerEvent: .max)
    }

    private func fold(_ reader: LogReader, on threads: Int, from start: LedgerState? = nil) throws -> LedgerState {
        var state = start ?? LedgerState(of: reader.logID)
        try state.fold(reader, on: Self.threads(threads))
        return state
    }

    /// So many cards take three blocks of rows, which several threads share.
    private static let manyCards = 700

    @Test(arguments: [1, 2] as [UInt64], 2...5)
    func theSameState(seed: UInt64, threads: Int) async throws {
        let shop = try await BusyShop(seed: seed, cards: seed == 1 ? Self.manyCards : 60)
        for _ in 0..<2 { try await shop.record(1200, snapshots: .never) }
        let reader = try await shop.open(access: .readOnly).makeReader()
        let one = try fold(reader, on: 1)
        let several = try fold(reader, on: threads)
        #expect(several.encoded() == one.encoded(), "SEED=\(seed)")
        #expect(StateDigest(of: several.cards) == StateDigest(of: one.cards))
        #expect(several.refusals == one.refusals && several.refusals > 0)
    }

    @Test(arguments: [4, 5] as [UInt64])
    func behindASnapshotToo(seed: UInt64) async throws {
        let shop = try await BusyShop(seed: seed, cards: Self.manyCards)
        try await shop.record(800)
        try await shop.record(1600, snapshots: .never)
        let reader = try await shop.open(access: .readOnly).makeReader()
        let start = try shop.store.load(Position(rawValue: try #require(shop.positions.first)), for: reader)
        let several = try fold(reader, on: 3, from: start)
        #expect(several.encoded() == (try fold(reader, on: 1)).encoded(), "SEED=\(seed)")
    }

    /// A point in time is folded on several threads as well.
    @Test(arguments: [11, 12] as [UInt64], 2...4)
    func whatCountsByAnInstant(seed: UInt64, threads: Int) async throws {
        let shop = try await BusyShop(seed: seed, cards: Self.manyCards)
        for _ in 0..<2 { try await shop.record(800, snapshots: .never) }
        let reader = try await shop.open(access: .readOnly).makeReader()
        let last = try #require(try reader.batchEnd(holding: Position(rawValue: reader.head.position.rawValue * 3 / 4)))
        let end = last.position.rawValue
        var whole = LedgerState(of: reader.logID)
        try whole.fold(reader, through: end)
        let program = ProgramNumber(0)
        let instants = [whole.greatestEffectiveAt, whole.recordedAt].map { $0.advanced(byMilliseconds: -200_000_000) }
        let horizon = Horizon(
            days: [instants[0].dayInUTC],
            effective: [program: instants[0]],
            recorded: [program: instants[1]]
        )
        var (then, folded) = (LedgerState(of: reader.logID), LedgerState(of: reader.logID))
        try then.fold(reader, on: Self.threads(1), through: end, within: horizon)
        try folded.fold(reader, on: Self.threads(threads), through: end, within: horizon)
        #expect(folded.encoded() == then.encoded(), "SEED=\(seed)")
        #expect(then.position == end && then.encoded() != whole.encoded())
        #expect(then.cards.count == whole.cards.count && StateDigest(of: then.cards) != StateDigest(of: whole.cards))
    }

    /// From the block on that defines rules by which cards depend on each other, their order among one another counts.
    @Test func rulesThatCoupleCardsComeLater() async throws {
        let shop = try await BusyShop(seed: 6)
        try await shop.record(400, snapshots: .never)
        var ledger = try await shop.open()
        let before = BusyShop.program(perReward: 10)
        var rules = before.rules
        rules.guards.dailyStaffCap = 3
        let program = Program(id: before.id, currency: before.currency, timeZone: before.timeZone, rules: rules)
        let last = ledger.state.copy.recordedAt
        _ = try await ledger.define(program, id: .opaque(high: 3, low: 3), recordedAt: last)
        try await ledger.close()
        try await shop.record(400, snapshots: .never)
        ledger = try await shop.open(access: .readOnly)
        let reader = try ledger.makeReader()
        let (one, several) = (try fold(reader, on: 1), try fold(reader, on: 3))
        #expect(one.hasGuards && !one.couplings.staffStamps.isEmpty)
        #expect(several.encoded() == one.encoded())
    }

    /// What stands first in the log is told, whichever thread meets it.
    @Test(arguments: 2...4)
    func theSameError(threads: Int) async throws {
        let shop = try await BusyShop(seed: 7, cards: Self.manyCards)
        try await shop.record(1600, snapshots: .never)
        // An event of the last card, then two of the first ones, that only a later version knows.
        let cards = UInt32(try await shop.open(access: .readOnly).summary.cards)
        var newer = try NewerLog(at: shop.path)
        for card in [cards, 1, 2] { try newer.appendFatal(70, to: CardNumber(card)) }
        let last = newer.log.head.position.rawValue
        try newer.log.close()
        let reader = try EventLog.openReadOnly(at: FilePath(shop.path)).makeReader()
        let errors = [1, threads].map { count in
            #expect(throws: LedgerError.self) { _ = try fold(reader, on: count) }
        }
        #expect(errors[0]?.code == .unknownEvent && errors[0]?.position == last - 4)
        #expect(errors[1]?.description == errors[0]?.description && errors[1]?.position == errors[0]?.position)
    }

    @Test func anEventOfACardThatIsNotThere() async throws {
        let shop = try await BusyShop(seed: 8)
        try await shop.record(100, snapshots: .never)
        let cards = UInt32(try await shop.open(access: .readOnly).summary.cards)
        var newer = try NewerLog(at: shop.path)
        try newer.appendIgnorable(to: CardNumber(cards + 3), stamps: 1)
        try newer.log.close()
        let reader = try EventLog.openReadOnly(at: FilePath(shop.path)).makeReader()
        let errors = [1, 3].map { count in #expect(throws: LedgerError.self) { _ = try fold(reader, on: count) } }
        #expect(errors[0]?.code == .inconsistent && errors[1]?.description == errors[0]?.description)
    }

    @Test func damageIsToldAsOneThreadTellsIt() async throws {
        let shop = try await BusyShop(seed: 9)
        for _ in 0..<2 { try await shop.record(600, snapshots: .never) }
        let reader = try await shop.open(access: .readOnly).makeReader()
        let folder = shop.path + "/log"
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".segment") }.min()
        )
        var bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
        for index in 8192..<28_672 { bytes[index] = 0 }
        try bytes.write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        let errors = [1, 3].map { count in #expect(throws: LedgerError.self) { _ = try fold(reader, on: count) } }
        #expect(errors[0]?.log != nil && errors[1]?.description == errors[0]?.description)
    }

    /// Rows that are shared out are copied when they are touched.
    @Test func severalThreadsPayWhereEventsAreNotMuchFewerThanCards() {
        var threads = FoldThreads(count: 2, fewestEvents: 100, mostCardsPerEvent: 2)
        #expect(threads.pay(events: 100, cards: 200) && threads.pay(events: 100, cards: 0))
        #expect(!threads.pay(events: 100, cards: 202) && !threads.pay(events: 99, cards: 0))
        threads.count = 1
        #expect(!threads.pay(events: 1000, cards: 0))
    }

    @Test func fewEventsStayOnOneThread() async throws {
        let shop = try await BusyShop(seed: 10)
        try await shop.record(60, snapshots: .never)
        let reader = try await shop.open(access: .readOnly).makeReader()
        var state = LedgerState(of: reader.logID)
        var steps = 0
        try state.fold(reader, on: .forThisMachine) { _ in steps += 1 }
        #expect(state.position < FoldThreads.forThisMachine.fewestEvents && steps > 0)
        #expect((1...4).contains(FoldThreads.forThisMachine.count))
        #expect(state.encoded() == (try fold(reader, on: 4)).encoded())
    }
}

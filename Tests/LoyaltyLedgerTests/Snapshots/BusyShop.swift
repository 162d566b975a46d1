import Foundation
import LogFormat
import LogStorage
import Snapshots
import SystemPackage

@testable import LoyaltyLedger

/// A shop's ledger in a temporary directory, and a seeded stream of what happens there.
///
/// The clock is manual, so that one seed gives the same events each time.
final class BusyShop {
    static let usd: Currency = {
        guard let usd = Currency("USD") else { preconditionFailure("USD is a currency") }
        return usd
    }()

    let path: String
    private var random: SplitMix
    private var time: Int64 = 1_700_000_000_000
    private var number: UInt64 = 0
    private let cards: Int

    /// A new ledger.
    ///
    /// - Parameter cards: How many cards come to it, one as often as another.
    init(seed: UInt64, cards: Int = 60) async throws {
        self.cards = cards
        path = NSTemporaryDirectory() + "shop-\(UUID().uuidString)"
        random = SplitMix(state: seed)
        let options = Self.options(.never)
        let program = Self.program(perReward: 10)
        try await Ledger.create(at: path, program: program, clock: .manual, options: options).close()
    }

    private init(copying other: BusyShop) throws {
        path = NSTemporaryDirectory() + "shop-\(UUID().uuidString)"
        random = other.random
        time = other.time
        number = other.number
        cards = other.cards
        try FileManager.default.copyItem(atPath: other.path, toPath: path)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The same files in another directory, as a backup or a machine that lost its power has them.
    func copy() throws -> BusyShop { try BusyShop(copying: self) }

    static func program(perReward: Stamps) -> Program {
        guard let id = ProgramID("coffee") else { preconditionFailure("a name") }
        return Program(
            id: id,
            currency: usd,
            timeZone: "America/New_York",
            rules: CardRules.stampCard(
                mechanic: .spend(SpendRule(stamps: 1, per: MinorUnits(1000), remainder: .cumulative)),
                stampsPerReward: perReward,
                dailyStampCap: 9,
                uncollected: .carryAsDebt
            )
        )
    }

    // MARK: - Opening

    func open(_ policy: SnapshotPolicy = .never, access: LedgerOptions.Access = .readWrite) async throws -> Ledger {
        try await Ledger.open(at: path, options: Self.options(policy, access: access))
    }

    static func options(_ policy: SnapshotPolicy, access: LedgerOptions.Access = .readWrite) -> LedgerOptions {
        LedgerOptions(access: access, segmentCapacity: 64 << 10, snapshots: policy)
    }

    /// Opens, records, and closes; a snapshot is written at the end.
    func record(_ count: Int, snapshots: SnapshotPolicy = .onClose) async throws {
        let ledger = try await open(snapshots)
        try await record(count, in: ledger)
        try await ledger.close()
    }

    // MARK: - What happens

    func record(_ count: Int, in ledger: Ledger) async throws {
        let perBatch = max(20, count / 10)
        for _ in 0..<count / perBatch {
            let now = Timestamp(milliseconds: time)
            var requests: [CommandRequest] = []
            for _ in 0..<perBatch { requests.append(try request(at: now)) }
            for outcome in try await ledger.execute(requests) { _ = try? outcome.get() }
            time += Int64.random(in: 60_000...40_000_000, using: &random)
        }
    }

    private func request(at now: Timestamp) throws -> CommandRequest {
        number += 1
        let cardNumber = Int.random(in: 0..<cards, using: &random)
        guard let card = CardID("card-\(cardNumber)") else { preconditionFailure("a serial") }
        let late = Timestamp(milliseconds: now.milliseconds - Int64.random(in: 0...90_000_000, using: &random))
        return CommandRequest(
            CardCommand(action(), on: card, at: Bool.random(using: &random) ? now : late),
            id: id(),
            context: CommandContext(
                attribution: Attribution(staff: Label("staff-\(cardNumber % 4)")),
                reference: "receipt \(number)",
                internalNote: note()
            ),
            issuing: CardIssue(customer: cardNumber % 3 == 0 ? CustomerID("customer-\(cardNumber)") : nil),
            recordedAt: now
        )
    }

    /// Some text that hardly compresses, so that segments fill.
    private func note() -> String {
        (0..<6).map { _ in String(random.next(), radix: 36) }.joined()
    }

    private func id() -> CommandID {
        switch number % 4 {
        case 0: .sequence(source: 7, number: number * (number % 3 == 0 ? 9000 : 1))
        case 1: .sequence(source: 9, number: number)
        case 2: CommandID(high: random.next(), low: random.next())
        default: .opaque(high: 1, low: number)
        }
    }

    private func action() -> CardAction {
        let money = Money(MinorUnits(Int64.random(in: 1...9000, using: &random)), Self.usd)
        let few = Int32.random(in: 1...4, using: &random)
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<9: return .purchase(money)
        case 9: return .visit(money)
        case 10, 11: return .refund(money)
        case 12: return .addStamps(Stamps(few))
        case 13: return .removeStamps(Stamps(few))
        case 14: return .grantRewards(Rewards(few), purchase: money)
        case 15: return .redeemRewards(Rewards(few), purchase: money)
        case 16: return .removeRewards(1, purchase: money, few > 2 ? .correction : .expired)
        case 17: return .removeVisits(1)
        case 18: return .install(.android)
        default: return .setExpiry(Timestamp(milliseconds: time).dayInUTC.advanced(byDays: few * 30))
        }
    }

    // MARK: - Snapshots on disk

    var store: SnapshotStore {
        SnapshotStore(directory: FilePath(path).appending("snapshots"), storage: POSIXStorage())
    }

    /// The positions of the snapshots on disk, newest first.
    var positions: [UInt64] { ((try? store.positions()) ?? []).map(\.rawValue) }

    func file(_ position: UInt64) -> URL {
        URL(fileURLWithPath: path + "/snapshots/" + hexadecimal(position) + ".snapshot")
    }

    func removeSnapshots() throws { try FileManager.default.removeItem(atPath: path + "/snapshots") }

    func damage(_ position: UInt64) throws {
        var bytes = try Data(contentsOf: file(position))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: file(position))
    }

    /// Takes the newest snapshot of another ledger over.
    @discardableResult
    func take(from other: BusyShop) throws -> UInt64 {
        let position = try other.store.positions()[0].rawValue
        try FileManager.default.createDirectory(atPath: path + "/snapshots", withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: other.file(position), to: file(position))
        return position
    }

    private func hexadecimal(_ position: UInt64) -> String {
        let digits = String(position, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension SnapshotPolicy {
    /// Each time the ledger is closed, were there any events.
    static let onClose = SnapshotPolicy(eventsBeforeClose: 1, eventsWhileRunning: nil)
}

extension Ledger {
    /// Everything there is to know, as bytes.
    var whole: [UInt8] { state.copy.encoded() }
}

/// A generator that gives the same numbers for the same seed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}

internal import EventCoding
internal import EventLog
internal import LogFormat
internal import LoyaltyDomain
internal import Projections
internal import Snapshots

/// Decides what of each salvaged record the new ledger can hold, so that it opens and folds.
///
/// Numbers that must be dense are given anew: cards, attributions. What a lost fact would have said is taken from the newest
/// good snapshot, or not said at all. No card and no event is made up.
struct SalvageEditor {
    private let store: SnapshotStore
    let document: Program?
    /// The newest good snapshot; nil before the first record, and where there is none.
    private(set) var known: LedgerState?
    var report: Findings
    var catalog = ProgramCatalog()
    var attributions = AttributionTable()
    var attributionNumbers: [AttributionNumber: AttributionNumber] = [.none: .none]
    var sources: UInt32 = 0
    var cards = SalvagedCards()
    var serials: [CardNumber: CardID] = [:]
    var issued: Set<CardID> = []
    var written: [SalvagedRecord] = []
    /// The record of a coupon that turned into a card whose issue stands in the next record (DESIGN.md 7.3).
    var held: HeldRecord?
    var recreatedCount: UInt64 = 0
    private(set) var recordedAt: Int64 = 0
    private var hasBegun = false
    /// Where in the findings the records of a card and a reason are counted.
    var leftOutPlaces: [LeftOutKey: Int] = [:]

    struct LeftOutKey: Hashable {
        var stream: UInt32
        var reason: LedgerSalvageReport.LeftOut.Reason
    }

    /// A record that waits for the next one to be edited, and its place among the written ones.
    struct HeldRecord {
        var record: SalvagedRecord
        var decoded: CardRecord
    }

    /// What the editor has to tell.
    struct Findings {
        var leftOut: [LedgerSalvageReport.LeftOut] = []
        var recreated: [LedgerSalvageReport.Recreated] = []
        var unattributedRecords = 0
        var isClockLost = false
    }

    /// A snapshot cannot ask for more placeholders than this; a source number beyond is no import's and no device's.
    static let largestSourceGap: UInt32 = 4096

    init(_ store: SnapshotStore, document: Program?) {
        self.store = store
        self.document = document
        report = Findings()
    }

    /// Whether any program is left.
    var hasProgram: Bool { !catalog.versions.isEmpty }

    /// The serial of a card by its old number, where anything names it.
    func serial(_ stream: StreamNumber) -> String? {
        let number = CardNumber(stream.rawValue)
        if let read = serials[number] { return read.text }
        guard let known, known.cards.contains(number) else { return nil }
        return known.directory.card(number).text
    }

    /// The links between cards that lead nowhere.
    var brokenLinks: [LedgerSalvageReport.BrokenLink] {
        cards.brokenLinks { serial(StreamNumber(rawValue: $0.rawValue)) }
    }

    /// What is to be written in place of a record, and of the one before it where that has waited.
    mutating func edit(_ logID: LogID, _ record: SalvagedRecord) -> [SalvagedRecord] {
        written.removeAll(keepingCapacity: true)
        recordedAt = record.stored.recordedAt
        let waiting = held
        held = nil
        if !hasBegun { begin(logID, record) }
        recreateVersions(before: record.stored.position)
        if record.stored.stream == .ledger { editFact(record) } else { editCard(record) }
        if let waiting { written.insert(linked(waiting.record, waiting.decoded), at: 0) }
        return written
    }

    /// What is to be written behind the last record: what the snapshot knows beyond it.
    mutating func epilogue() -> [SalvagedRecord] {
        written.removeAll()
        if let held { written.append(linked(held.record, held.decoded)) }
        held = nil
        recreateVersions(before: nil)
        if let known { registerSources(through: known.nextSource - 1) }
        return written
    }

    private mutating func begin(_ logID: LogID, _ record: SalvagedRecord) {
        hasBegun = true
        known = store.newest(ofDamaged: logID)
        if record.stored.stream == .ledger,
            case .ledgerCreated? = try? LedgerRecordCoding.decode(ByteReader(record.stored.facts))
        {
            return
        }
        guard let known else {
            report.isClockLost = true
            return
        }
        recreate(.ledgerCreated(known.clock), "the ledger's clock: \(known.clock)", .snapshot)
    }
}

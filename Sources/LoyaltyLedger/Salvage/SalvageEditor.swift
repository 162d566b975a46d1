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
    private let document: Program?
    /// The newest good snapshot; nil before the first record, and where there is none.
    private(set) var known: LedgerState?
    private(set) var report: Findings
    private var hasBegun = false
    private var catalog = ProgramCatalog()
    private var attributions = AttributionTable()
    private var attributionNumbers: [AttributionNumber: AttributionNumber] = [.none: .none]
    private var sources: UInt32 = 0
    private var streams: [StreamNumber: StreamNumber] = [:]
    private var serials: [StreamNumber: CardID] = [:]
    private var issued: Set<CardID> = []
    private var written: [SalvagedRecord] = []
    private var recordedAt: Int64 = 0
    private var recreatedCount: UInt64 = 0
    /// Where in the findings the records of a card and a reason are counted.
    private var leftOutPlaces: [LeftOutKey: Int] = [:]

    private struct LeftOutKey: Hashable {
        var stream: UInt32
        var reason: LedgerSalvageReport.LeftOut.Reason
    }

    /// What the editor has to tell.
    struct Findings {
        var leftOut: [LedgerSalvageReport.LeftOut] = []
        var recreated: [LedgerSalvageReport.Recreated] = []
        var unattributedRecords = 0
        var isClockLost = false
    }

    /// A snapshot cannot ask for more placeholders than this; a source number beyond is no import's.
    private static let largestSourceGap: UInt32 = 4096

    init(_ store: SnapshotStore, document: Program?) {
        self.store = store
        self.document = document
        report = Findings()
    }

    /// Whether any program is left.
    var hasProgram: Bool { !catalog.versions.isEmpty }

    /// The serial of a card by its old number, where anything names it.
    func serial(_ stream: StreamNumber) -> String? {
        if let read = serials[stream] { return read.text }
        let number = CardNumber(stream.rawValue)
        guard let known, known.cards.contains(number) else { return nil }
        return known.directory.card(number).text
    }

    /// What is to be written in place of a record.
    mutating func edit(_ logID: LogID, _ record: SalvagedRecord) -> [SalvagedRecord] {
        written.removeAll(keepingCapacity: true)
        recordedAt = record.stored.recordedAt
        if !hasBegun { begin(logID, record) }
        recreateVersions(before: record.stored.position)
        if record.stored.stream == .ledger { editFact(record) } else { editCard(record) }
        return written
    }

    /// What is to be written behind the last record: what the snapshot knows beyond it.
    mutating func epilogue() -> [SalvagedRecord] {
        written.removeAll()
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

// Facts of the ledger's own.
extension SalvageEditor {
    private mutating func editFact(_ record: SalvagedRecord) {
        var record = record
        let event: LedgerEvent
        do throws(DecodingFailure) {
            event = try LedgerRecordCoding.decode(ByteReader(record.stored.facts))
        } catch {
            return leaveOut(record, .undecodable)
        }
        switch event {
        case .ledgerCreated: break
        case .programDefined(let version):
            recreateVersions(through: version.version.rawValue - 1)
            guard fits(version) else {
                return leaveOut(record, version.version > catalog.nextVersion ? .versionLost : .contradiction)
            }
            catalog.add(version)
        case .attributionDefined(let number, let attribution):
            guard attributionNumbers[number] == nil else { return leaveOut(record, .contradiction) }
            let new = attributions.nextNumber
            attributionNumbers[number] = new
            attributions.append(attribution)
            if new != number { record.stored.facts = Self.facts(.attributionDefined(new, attribution)) }
        case .sourceRegistered(let source):
            if source.number > 0 { registerSources(through: source.number - 1) }
            guard source.number == sources + 1 else { return leaveOut(record, .contradiction) }
            sources += 1
        case .deviceRegistered(let device):
            if device.number > 0 { registerSources(through: device.number - 1) }
            guard device.number == sources + 1 else { return leaveOut(record, .contradiction) }
            sources += 1
        }
        written.append(record)
    }

    private func fits(_ version: ProgramCatalog.Version) -> Bool {
        version.version == catalog.nextVersion && version.number == catalog.numberToDefine(version.program.id)
            && ProgramCalendar.isTimeZone(version.program.timeZone)
    }

    /// Puts back the versions that the snapshot, or the document, knows, up to a number.
    private mutating func recreateVersions(through number: UInt32) {
        while catalog.nextVersion.rawValue <= number, recreateNextVersion() {}
    }

    /// Puts back the versions that were defined before a position; all that are known where none is given.
    private mutating func recreateVersions(before position: Position?) {
        while let known, let version = known.catalog[catalog.nextVersion] {
            let command = known.definitions.first { $0.value == version.version }?.key
            let defined = command.flatMap { known.commands.position(of: $0) } ?? 0
            if let position, defined >= position.rawValue { return }
            guard recreateNextVersion() else { return }
        }
    }

    private mutating func recreateNextVersion() -> Bool {
        var version = known?.catalog[catalog.nextVersion]
        let origin: LedgerSalvageReport.Recreated.Origin = version == nil ? .document : .snapshot
        if version == nil, catalog.versions.isEmpty, let document {
            version = ProgramCatalog.Version(
                version: catalog.nextVersion,
                number: ProgramNumber(0),
                effectiveFrom: .earliest,
                program: document
            )
        }
        guard let version, fits(version) else { return false }
        let name = "program \(version.program.id.text), rule version \(version.version.rawValue)"
        recreate(.programDefined(version), name, origin)
        catalog.add(version)
        return true
    }

    /// Registers lost sources up to a number: as the snapshot has them, else with nothing but their number.
    private mutating func registerSources(through number: UInt32) {
        while sources < number, number - sources <= Self.largestSourceGap {
            let next = sources + 1
            sources = next
            if let device = known?.devices.first(where: { $0.number == next }) {
                recreate(.deviceRegistered(device), "device \(device.label.text)", .snapshot)
                continue
            }
            let source = known?.sources.first { $0.number == next }
            let empty = ImportSource(number: next, digest: [UInt8](repeating: 0, count: 32), rows: 0, prefixes: [])
            recreate(.sourceRegistered(source ?? empty), "import source \(next)", source == nil ? .reserved : .snapshot)
        }
    }

    private mutating func recreate(
        _ event: LedgerEvent,
        _ fact: String,
        _ origin: LedgerSalvageReport.Recreated.Origin
    ) {
        recreatedCount += 1
        let stored = StoredRecord(
            position: .zero,
            recordedAt: recordedAt,
            stream: .ledger,
            eventCount: 1,
            id: .recreated(recreatedCount),
            facts: Self.facts(event),
            details: []
        )
        written.append(SalvagedRecord(stored))
        report.recreated.append(LedgerSalvageReport.Recreated(fact: fact, origin: origin))
    }

    private static func facts(_ event: LedgerEvent) -> [UInt8] {
        var writer = ByteWriter(capacity: 64)
        LedgerRecordCoding.encode(event, facts: &writer)
        return writer.bytes
    }
}

// Records of cards.
extension SalvageEditor {
    private mutating func editCard(_ record: SalvagedRecord) {
        var record = record
        let decoded: CardRecord
        do throws(DecodingFailure) {
            decoded = try CardRecordCoding.decode(
                facts: ByteReader(record.stored.facts),
                details: nil,
                id: record.stored.id ?? .lost(at: record.stored.position),
                card: CardNumber(record.stored.stream.rawValue),
                eventCount: record.stored.eventCount,
                recordedAt: Timestamp(milliseconds: record.stored.recordedAt)
            )
        } catch {
            return leaveOut(record, .undecodable)
        }
        if let refusal = issue(decoded, record.stored.stream) { return leaveOut(record, refusal) }
        guard let stream = streams[record.stored.stream] else { return leaveOut(record, .issueLost) }
        record.stored.stream = stream
        if case .sequence(let source, _) = decoded.commandID, decoded.source == .import {
            registerSources(through: source)
        }
        let number = attribution(decoded.attribution)
        if number != decoded.attribution,
            let facts = try? CardRecordCoding.replacingAttribution(in: record.stored.facts, with: number)
        {
            record.stored.facts = facts
        }
        written.append(record)
    }

    /// Gives a card that the record issues its new number; says why where it cannot.
    private mutating func issue(_ record: CardRecord, _ stream: StreamNumber) -> LedgerSalvageReport.LeftOut.Reason? {
        for case .cardIssued(let card, _, let program) in record.events.map(\.event) {
            serials[stream] = serials[stream] ?? card
            guard streams[stream] == nil, !issued.contains(card) else { return .contradiction }
            while catalog.program(program) == nil, recreateNextVersion() {}
            guard catalog.program(program) != nil else { return .programLost }
            issued.insert(card)
            streams[stream] = StreamNumber(rawValue: UInt32(streams.count) + 1)
        }
        return nil
    }

    /// The new number of an attribution; none where it is lost.
    private mutating func attribution(_ old: AttributionNumber) -> AttributionNumber {
        if let new = attributionNumbers[old] { return new }
        guard let attribution = known?.attributions[old] else {
            report.unattributedRecords += 1
            return .none
        }
        let new = attributions.nextNumber
        recreate(.attributionDefined(new, attribution), "attribution \(old.rawValue)", .snapshot)
        attributions.append(attribution)
        attributionNumbers[old] = new
        return new
    }

    private mutating func leaveOut(_ record: SalvagedRecord, _ reason: LedgerSalvageReport.LeftOut.Reason) {
        let stored = record.stored
        let last = stored.position.advanced(by: stored.eventCount - 1).rawValue
        let stream = stored.stream.rawValue
        let key = LeftOutKey(stream: stream, reason: reason)
        if let index = leftOutPlaces[key] {
            report.leftOut[index].records += 1
            report.leftOut[index].events += stored.eventCount
            report.leftOut[index].last = last
            return
        }
        let entry = LedgerSalvageReport.LeftOut(
            stream: stream,
            card: stored.stream == .ledger ? nil : serial(stored.stream),
            reason: reason,
            records: 1,
            events: stored.eventCount,
            first: stored.position.rawValue,
            last: last
        )
        leftOutPlaces[key] = report.leftOut.count
        report.leftOut.append(entry)
    }
}

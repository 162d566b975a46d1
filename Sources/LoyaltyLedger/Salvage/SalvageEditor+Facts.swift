internal import EventCoding
internal import EventLog
internal import LogFormat
internal import LoyaltyDomain

/// Facts of the ledger's own.
extension SalvageEditor {
    mutating func editFact(_ record: SalvagedRecord) {
        var record = record
        let event: LedgerEvent
        do throws(DecodingFailure) {
            event = try LedgerRecordCoding.decode(ByteReader(record.stored.facts))
        } catch {
            return leaveOut(record, .undecodable)
        }
        switch event {
        case .ledgerCreated, .unknown: break
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
    mutating func recreateVersions(before position: Position?) {
        while let known, let version = known.catalog[catalog.nextVersion] {
            let defined = known.definitionPositions[version.version] ?? 0
            if let position, defined >= position.rawValue { return }
            guard recreateNextVersion() else { return }
        }
    }

    mutating func recreateNextVersion() -> Bool {
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
    mutating func registerSources(through number: UInt32) {
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

    mutating func recreate(
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

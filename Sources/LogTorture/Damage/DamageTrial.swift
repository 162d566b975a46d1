import EventLog
import LogFormat
import LoyaltyLedgerTesting
import SystemPackage

/// One damaged copy: verified, opened, read, and compared with what the oracle says.
struct DamageTrial {
    /// Why a trial failed.
    struct Complaint: Error, CustomStringConvertible {
        var description: String
    }

    let ledger: DamagedLedger
    let disk: MemoryDisk
    let expected: DamageOutcome

    init(_ damage: Damage, _ oracle: DamageOracle) {
        ledger = oracle.ledger
        disk = MemoryDisk(copying: ledger.disk)
        damage.apply(to: disk, of: ledger)
        expected = oracle.outcome(of: damage)
    }

    /// Runs it.
    ///
    /// - Throws: a ``Complaint`` if anything else comes of it than should.
    func run() throws {
        let before = files()
        let report = try EventLog.verify(at: DamagedLedger.root, storage: disk)
        try check(files() == before, "verify changed a file")
        switch expected {
        case .halts(let row, let file, let offsets, let bit): try halts(row, file, offsets, bit, report, before)
        case .haltsWhenRead(let file, let offsets, let bit): try haltsWhenRead(file, offsets, bit, report)
        case .cuts(let file, let offset, let byteCount): try cuts(file, offset, byteCount, report)
        case .rebuilds(let rows): try rebuilds(rows, report)
        }
    }

    private func halts(
        _ row: RecoveryRow,
        _ file: FilePath,
        _ offsets: ClosedRange<Int>?,
        _ bit: FlippedBit?,
        _ report: VerifyReport,
        _ before: [FilePath: [UInt8]]
    ) throws {
        try check(row.action == .halt, "row \(row.rawValue) does not halt")
        let verdict = report.files.compactMap(\.damage).first { $0.row == row && $0.file == file }
        try check(verdict != nil, "verify says \(report.damage.map { "\($0)" } ?? "good")")
        do {
            _ = try EventLog.open(at: DamagedLedger.root, storage: disk)
        } catch {
            try check(error.row == row && error.file == file, "opening threw \(error)")
            if let offsets { try check(error.offset.map(offsets.contains) ?? false, "another offset: \(error)") }
            if let bit { try check(error.flippedBit == bit, "another bit: \(error)") }
            try check(row == .manifestForeign || error.expected != nil, "nothing expected: \(error)")
            try check(error.found != nil, "nothing found: \(error)")
            return try check(files() == before, "a halt changed a file")
        }
        throw Complaint(description: "opened")
    }

    private func haltsWhenRead(
        _ file: FilePath,
        _ offsets: Range<Int>,
        _ bit: FlippedBit,
        _ report: VerifyReport
    ) throws {
        guard let damage = report.damage else { throw Complaint(description: "verify found nothing") }
        try check(damage.row == .sealedDamage && damage.file == file, "verify says \(damage)")
        try check(damage.offset.map(offsets.contains) ?? false, "another offset: \(damage)")
        try check(damage.flippedBit == bit, "another bit: \(damage)")
        let log = try EventLog.open(at: DamagedLedger.root, storage: disk)
        try check(log.head == ledger.head, "another head")
        do {
            // A reader that needs none of the damaged bytes may go on; it may not read anything else than was written.
            try check(try DamagedLedger.records(log.makeReader()) == ledger.records, "other records were read")
        } catch let error as LogError {
            try check(error.row == .sealedDamage && error.file == file, "reading threw \(error)")
        }
    }

    private func cuts(_ file: FilePath, _ offset: Int, _ byteCount: Int, _ report: VerifyReport) throws {
        try check(report.isGood && report.tornTail?.offset == offset, "verify found no torn tail at \(offset)")
        let damaged = disk[file] ?? []
        let log = try EventLog.open(at: DamagedLedger.root, storage: disk)
        guard let tail = log.openReport.tornTail else { throw Complaint(description: "nothing was cut") }
        try check(tail.offset == offset && tail.byteCount == byteCount, "cut \(tail)")
        let promised = ledger.segments.last?.batches.last?.header.syncedThrough ?? 0
        try check(offset >= promised, "cut below the promise of \(promised)")
        let kept = tail.sideFile.flatMap { disk[$0] }
        try check(kept == Array(damaged[offset..<offset + byteCount]), "the side file has other bytes")
        let whole = ledger.records.filter { $0.position <= log.head.position }
        try check(try DamagedLedger.records(log.makeReader()) == whole, "other records were read")
        let lost = offset >= (ledger.segments.last?.usedByteCount ?? 0) ? 0 : 1
        try check((log.head == ledger.head) == (lost == 0), "another head")
    }

    private func rebuilds(_ rows: [FilePath: RecoveryRow], _ report: VerifyReport) throws {
        try check(report.isGood, "verify says \(report.damage.map { "\($0)" } ?? "good")")
        for (file, row) in rows {
            try check(row.action == .rebuild, "row \(row.rawValue) rebuilds nothing")
            try check(
                report.files.first { $0.file == file }?.row == row,
                "verify does not put \(file) in \(row.rawValue)"
            )
        }
        let log = try EventLog.open(at: DamagedLedger.root, storage: disk)
        try check(log.head == ledger.head, "another head")
        for (file, row) in rows where row != .indexUnusable {
            try check(log.openReport.rows.contains(row), "opening does not report \(row.rawValue)")
            try check(disk[file] == ledger.bytes(file), "\(file) was made otherwise")
        }
        let reader = log.makeReader()
        for stream in [StreamNumber.ledger, StreamNumber(rawValue: 1), StreamNumber(rawValue: 3)] {
            var found: [Position] = []
            try reader.forEachRecord(ofStream: stream) { _, record in found.append(record.position) }
            let written = ledger.records.filter { $0.stream == stream }.map(\.position)
            try check(found == written, "stream \(stream) reads otherwise")
        }
    }

    private func files() -> [FilePath: [UInt8]] {
        var files: [FilePath: [UInt8]] = [:]
        for path in disk.paths where path.lastComponent != "LOCK" { files[path] = disk[path] }
        return files
    }

    private func check(_ condition: Bool, _ complaint: @autoclosure () -> String) throws {
        if !condition { throw Complaint(description: complaint()) }
    }
}

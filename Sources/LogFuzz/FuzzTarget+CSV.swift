import LedgerImport
import LoyaltyLedger

extension FuzzTarget {
    private static let fieldSeparator: UInt8 = 0x1f
    private static let fileSeparator: UInt8 = 0x1e
    private static let terms: ProgramTerms? = ProgramCalendar(timeZone: "America/New_York").flatMap { calendar in
        Currency("USD").map { ProgramTerms(currency: $0, calendar: calendar) }
    }

    /// A CSV file as an import reads it, under a mapping that is the input's too.
    ///
    /// The file stands behind the first byte 1E, if there is one; before it stand the options with 1F between them, `FIELD=COLUMN` as for
    /// --map and `+FIELD=VALUE` as for --set.
    func importRows(_ bytes: [UInt8]) {
        guard let terms = Self.terms else { preconditionFailure("the calendar of New York is not known here") }
        let end = bytes.firstIndex(of: Self.fileSeparator)
        let options = bytes[..<(end ?? 0)].split(separator: Self.fieldSeparator).map {
            String(decoding: $0, as: UTF8.self)
        }
        let file = Array(bytes[(end.map { $0 + 1 } ?? 0)...])
        var records = CSVReader(file)
        guard let header = records.next() else { return }
        let values = options.filter { $0.hasPrefix("+") }.map { String($0.dropFirst()) }
        let renames = options.filter { !$0.hasPrefix("+") }
        let chosen = try? ImportMapping(columns: header.texts, renames: renames, values: values)
        guard let mapping = chosen ?? substitute(header.texts) else { return }
        let reader = ImportRowReader(mapping: mapping) { _, _ in terms }
        var fingerprint = ImportFingerprint(file: file, header: header.texts)
        var last = records.bytesRead
        while let record = records.next() {
            precondition(records.bytesRead > last, "a row takes no bytes of the file")
            last = records.bytesRead
            fingerprint.append(record.texts)
            do throws(RowProblem) {
                _ = try reader.read(record)
            } catch {
                reject(record, error, mapping)
            }
        }
        precondition(last == file.count || records.bytesRead == file.count, "the reader stopped before the end")
    }

    /// A mapping for a header that has not the fields an import must have.
    private func substitute(_ columns: [String]) -> ImportMapping? {
        let values = ["card=C1", "kind=purchase", "occurred_at=2026-01-01"]
        return try? ImportMapping(columns: columns, renames: [], values: values)
    }

    /// A refused row must come back from the rejects file as it went in.
    private func reject(_ record: CSVRecord, _ problem: RowProblem, _ mapping: ImportMapping) {
        let fields = [String(record.row), problem.code, problem.message] + mapping.inputFields(of: record)
        var again = CSVReader(Array(CSVWriter.line(fields).utf8))
        let row = again.next()
        precondition(row?.texts.map { Array($0.utf8) } == fields.map { Array($0.utf8) }, "a refused row changes")
        precondition(again.next() == nil, "a refused row becomes two")
    }
}

/// Reads a CSV file (RFC 4180) row by row from its bytes; no input makes it fail or stop early.
///
/// Lines end in LF, CRLF or CR. A byte order mark and blank lines are skipped. A quote inside a field that does not begin with one stands
/// for itself.
package struct CSVReader: Sequence, IteratorProtocol {
    static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private let file: [UInt8]
    private var position: Int
    private var row = 0
    private var line = 1
    private var expected: Int?

    /// Starts before the header.
    package init(_ file: [UInt8]) {
        self.file = file
        position = file.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// How much of the file has been read, in bytes.
    package var bytesRead: Int { position }

    /// The next row, the header first; nil at the end of the file.
    package mutating func next() -> CSVRecord? {
        skipBlankLines()
        guard position < file.count else { return nil }
        let start = (position: position, line: line)
        var fields: [CSVRecord.Field] = []
        fields.reserveCapacity(expected ?? 16)
        var problem: CSVProblem?
        repeat {
            fields.append(field(&problem))
        } while take(CSVReader.comma)
        let end = position
        takeLineEnd()
        if !isUTF8(start.position..<end) { problem = problem ?? .notUTF8 }
        if let expected, fields.count != expected {
            problem = problem ?? .ragged(found: fields.count, expected: expected)
        }
        expected = expected ?? fields.count
        defer { row += 1 }
        return CSVRecord(row: row, line: start.line, problem: problem, file: file, fields: fields)
    }

    /// Reads one field up to the comma or line end behind it.
    private mutating func field(_ problem: inout CSVProblem?) -> CSVRecord.Field {
        guard take(CSVReader.quote) else {
            let start = position
            skipPlain()
            return CSVRecord.Field(bytes: start..<position)
        }
        var field = CSVRecord.Field(bytes: position..<position)
        while position < file.count {
            let byte = file[position]
            if byte == CSVReader.quote {
                guard position + 1 < file.count, file[position + 1] == CSVReader.quote else { break }
                field.hasDoubledQuotes = true
                position += 1
            } else if byte == CSVReader.lineFeed {
                line += 1
            }
            position += 1
        }
        field.bytes = field.bytes.lowerBound..<position
        guard take(CSVReader.quote) else {
            problem = problem ?? .unterminatedQuote(lastLine: line)
            return field
        }
        let closed = position
        skipPlain()
        if position > closed { problem = problem ?? .textBehindQuote }
        return field
    }

    private mutating func skipPlain() {
        while position < file.count {
            let byte = file[position]
            if byte == CSVReader.comma || byte == CSVReader.lineFeed || byte == CSVReader.carriageReturn { return }
            position += 1
        }
    }

    private mutating func skipBlankLines() {
        while position < file.count {
            let before = position
            takeLineEnd()
            if position == before { return }
        }
    }

    private mutating func takeLineEnd() {
        let hasReturn = take(CSVReader.carriageReturn)
        if take(CSVReader.lineFeed) || hasReturn { line += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < file.count, file[position] == byte else { return false }
        position += 1
        return true
    }

    /// ASCII, by far the most, is seen at once; only a row with other bytes is decoded for the check.
    private func isUTF8(_ range: Range<Int>) -> Bool {
        let bytes = file[range]
        return bytes.allSatisfy { $0 < 0x80 } || String(validating: bytes, as: UTF8.self) != nil
    }
}

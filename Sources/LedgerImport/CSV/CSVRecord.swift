/// One row of a CSV file: its fields as ranges of the file's bytes, read as text only where they are wanted.
package struct CSVRecord {
    /// A field's place in the file, without its quotes.
    struct Field {
        var bytes: Range<Int>

        /// Whether two quotes in it stand for one.
        var hasDoubledQuotes = false
    }

    /// The row's number: 0 for the header, 1 for the first row of data.
    ///
    /// Blank lines are not counted.
    package let row: Int

    /// The line of the file on which the row begins, from 1.
    package let line: Int

    /// What is wrong with the row, or nil where nothing is.
    package let problem: CSVProblem?

    private let file: [UInt8]
    private let fields: [Field]

    init(row: Int, line: Int, problem: CSVProblem?, file: [UInt8], fields: [Field]) {
        self.row = row
        self.line = line
        self.problem = problem
        self.file = file
        self.fields = fields
    }

    /// The number of fields.
    package var count: Int { fields.count }

    /// The text of a field; bytes that are not UTF-8, which `problem` tells of, become U+FFFD.
    package subscript(index: Int) -> String {
        let field = fields[index]
        guard field.hasDoubledQuotes else { return String(decoding: file[field.bytes], as: UTF8.self) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(field.bytes.count)
        var position = field.bytes.lowerBound
        while position < field.bytes.upperBound {
            bytes.append(file[position])
            position += file[position] == CSVReader.quote ? 2 : 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a field has no value.
    package func isEmpty(_ index: Int) -> Bool { fields[index].bytes.isEmpty }

    /// The texts of all fields.
    package var texts: [String] { fields.indices.map { self[$0] } }
}

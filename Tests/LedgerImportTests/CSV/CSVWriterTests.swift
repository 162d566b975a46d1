import Testing

@testable import LedgerImport

@Suite struct CSVWriterTests {
    @Test(
        arguments: [
            (["a", "b"], "a,b\n"),
            (["", nil, "x"], ",,x\n"),
            (["1,5", "say \"hi\"", "two\nlines", "back\r"], "\"1,5\",\"say \"\"hi\"\"\",\"two\nlines\",\"back\r\"\n"),
            (["\"\u{301}"], "\"\"\"\u{301}\"\n"),
            ([" a b ", "é"], " a b ,é\n"),
        ] as [([String?], String)]
    )
    func writes(fields: [String?], line: String) {
        #expect(CSVWriter.line(fields) == line)
        #expect(CSVReader(Array(line.utf8)).map(\.texts) == [fields.map { $0 ?? "" }])
    }
}

import Testing

@testable import LedgerImport

@Suite struct CSVReaderTests {
    @Test(arguments: [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
        ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
        ("\u{FEFF}a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("\n\na,b\n\r\n1,2\n\n\n", [["a", "b"], ["1", "2"]]),
        ("a,b\n,\n", [["a", "b"], ["", ""]]),
        ("a,b\n\"1,5\",\"say \"\"hi\"\"\"\n", [["a", "b"], ["1,5", "say \"hi\""]]),
        ("a,b\n\"two\nlines\",\"\"\"\"\n", [["a", "b"], ["two\nlines", "\""]]),
        ("a,b\n\"two\r\nlines\",\n", [["a", "b"], ["two\r\nlines", ""]]),
        ("a,b\n5\" disc, x \n", [["a", "b"], ["5\" disc", " x "]]),
        ("a\n\"\"\n", [["a"], [""]]),
        ("", []),
        ("\n\n", []),
    ])
    func reads(text: String, rows: [[String]]) {
        let records = Array(CSVReader(Array(text.utf8)))
        #expect(records.map(\.texts) == rows)
        #expect(records.map(\.row) == Array(rows.indices))
        #expect(records.allSatisfy { $0.problem == nil })
    }

    @Test(
        "A bad row is reported and the next one is read",
        arguments: [
            ("1\n", CSVProblem.ragged(found: 1, expected: 2)),
            ("1,2,3\n", .ragged(found: 3, expected: 2)),
            ("\"1\"x,2\n", .textBehindQuote),
            ("\"1\" ,2\n", .textBehindQuote),
        ]
    )
    func reportsRows(row: String, problem: CSVProblem) {
        let records = Array(CSVReader(Array("a,b\n\(row)3,4\n".utf8)))
        #expect(records.map(\.problem) == [nil, problem, nil])
        #expect(records.last?.texts == ["3", "4"])
        #expect(records.last?.row == 2)
    }

    @Test func reportsBytesThatAreNotUTF8() {
        let records = Array(CSVReader(Array("a,b\n".utf8) + [0x31, 0x2C, 0xFF, 0x0A] + Array("é,2\n".utf8)))
        #expect(records.map(\.problem) == [nil, .notUTF8, nil])
        #expect(records.map(\.texts) == [["a", "b"], ["1", "\u{FFFD}"], ["é", "2"]])
    }

    @Test func reportsAQuoteThatIsNeverClosed() {
        let records = Array(CSVReader(Array("a,b\n1,2\n\"3,4\n5,6\n".utf8)))
        #expect(records.map(\.problem) == [nil, nil, .unterminatedQuote(lastLine: 5)])
        #expect(records.last?.line == 3)
        #expect(records.last?.texts == ["3,4\n5,6\n"])
    }

    @Test func countsLinesThroughQuotedFields() {
        let records = Array(CSVReader(Array("a\n\n\"x\ny\"\nz\n".utf8)))
        #expect(records.map(\.line) == [1, 3, 5])
    }

    @Test func neverTrapsAndAlwaysAdvances() {
        let alphabet = Array("a,\"\n\r ".utf8) + [0xEF, 0xBB, 0xBF, 0xC3, 0xA9, 0xFF]
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let file = (0..<Int.random(in: 0...24)).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            var reader = CSVReader(file)
            var last = 0
            while let record = reader.next() {
                #expect(reader.bytesRead > last, "\(file)")
                last = reader.bytesRead
                #expect(record.texts.count == record.count)
            }
            #expect(reader.bytesRead == file.count || file.isEmpty, "\(file)")
        }
    }
}

import Testing

@testable import LoyaltyLedger

@Suite struct JSONReaderTests {
    @Test(
        "What is read is written back the same, without spaces",
        arguments: [
            ("{}", "{}"),
            (" [ ] ", "[]"),
            ("{ \"b\" : 1 ,\n\"a\" : [ true , false , null ] }", "{\"b\":1,\"a\":[true,false,null]}"),
            ("-0.5e+10", "-0.5e+10"),
            ("9223372036854775808", "9223372036854775808"),
            (#""\u0041\n\/\"\\\u00e9\ud83d\ude00""#, #""A\n/\"\\é😀""#),
            (#""\u0001""#, #""\u0001""#),
            ("\"\"", "\"\""),
        ]
    )
    func reads(text: String, written: String) throws {
        #expect(try JSONReader.read(Array(text.utf8)).text == written)
    }

    @Test(arguments: [
        ("", 1, 1), ("{", 1, 2), ("[1,]", 1, 4), ("[1 2]", 1, 4), ("{\"a\" 1}", 1, 6), ("{\"a\":1,}", 1, 8),
        ("01", 1, 2), ("1.", 1, 3), ("1e", 1, 3), ("-", 1, 2), (".5", 1, 1), ("NaN", 1, 1), ("tru", 1, 1),
        ("\"a", 1, 3), ("\"\\x\"", 1, 3), ("\"\\ud83d\"", 1, 8), ("\"\\u12\"", 1, 4), ("\"\n\"", 1, 2),
        ("{}{}", 1, 3), ("{\n  \"a\": 1,\n  \"a\": 2\n}", 3, 3), ("'a'", 1, 1), ("\"\\ud83d\\u0041\"", 1, 14),
    ])
    func namesThePlaceOfAProblem(text: String, line: Int, column: Int) {
        let problem = #expect(throws: JSONReader.Problem.self) { try JSONReader.read(Array(text.utf8)) }
        #expect(problem?.line == line && problem?.column == column, "\(String(describing: problem))")
    }

    @Test func refusesTextThatIsNotUTF8() {
        #expect(throws: JSONReader.Problem.self) { try JSONReader.read([0x22, 0xFF, 0x22]) }
    }

    @Test func refusesNestingWithoutEnd() {
        let text = String(repeating: "[", count: 100_000)
        #expect(throws: JSONReader.Problem.self) { try JSONReader.read(Array(text.utf8)) }
    }

    @Test func sortsKeysAtEveryLevel() {
        let value = JSONValue.object([
            .init("b", .array([.object([.init("z", .integer(1)), .init("é", .null), .init("a", .bool(true))])])),
            .init("a", .string("x")),
        ])
        #expect(value.sorted.text == "{\"a\":\"x\",\"b\":[{\"a\":true,\"z\":1,\"é\":null}]}")
    }
}

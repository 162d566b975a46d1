import Testing

@testable import loyalty

@Suite struct TextTableTests {
    @Test func alignsAndLeavesNoTrailingSpaces() {
        var table = TextTable()
        table.add([.init("card"), .init("stamps", isFlushRight: true), .init("note"), .init("n", isFlushRight: true)])
        table.add([.init("c1"), .init("7", isFlushRight: true), .init(""), .init("12", isFlushRight: true)])
        table.add([.init("c2"), .init("1000000", isFlushRight: true), .init(""), .init("")])
        table.add([.init(""), .init("", isFlushRight: true), .init("x"), .init("")])
        #expect(
            table.lines == [
                "card   stamps  note   n",
                "c1          7        12",
                "c2    1000000",
                "               x",
            ]
        )
    }

    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한", 2), ("😀", 2), ("❤️", 2), ("👩‍👩‍👧", 2), ("ﾊ", 1),
    ])
    func knowsHowWideTextIs(text: String, width: Int) {
        #expect(text.displayWidth == width)
    }

    @Test func showsControlCharactersAsPictures() {
        var table = TextTable()
        table.add([.init("a\u{1B}[31m\u{7F}\u{9B}")])
        #expect(table.lines == ["a␛[31m\u{FFFD}\u{FFFD}"])
    }
}

import Testing

@testable import loyalty

@Suite struct TextStyleTests {
    @Test(arguments: [
        (true, ["TERM": "xterm"], true),
        (true, ["TERM": "xterm", "NO_COLOR": ""], true),
        (true, ["TERM": "xterm", "NO_COLOR": "1"], false),
        (true, ["TERM": "dumb"], false),
        (false, ["TERM": "xterm"], false),
    ])
    func coloursOnlyATerminalThatWantsThem(isTerminal: Bool, environment: [String: String], isColoured: Bool) {
        let style = TextStyle(isTerminal: isTerminal, environment: environment)
        #expect(style.heading("x") == (isColoured ? "\u{1B}[1mx\u{1B}[0m" : "x"))
    }
}

import LoyaltyDomain
import Testing

@Suite("Identifiers")
struct IdentifierTests {
    @Test(
        "are any short text, kept to the letter",
        arguments: ["00004", "card 7", "Zoë", String(repeating: "x", count: 64)]
    )
    func valid(text: String) {
        #expect(CardID(text)?.text == text)
        #expect(CustomerID(text)?.text == text)
        #expect(ProgramID(text)?.text == text)
        #expect(Label(text)?.text == text)
    }

    @Test(
        "are neither empty, nor long, nor hold control characters",
        arguments: [
            "", "a\nb", "\u{0}", "tab\t", "\u{7f}", String(repeating: "x", count: 65),
            String(repeating: "ë", count: 33),
        ]
    )
    func invalid(text: String) {
        #expect(CardID(text) == nil)
        #expect(CustomerID(text) == nil)
        #expect(ProgramID(text) == nil)
        #expect(Label(text) == nil)
    }

    @Test("keep leading zeros apart")
    func zeros() {
        #expect(CardID("0001") != CardID("1"))
    }

    @Test("of cards are compared by their bytes, as they are sorted")
    func bytes() {
        let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
        #expect(composed == decomposed)
        #expect(CardID(composed) != CardID(decomposed))
        #expect(Set([composed, decomposed, composed].compactMap { CardID($0) }).count == 2)
    }
}

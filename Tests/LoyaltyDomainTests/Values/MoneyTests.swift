import LoyaltyDomain
import Testing

/// R1: whole minor units, no floating point.
@Suite("Money")
struct MoneyTests {
    @Test(
        "reads decimal text exactly",
        arguments: [
            ("27.50", 2750), ("27.5", 2750), ("27", 2700), ("0", 0), ("0.00", 0), ("0.01", 1), ("007.10", 710),
            ("10000000000000.00", 1_000_000_000_000_000),
        ] as [(String, Int64)]
    )
    func valid(text: String, minor: Int64) {
        #expect(Money(decimal: text, .dollars)?.minorUnits == MinorUnits(minor))
    }

    @Test(
        "refuses everything else",
        arguments: [
            "", ".", "5.", ".5", "1.005", "1e9", "-5", "+5", "12,50", "1 000", " 5", "5 ", "0x10", "1.2.3", "1..2",
            "\u{0665}",
            "NaN", "10000000000000.01", "99999999999999999999999", "5.-1", "１",
        ]
    )
    func invalid(text: String) {
        #expect(Money(decimal: text, .dollars) == nil)
    }

    @Test(
        "knows how many decimals a currency has",
        arguments: [
            ("JPY", "1500", 1500), ("KWD", "1.234", 1234), ("KWD", "1.2", 1200), ("EUR", "1.2", 120),
        ] as [(String, String, Int64)]
    )
    func currencies(code: String, text: String, minor: Int64) throws {
        let currency = try #require(Currency(code))
        #expect(Money(decimal: text, currency)?.minorUnits == MinorUnits(minor))
    }

    @Test("takes no decimals where there are none")
    func yen() {
        #expect(Money(decimal: "1500.0", .yen) == nil)
        #expect(Money(decimal: "1500.", .yen) == nil)
    }

    @Test(
        "writes what it reads",
        arguments: [
            (2750, "27.50 USD"), (5, "0.05 USD"), (0, "0.00 USD"), (-5, "-0.05 USD"),
            (.min, "-92233720368547758.08 USD"),
        ] as [(Int64, String)]
    )
    func description(minor: Int64, text: String) {
        #expect(Money(MinorUnits(minor), .dollars).description == text)
    }

    @Test("names a currency by three capital letters", arguments: ["usd", "US", "USDX", "U$D", "", "ÜSD"])
    func codes(code: String) {
        #expect(Currency(code) == nil)
    }

    @Test("counts what fits 32 bits")
    func counts() {
        #expect(Stamps(exactly: 5) == 5)
        #expect(Stamps(exactly: Int64(Int32.max) + 1) == nil)
        #expect(Stamps(3) < Stamps(4))
        #expect("\(Stamps(12))" == "12")
    }
}

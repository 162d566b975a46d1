// swift-format-ignore-file: NeverForceUnwrap

// Test literals are valid by construction.
import LoyaltyDomain
import Testing

/// The grammar of claims (DESIGN.md 7.8).
@Suite("Claims") struct ClaimTextTests {
    private static let usd = Currency("USD")!
    private static let day = LocalDay(year: 2026, month: 11, day: 20)!

    private static let good: [(String, Claim)] = [
        ("9 stamps on 2026-11-20", Claim(.stamps(9), on: day)),
        ("1 stamp on 2026-11-20 18:30", Claim(.stamps(1), on: day, minute: 1110)),
        ("0 rewards on 2026-11-20", Claim(.rewards(0), on: day)),
        ("1000000000 points on 2026-11-20", Claim(.points(.largest), on: day)),
        ("3 visits on 2026-11-20 00:00", Claim(.visits(3), on: day, minute: 0)),
        ("120.00 spent on 2026-11-20", Claim(.spent(MinorUnits(12_000)), on: day)),
        ("15.50 balance on 2026-11-20 23:59", Claim(.balance(MinorUnits(1550)), on: day, minute: 1439)),
        ("purchase 27.50 on 2026-11-20", Claim(.purchase(MinorUnits(2750), reference: nil), on: day)),
        (
            "purchase 27.50 on 2026-11-20 18:30 ref till 7/118",
            Claim(.purchase(MinorUnits(2750), reference: "till 7/118"), on: day, minute: 1110)
        ),
    ]

    @Test("what is written is read, and written again is the same", arguments: good.indices)
    func forms(index: Int) throws {
        let (text, claim) = Self.good[index]
        #expect(try Claim(reading: text, in: Self.usd) == claim)
        #expect(claim.text(in: Self.usd) == text)
    }

    @Test("spaces and short amounts do not matter")
    func lenient() throws {
        let claim = try Claim(reading: "  purchase  27.5\ton 2026-11-20   ref  R 1 ", in: Self.usd)
        #expect(claim.text(in: Self.usd) == "purchase 27.50 on 2026-11-20 ref R 1")
    }

    @Test(
        "what does not fit is named",
        arguments: [
            ("", "the claim is empty"), ("nine stamps on 2026-11-20", "nine is no whole number"),
            ("9", "the claim says 9, and not of what"),
            ("9 beans on 2026-11-20", "beans is nothing a claim can be about"),
            ("9 stamps", "names no day"), ("9 stamps on", "no date behind"),
            ("9 stamps on 2026-02-30", "no day of the"),
            ("9 stamps on 2026-11-20 25:10", "25:10 is no time of day"),
            ("9 stamps on 2026-11-20 6pm", "6pm is no time"),
            ("9 stamps on 2026-11-20 18:30 sharp", "sharp does not belong"),
            ("-9 stamps on 2026-11-20", "-9 is no whole"),
            ("12.345 spent on 2026-11-20", "12.345 is no amount in USD"), ("purchase on 2026-11-20", "on is no amount"),
            ("purchase 5 on 2026-11-20 ref", "must be 1 to 64 bytes"), ("9 stamps on 2026-11-20 ref R", "ref does not"),
            ("1000000001 stamps on 2026-11-20", "no whole number of at most 1000000000"),
            ("purchase", "names no amount"),
        ]
    )
    func problems(text: String, message: String) {
        #expect { try Claim(reading: text, in: Self.usd) } throws: { error in
            let problem = error as? ClaimProblem
            return problem?.message.contains(message) == true && problem?.hint.isEmpty == false
        }
    }
}

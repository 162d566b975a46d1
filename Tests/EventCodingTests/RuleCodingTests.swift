import LogFormat
import LoyaltyDomain
import Testing

@testable import EventCoding

/// Rules on disk (DESIGN.md 7.5): what came later lies behind what was there, and is absent at its default.
@Suite struct RuleCodingTests {
    private func version(_ rules: CardRules) throws -> ProgramCatalog.Version {
        ProgramCatalog.Version(
            version: RuleVersion(1),
            number: ProgramNumber(0),
            effectiveFrom: .earliest,
            program: Program(
                id: try #require(ProgramID("coffee")),
                currency: try #require(Currency("USD")),
                timeZone: "UTC",
                rules: rules
            )
        )
    }

    private func bytes(_ rules: CardRules) throws -> [UInt8] {
        var writer = ByteWriter(capacity: 64)
        writer.programVersion(try version(rules))
        return writer.bytes
    }

    private func read(_ bytes: [UInt8]) throws -> CardRules {
        var reader = ByteReader(bytes)
        let rules = try reader.programVersion().program.rules
        #expect(reader.isAtEnd)
        return rules
    }

    private static let stamps = CardRules.stampCard(mechanic: .visit(stamps: 1), stampsPerReward: 5)

    @Test(
        "every view of a history comes back, on a plain stamp card and on another",
        arguments: CustomerHistoryView.allCases
    )
    func views(view: CustomerHistoryView) throws {
        for plain in [Self.stamps, .giftCard()] {
            var rules = plain
            rules.customerHistory = view
            #expect(try read(try bytes(rules)) == rules)
        }
    }

    @Test("rules that were written before there were views show figures, and are written as they were")
    func older() throws {
        let older = try bytes(.giftCard())
        #expect(try read(older).customerHistory == .summary)
        var rules = CardRules.giftCard()
        rules.customerHistory = .entries
        #expect(try bytes(rules) == older + [1, 2])
        #expect(try bytes(Self.stamps).count < (try bytes(rules).count))
    }

    @Test(
        "a later part at its default, twice, or of an unknown number is damage",
        arguments: [[1, 1], [1, 2, 1, 2], [2, 0], [1]]
    )
    func damage(tail: [UInt8]) throws {
        let older = try bytes(.giftCard())
        #expect(throws: (any Error).self) {
            var reader = ByteReader(older + tail)
            _ = try reader.programVersion()
            try reader.finish()
        }
    }
}

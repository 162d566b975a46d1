import Foundation
import Testing

/// S84, DESIGN.md 7.1: a card type is a choice of parts, so that a new one touches one folder.
@Suite struct CardTypeTests {
    private static let sources = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Sources")

    @Test(
        "nothing outside the folder of card types names one of them: everything asks for parts",
        arguments: ["LoyaltyDomain", "EventCoding", "Projections", "LoyaltyLedger", "LedgerImport", "loyalty"]
    )
    func namesNoType(target: String) throws {
        let folder = Self.sources.appendingPathComponent(target)
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var count = 0
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift", !file.path.contains("/CardTypes/") else { continue }
            count += 1
            let text = try String(contentsOf: file, encoding: .utf8)
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let code = line.prefix { $0 != "/" }
                let names = code.matches(of: /CardType\.(\w+)|\btype [!=]= \.(\w+)/)
                    .compactMap { $0.output.1 ?? $0.output.2 }
                    .filter { Self.types.contains(String($0)) }
                #expect(names.isEmpty, "\(file.lastPathComponent):\(number + 1): \(line)")
            }
        }
        #expect(count > 0)
    }

    @Test("the folder of card types has them all")
    func hasEveryType() {
        #expect(Self.types.isSuperset(of: ["stamp", "coupon", "gift", "membership"]))
        #expect(Self.types.count >= 8)
    }

    /// The cases of `CardType`.
    private static let types: Set<String> = {
        let file = sources.appendingPathComponent("LoyaltyDomain/CardTypes/CardType.swift")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return Set(text.matches(of: /case (\w+) = [0-9]+/).map { String($0.output.1) })
    }()
}

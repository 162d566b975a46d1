import Foundation
import Testing

/// R1: amounts, stamps, rewards and visits are integers everywhere.
@Suite struct IntegerTests {
    private static let sources = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Sources")

    @Test(
        "no source of rules, coding or reports knows a floating-point number (R1)",
        arguments: [
            "LoyaltyDomain", "EventCoding", "Projections", "LedgerImport",
        ]
    )
    func noFloatingPoint(target: String) throws {
        let folder = Self.sources.appendingPathComponent(target)
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var count = 0
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            count += 1
            let text = try String(contentsOf: file, encoding: .utf8)
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let code = line.prefix { $0 != "/" }
                #expect(
                    code.firstMatch(of: /\b(Double|Float|Float16|CGFloat|Decimal)\b/) == nil,
                    "\(file.lastPathComponent):\(number + 1): \(line)"
                )
            }
        }
        #expect(count > 0)
    }
}

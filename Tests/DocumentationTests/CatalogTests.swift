import Foundation
import Testing

/// The code in the articles of the catalog is code that compiles: `Examples` holds it, line for line.
@Suite struct CatalogTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func files(in directory: String, ending suffix: String) throws -> [URL] {
        let names = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: directory).path)
        return names.filter { $0.hasSuffix(suffix) }.sorted().map { root.appending(path: "\(directory)/\($0)") }
    }

    /// The lines of a text that say something, without their indentation.
    private static func lines(_ text: some StringProtocol) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    @Test("every example of every article stands in a file of Examples")
    func examples() throws {
        let code = try Self.files(in: "Tests/DocumentationTests/Examples", ending: ".swift")
            .map { Self.lines(try String(contentsOf: $0, encoding: .utf8)) }
        let articles = try Self.files(in: "Sources/LoyaltyLedger/LoyaltyLedger.docc", ending: ".md")
        #expect(articles.count > 1)
        for article in articles {
            let text = try String(contentsOf: article, encoding: .utf8)
            for block in text.components(separatedBy: "```swift\n").dropFirst() {
                let example = Self.lines(block.components(separatedBy: "```")[0])
                let isThere = code.contains { $0.contains(example) }
                #expect(isThere, "\(article.lastPathComponent) shows code that is not compiled: \(example.first ?? "")")
            }
        }
    }

    @Test("every article is listed on the catalog's first page")
    func topics() throws {
        let articles = try Self.files(in: "Sources/LoyaltyLedger/LoyaltyLedger.docc", ending: ".md")
        let names = articles.map { $0.deletingPathExtension().lastPathComponent }
        let first = try #require(articles.first { $0.lastPathComponent == "LoyaltyLedger.md" })
        let text = try String(contentsOf: first, encoding: .utf8)
        for name in names where name != "LoyaltyLedger" { #expect(text.contains("<doc:\(name)>"), "\(name)") }
    }
}

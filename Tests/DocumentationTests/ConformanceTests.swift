import Foundation
import Testing

/// Every feature, rule, refinement and invariant has a row in `Tests/Conformance.md`, whose tests exist.
@Suite struct ConformanceTests {
    private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

    /// The rows of the table: number, and what stands in its last column.
    private static func rows() throws -> [(number: String, shownBy: String)] {
        let text = try String(contentsOf: tests.appendingPathComponent("Conformance.md"), encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 5, cells[1].wholeMatch(of: /[SRDI][0-9]+/) != nil else { return nil }
            return cells[2].isEmpty ? (cells[1], "") : (cells[1], cells[3])
        }
    }

    /// The names of all test functions, as `Suite.function`.
    private static func functions() throws -> Set<String> {
        let files = FileManager.default.enumerator(at: tests, includingPropertiesForKeys: nil)
        var found: Set<String> = []
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            var suite = ""
            var isTest = false
            for line in text.split(separator: "\n") {
                if let match = line.firstMatch(of: /(?:struct|class) (\w+)/) { suite = String(match.1) }
                if line.contains("@Test") { isTest = true }
                guard isTest, let match = line.firstMatch(of: /func (\w+)\(/) else { continue }
                found.insert("\(suite).\(match.1)")
                isTest = false
            }
        }
        return found
    }

    @Test("there is one row for each of S1-S84, R1-R20, D1-D28 and I1-I10, in order")
    func everyRow() throws {
        let expected = [("S", 84), ("R", 20), ("D", 28), ("I", 10)].flatMap { prefix, count in
            (1...count).map { "\(prefix)\($0)" }
        }
        #expect(try Self.rows().map(\.number) == expected)
    }

    @Test("no row is empty, and every test that one names exists")
    func everyTest() throws {
        let functions = try Self.functions()
        for row in try Self.rows() {
            let named = row.shownBy.matches(of: /`([^`]+)`/).map { String($0.1) }
            #expect(!named.isEmpty || row.shownBy.hasPrefix("elsewhere: "), "\(row.number) names nothing")
            for name in named { #expect(functions.contains(name), "\(row.number) names \(name), which is no test") }
        }
    }

    @Test("what the ledger owns is shown here: 68 of the features")
    func owned() throws {
        let elsewhere = try Self.rows().filter { $0.number.hasPrefix("S") && $0.shownBy.hasPrefix("elsewhere: ") }
        #expect(elsewhere.count == 16)
    }
}

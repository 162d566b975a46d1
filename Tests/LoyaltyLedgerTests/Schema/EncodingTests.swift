import Foundation
import LogFormat
import LoyaltyLedger
import Testing

@testable import EventCoding

/// The bytes of events never change: `Fixtures/golden/encodings.txt` has some of every type, action, refusal and layout.
///
/// `RECORD_FIXTURES=1 swift test --filter EncodingTests` adds lines that are missing, and changes none that is there.
@Suite struct EncodingTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let file = root.appendingPathComponent("Fixtures/golden/encodings.txt")
    private static let isRecording = ProcessInfo.processInfo.environment["RECORD_FIXTURES"] == "1"

    private static func pinned() throws -> [String] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    private static func bytes(_ hex: Substring) -> [UInt8] {
        var digits = hex[...]
        var bytes: [UInt8] = []
        while let byte = UInt8(digits.prefix(2), radix: 16) {
            bytes.append(byte)
            digits = digits.dropFirst(2)
        }
        return bytes
    }

    @Test("what is pinned is read, and written again, as the same bytes", .enabled(if: !isRecording))
    func reads() throws {
        for line in try Self.pinned() {
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
            let bytes = Self.bytes(parts[1])
            #expect(bytes.count == parts[1].utf8.count / 2)
            let again = try? EncodingSample.rewritten(parts[0], bytes)
            #expect(
                again == bytes,
                """
                \(parts[0]): these bytes lie in ledgers and are no longer read as what they were. A layout never changes: give \
                the new one a number of its own in CardEventType or LedgerEventType, a line in DESIGN.md 7.4, and leave \
                this one to a SupersededLayout (DESIGN.md section 9).
                """
            )
        }
    }

    @Test("what this version writes is pinned", .enabled(if: !isRecording))
    func writes() throws {
        let pinned = Set(try Self.pinned())
        for sample in EncodingSample.all {
            #expect(
                pinned.contains(sample.line),
                """
                \(sample.key) is written as bytes that are not pinned. If its layout was changed: it must not be; give the new one \
                a number of its own (DESIGN.md section 9). If it is new, or the sample is: add it with \
                RECORD_FIXTURES=1 swift test --filter EncodingTests, in the same commit.
                """
            )
        }
    }

    @Test("every type, action and refusal is pinned, and every layout of rules", .enabled(if: !isRecording))
    func isComplete() throws {
        let keys = Set(try Self.pinned().compactMap { $0.split(separator: "\t").first.map(String.init) })
        for layout in EventSchema.card { #expect(keys.contains("card \(layout.number) \(layout.name)")) }
        for layout in EventSchema.ledger { #expect(keys.contains("ledger \(layout.number) \(layout.name)")) }
        for number in 1...43 { #expect(keys.contains("action \(number)")) }
        for number in 1...46 { #expect(keys.contains("refusal \(number)")) }
    }

    @Test("adds what is missing", .enabled(if: isRecording))
    func record() throws {
        var lines = (try? Self.pinned()) ?? []
        for sample in EncodingSample.all where !lines.contains(sample.line) { lines.append(sample.line) }
        try (lines.joined(separator: "\n") + "\n").write(to: Self.file, atomically: true, encoding: .utf8)
        Issue.record("lines were added; look at the difference and run again without RECORD_FIXTURES")
    }

    @Test("numbers are unique, and each event has one newest layout")
    func schema() {
        for schema in [EventSchema.card, EventSchema.ledger] {
            #expect(Set(schema.map(\.number)).count == schema.count)
            #expect(schema.allSatisfy { $0.number > 0 && $0.number < EventSchema.firstUnassigned })
            for (name, layouts) in Dictionary(grouping: schema, by: \.name) {
                #expect(layouts.filter { $0.supersededBy == nil }.count == 1, "\(name)")
                #expect(layouts.map(\.layout).sorted() == Array(1...layouts.count), "\(name)")
            }
        }
        #expect(EventSchema.card.filter { $0.supersededBy != nil }.map(\.number) == [4, 5, 12])
        #expect(EventSchema.newestType == 63)
    }

    @Test("DESIGN.md 7.4 lists every type under its name")
    func design() throws {
        let text = try String(contentsOf: Self.root.appendingPathComponent("DESIGN.md"), encoding: .utf8)
        var documented: [UInt64: String] = [:]
        for row in text.split(separator: "\n") {
            let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count >= 3 else { continue }
            let numbers = cells[0].split(separator: ", ").compactMap { UInt64($0) }
            let names = cells[1].split(separator: ", ").map(String.init)
            guard !numbers.isEmpty, names.allSatisfy({ $0.allSatisfy(\.isLetter) }) else { continue }
            for (index, number) in numbers.enumerated() {
                documented[number] = documented[number] ?? (names.count == numbers.count ? names[index] : names[0])
            }
        }
        for layout in EventSchema.card { #expect(documented[layout.number] == layout.name, "type \(layout.number)") }
    }
}

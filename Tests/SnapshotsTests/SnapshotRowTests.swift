import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import Snapshots
import SystemPackage
import Testing

/// Rows F of the decision table in DESIGN.md section 5: a snapshot that does not serve is passed over, and the one before serves.
@Suite struct SnapshotRowTests {
    /// A shelf with a good snapshot at 10 and one at 20 that is damaged.
    private func shelf(_ damage: (Shelf) throws -> Void) throws -> Shelf {
        let shelf = try Shelf()
        try shelf.store.write(Shelf.noise(300), shelf.binding(at: 10))
        try shelf.store.write(Shelf.noise(400), shelf.binding(at: 20))
        try damage(shelf)
        return shelf
    }

    private func passesOver(
        _ reasons: [SnapshotProblem.Reason],
        _ row: String,
        _ search: SnapshotSearch<[UInt8]>,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(search.passedOver.map(\.reason) == reasons, sourceLocation: sourceLocation)
        #expect(search.passedOver.map(\.reason.row) == reasons.map { _ in row }, sourceLocation: sourceLocation)
        #expect(search.found?.state == Shelf.noise(300), sourceLocation: sourceLocation)
        #expect(search.found?.binding.position == Position(rawValue: 10), sourceLocation: sourceLocation)
        for problem in search.passedOver {
            #expect(problem.expected != problem.found, sourceLocation: sourceLocation)
            #expect(problem.file.string.hasSuffix("0000000000000014.snapshot"), sourceLocation: sourceLocation)
        }
    }

    private func header(_ change: (inout SnapshotBinding) -> Void, in shelf: Shelf) throws {
        var binding = shelf.binding(at: 20)
        change(&binding)
        // On a shelf of its own, as writing clears away what cannot serve beside it.
        let other = try Shelf()
        try other.store.write(Shelf.noise(400), binding)
        let bytes = try #require(other.disk.bytes(of: shelf.file(20)))
        shelf.disk.tamper(with: shelf.file(20)) { $0 = bytes }
    }

    @Test("F1: a snapshot that is damaged or cannot be read is passed over")
    func damaged() throws {
        let flipped = try shelf { $0.disk.tamper(with: $0.file(20)) { $0[200] ^= 1 } }
        passesOver([.damaged], "F1", flipped.newest())
        let short = try shelf { $0.disk.tamper(with: $0.file(20)) { $0.removeLast() } }
        passesOver([.damaged], "F1", short.newest())
        let refused = try shelf { _ in }
        // exists, list, open
        refused.disk.failCall(3)
        passesOver([.unreadable], "F1", refused.newest())
    }

    @Test(
        "F2: a snapshot of another format is passed over",
        arguments: [(1, .olderFormat), (99, .newerFormat)] as [(UInt8, SnapshotProblem.Reason)]
    )
    func otherFormat(version: UInt8, reason: SnapshotProblem.Reason) throws {
        let shelf = try shelf { shelf in
            shelf.disk.tamper(with: shelf.file(20)) { bytes in
                bytes[8] = version
                bytes[10] = version
                var writer = ByteWriter()
                writer.u32(CRC32C.checksum(bytes, in: 0..<124))
                bytes.replaceSubrange(124..<128, with: writer.bytes)
            }
        }
        passesOver([reason], "F2", shelf.newest())
    }

    @Test("F3: a snapshot of another log is passed over")
    func foreign() throws {
        let shelf = try shelf { shelf in
            try header({ $0.logID = LogID([UInt8](repeating: 9, count: 16)) ?? $0.logID }, in: shelf)
        }
        passesOver([.foreign], "F3", shelf.newest())
    }

    @Test("F4: a snapshot of another version of the fold is passed over")
    func otherFold() throws {
        passesOver([.otherFold], "F4", try shelf { try header({ $0.foldVersion = 7 }, in: $0) }.newest())
    }

    @Test("F5: a snapshot at a position where no batch ends is passed over")
    func notInLog() throws {
        let shelf = try shelf { _ in }
        passesOver([.notInLog], "F5", shelf.newest { $0.rawValue == 20 ? nil : Shelf.hash(1) })
    }

    @Test("F6: a snapshot of another history is passed over")
    func otherHistory() throws {
        let shelf = try shelf { _ in }
        passesOver([.otherHistory], "F6", shelf.newest { Shelf.hash($0.rawValue == 20 ? 2 : 1) })
    }

    @Test("F7: a snapshot whose state cannot be understood is passed over")
    func undecodable() throws {
        let shelf = try shelf { _ in }
        let search = shelf.store.newest(
            matching: shelf.logID,
            foldVersion: 1,
            chainHashAt: { _ in Shelf.hash(1) },
            decoding: { snapshot throws(DecodingFailure) -> [UInt8] in
                guard snapshot.state.count == 300 else {
                    throw DecodingFailure(offset: 0, expected: "300 bytes", found: "\(snapshot.state.count)")
                }
                return snapshot.state
            }
        )
        passesOver([.undecodable], "F7", search)
    }

    @Test("every row has a test that is named for it, and stands in DESIGN.md")
    func rows() throws {
        let rows = Set(SnapshotProblem.Reason.allCases.map(\.row))
        let source = try text(FilePath(#filePath))
        #expect(Set(source.matches(of: #/@Test\(\s*"(F[0-9]+): /#).map { "\($0.output.1)" }) == rows)
        let repository = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
        let design = try text(repository.appending("DESIGN.md"))
        #expect(Set(design.matches(of: #/\n\| (F[0-9]+) \|/#).map { "\($0.output.1)" }) == rows)
    }

    private func text(_ path: FilePath) throws -> String {
        String(decoding: try POSIXStorage().contents(of: path, limit: 1 << 22), as: UTF8.self)
    }
}

import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import Snapshots
import SystemPackage
import Testing

@Suite struct SnapshotStoreTests {
    @Test(arguments: [0, 1, 100, 1 << 20, (1 << 20) + 1, 3 << 20])
    func comesBackAsWritten(byteCount: Int) throws {
        let shelf = try Shelf()
        for state in [Shelf.noise(byteCount), [UInt8](repeating: 7, count: byteCount)] {
            try shelf.store.write(state, shelf.binding(at: 41))
            let search = shelf.newest()
            #expect(search.found?.state == state)
            #expect(search.found?.binding == shelf.binding(at: 41))
            #expect(search.passedOver.isEmpty)
        }
    }

    @Test func anEmptyOrMissingDirectoryHasNone() throws {
        let shelf = try Shelf()
        #expect(shelf.newest().found == nil)
        #expect(shelf.newest().passedOver.isEmpty)
        try shelf.disk.createDirectory(shelf.store.directory)
        #expect(shelf.newest().found == nil)
    }

    @Test func keepsTheNewestTwo() throws {
        let shelf = try Shelf()
        for position in [5, 9, 1000, 70_000] { try shelf.store.write([1], shelf.binding(at: UInt64(position))) }
        #expect(try shelf.store.positions().map(\.rawValue) == [70_000, 1000])
        let names = try shelf.disk.list(shelf.store.directory).sorted()
        #expect(names == ["00000000000003e8.snapshot", "0000000000011170.snapshot"])
    }

    @Test func oneThatCannotServeTakesNoPlace() throws {
        let shelf = try Shelf()
        try shelf.store.write([1], shelf.binding(at: 1))
        try shelf.store.write([2], shelf.binding(at: 2))
        shelf.disk.tamper(with: shelf.file(2)) { $0[20] ^= 1 }
        try shelf.store.write([3], shelf.binding(at: 3))
        #expect(try shelf.store.positions().map(\.rawValue) == [3, 1])
    }

    @Test func oneBeyondTheLogGoesWithTheNextOne() throws {
        let shelf = try Shelf()
        try shelf.store.write([1], shelf.binding(at: 900))
        try shelf.store.write([2], shelf.binding(at: 3))
        #expect(try shelf.store.positions().map(\.rawValue) == [3])
    }

    @Test func unfinishedFilesGoWithTheNextOne() throws {
        let shelf = try Shelf()
        try shelf.store.write([1], shelf.binding(at: 1))
        _ = try shelf.disk.createFile(shelf.store.directory.appending("0000000000000009.snapshot.tmp"), size: 10)
        #expect(shelf.newest().found?.state == [1])
        try shelf.store.write([2], shelf.binding(at: 2))
        #expect(try shelf.disk.list(shelf.store.directory).count == 2)
    }

    @Test func passesOverWhatDoesNotServe() throws {
        let shelf = try Shelf()
        try shelf.store.write([1], shelf.binding(at: 10))
        try shelf.store.write([2], shelf.binding(at: 20))
        let other = try #require(LogID([UInt8](repeating: 9, count: 16)))

        var search = shelf.store.newest(matching: other, foldVersion: 1) { _ in Shelf.hash(1) }
        #expect(search.found == nil)
        #expect(search.passedOver.map(\.reason) == [.foreign, .foreign])

        search = shelf.store.newest(matching: shelf.logID, foldVersion: 2) { _ in Shelf.hash(1) }
        #expect(search.passedOver.map(\.reason) == [.otherFold, .otherFold])
        #expect(search.passedOver.first?.expected == "fold version 2")
        #expect(search.passedOver.first?.found == "1")

        search = shelf.newest { $0.rawValue <= 15 ? Shelf.hash(1) : nil }
        #expect(search.found?.state == [1])
        #expect(search.passedOver.map(\.reason) == [.notInLog])
        #expect(search.passedOver.first?.file == shelf.file(20))

        search = shelf.newest { $0.rawValue <= 15 ? Shelf.hash(1) : Shelf.hash(2) }
        #expect(search.found?.state == [1])
        #expect(search.passedOver.map(\.reason) == [.otherHistory])
    }

    @Test func aStateThatCannotBeDecodedIsPassedOver() throws {
        let shelf = try Shelf()
        try shelf.store.write([1], shelf.binding(at: 10))
        try shelf.store.write([2], shelf.binding(at: 20))
        let search = shelf.store.newest(
            matching: shelf.logID,
            foldVersion: 1,
            chainHashAt: { _ in Shelf.hash(1) },
            decoding: { snapshot throws(DecodingFailure) in
                guard snapshot.state == [1] else { throw DecodingFailure(offset: 0, expected: "1", found: "2") }
                return "one"
            }
        )
        #expect(search.found?.state == "one")
        #expect(search.passedOver.map(\.reason) == [.undecodable])
    }

    @Test func oneOfANewerFormatIsPassedOver() throws {
        let shelf = try Shelf()
        try shelf.store.write([1], shelf.binding(at: 10))
        shelf.disk.tamper(with: shelf.file(10)) { bytes in
            bytes[8] = 3
            bytes[10] = 3
            let checksum = CRC32C.checksum(bytes, in: 0..<124)
            for index in 0..<4 { bytes[124 + index] = UInt8(truncatingIfNeeded: checksum >> (8 * index)) }
        }
        #expect(shelf.newest().passedOver.map(\.reason) == [.newerFormat])
    }

    @Test func oneUnderAnotherNameIsPassedOver() throws {
        let shelf = try Shelf()
        try shelf.store.write([1], shelf.binding(at: 10))
        try shelf.disk.rename(shelf.file(10), to: shelf.file(11))
        #expect(shelf.newest().passedOver.map(\.reason) == [.damaged])
    }
}

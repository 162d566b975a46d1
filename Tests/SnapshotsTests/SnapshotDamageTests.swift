import LogFormat
import LogStorage
import LoyaltyLedgerTesting
import Snapshots
import SystemPackage
import Testing

@Suite struct SnapshotDamageTests {
    /// A state to be damaged; a name, so that a test's arguments stay readable.
    enum Sample: String, CaseIterable {
        case empty
        case noise
        case compressible
        /// Two chunks, the first of them compressed and the second stored.
        case twoChunks

        var state: [UInt8] {
            switch self {
            case .empty: []
            case .noise: Shelf.noise(300)
            case .compressible: [UInt8](repeating: 3, count: 5000)
            case .twoChunks: [UInt8](repeating: 3, count: 1 << 20) + Shelf.noise(300)
            }
        }

        /// How far apart the bytes are that are tried.
        var step: Int { self == .twoChunks ? 61 : 1 }
    }

    private static func filled(_ state: [UInt8]) throws -> (shelf: Shelf, bytes: [UInt8]) {
        let shelf = try Shelf()
        try shelf.store.write(state, shelf.binding(at: 10))
        return (shelf, try #require(shelf.disk.bytes(of: shelf.file(10))))
    }

    @Test(arguments: Sample.allCases)
    func everyFlippedByteIsFound(sample: Sample) throws {
        let state = sample.state
        let (shelf, bytes) = try Self.filled(state)
        for index in stride(from: 0, to: bytes.count, by: sample.step) {
            shelf.disk.tamper(with: shelf.file(10)) { $0[index] ^= 0x41 }
            let search = shelf.newest()
            #expect(search.found == nil, "byte \(index)")
            #expect(search.passedOver.map(\.reason) == [.damaged], "byte \(index)")
            shelf.disk.tamper(with: shelf.file(10)) { $0[index] ^= 0x41 }
        }
        #expect(shelf.newest().found?.state == state)
    }

    @Test(arguments: Sample.allCases)
    func everyTruncationIsFound(sample: Sample) throws {
        let state = sample.state
        let (shelf, bytes) = try Self.filled(state)
        for count in stride(from: 0, to: bytes.count, by: sample.step) {
            shelf.disk.tamper(with: shelf.file(10)) { $0 = Array(bytes[..<count]) }
            #expect(shelf.newest().passedOver.map(\.reason) == [.damaged], "\(count) bytes")
        }
        shelf.disk.tamper(with: shelf.file(10)) { $0 = bytes + [0] }
        #expect(shelf.newest().passedOver.map(\.reason) == [.damaged])
        shelf.disk.tamper(with: shelf.file(10)) { $0 = bytes }
        #expect(shelf.newest().found?.state == state)
    }

    @Test func aChunkOfAnotherSnapshotIsFound() throws {
        let shelf = try Shelf()
        try shelf.store.write(Shelf.noise(500), shelf.binding(at: 10))
        try shelf.store.write(Array(Shelf.noise(500).reversed()), shelf.binding(at: 11))
        let other = try #require(shelf.disk.bytes(of: shelf.file(11)))
        shelf.disk.tamper(with: shelf.file(10)) { $0.replaceSubrange(128..., with: other[128...]) }
        let search = shelf.newest { $0.rawValue == 10 ? Shelf.hash(1) : nil }
        #expect(search.found == nil)
        #expect(search.passedOver.map(\.reason) == [.notInLog, .damaged])
    }

    @Test func chunksInAnotherOrderAreFound() throws {
        let shelf = try Shelf()
        let state = Shelf.noise(2 << 20)
        try shelf.store.write(state, shelf.binding(at: 10))
        let chunk = 16 + (1 << 20)
        shelf.disk.tamper(with: shelf.file(10)) { bytes in
            let first = Array(bytes[128..<128 + chunk])
            bytes.replaceSubrange(128..<128 + chunk, with: bytes[(128 + chunk)...])
            bytes.replaceSubrange((128 + chunk)..., with: first)
        }
        #expect(shelf.newest().passedOver.map(\.reason) == [.damaged])
    }

    @Test func aProblemNamesPlaceAndBytes() throws {
        let (shelf, bytes) = try Self.filled(Sample.twoChunks.state)
        shelf.disk.tamper(with: shelf.file(10)) { $0[bytes.count - 1] ^= 1 }
        let problem = try #require(shelf.newest().passedOver.first)
        #expect(problem.file == shelf.file(10))
        #expect(problem.offset == bytes.count - 300)
        #expect(problem.expected.contains("chunk 1"))
        #expect(problem.description.contains("damaged"))
    }

    /// Chunks are read by several threads; what is told of them is what one thread would have met first.
    @Test(arguments: [[0, 1], [1, 2], [0, 2], [0, 1, 2]], [false, true])
    func ofSeveralBadChunksTheFirstIsTold(damaged: [Int], inItsFrame: Bool) throws {
        let (shelf, _) = try Self.filled(Shelf.noise(3 << 20))
        let chunk = 16 + (1 << 20)
        shelf.disk.tamper(with: shelf.file(10)) { bytes in
            for number in damaged {
                // The last of them in its frame or not, the others in their bytes.
                let isFrame = inItsFrame && number == damaged.last
                bytes[128 + number * chunk + (isFrame ? 5 : 500)] ^= 1
            }
        }
        let problem = try #require(shelf.newest().passedOver.first)
        #expect(problem.reason == .damaged)
        #expect(problem.offset == 128 + damaged[0] * chunk + 16)
    }

    /// Zeros take a 255th: such a state is unpacked a few chunks at a time.
    @Test func aStateThatIsMuchDenserThanUsualIsReadAsWell() throws {
        var state = [UInt8](repeating: 0, count: 66 << 20)
        for index in stride(from: 0, to: state.count, by: 999_983) { state[index] = UInt8(truncatingIfNeeded: index) }
        let (shelf, bytes) = try Self.filled(state)
        #expect(bytes.count < state.count / 200)
        #expect(shelf.newest().found?.state == state)
        shelf.disk.tamper(with: shelf.file(10)) { $0[bytes.count - 1] ^= 1 }
        #expect(try #require(shelf.newest().passedOver.first).expected.contains("chunk 65"))
    }
}

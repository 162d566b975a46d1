import EventLog
import LogFormat
import LoyaltyLedgerTesting
import SystemPackage

/// A copy of the golden ledger with one thing done to it.
struct DamagedCopy {
    var name: String
    var disk: MemoryDisk
    /// The first byte that changed, and the number of its segment; nil where it is no segment's byte.
    var place: (segment: Int, offset: Int)?

    private let golden: [LogDescription.Segment]

    init(
        _ name: String,
        _ disk: MemoryDisk,
        of golden: [LogDescription.Segment],
        place: (segment: Int, offset: Int)? = nil
    ) {
        self.name = name
        self.disk = disk
        self.place = place
        self.golden = golden
    }

    /// What lies at a byte of a file: the header of a segment, the place of its seal, one of its batches, or what is behind them.
    func region(at offset: Int, of file: String) -> String {
        guard let number = golden.firstIndex(where: { $0.file.string.hasSuffix(file) }) else { return "the file" }
        let segment = golden[number]
        let size = disk[segment.file]?.count ?? 0
        // Whatever ends a segment that others follow stands where its seal should.
        if number + 1 < golden.count, offset >= size - BatchHeader.emptyBatchByteCount { return "the seal" }
        if offset < SegmentHeader.byteCount { return "the header" }
        if offset >= segment.usedByteCount { return "behind the batches" }
        return "batch \(segment.batches.count { $0.offset <= offset })"
    }
}

/// The golden ledger, and what can be done to it.
struct DamageWorkshop {
    let golden: MemoryDisk
    let segments: [LogDescription.Segment]
    private let manifest: Manifest

    init() throws {
        golden = try GoldenLog.stamps.stored()
        let description = try EventLog.describe(at: GoldenLog.root, storage: golden)
        segments = description.segments
        manifest = try Manifest.decode(golden[Self.manifestFile] ?? [])
    }

    private static let manifestFile = GoldenLog.root.appending("MANIFEST")

    var all: [DamagedCopy] {
        harmless + flips + truncations + zeroedSectors + garbage + wholeFiles + manifests
    }

    /// The end of the last good batch of a segment.
    func end(of segment: Int) -> Int { segments[segment].usedByteCount }

    private func copy(_ name: String, _ change: (MemoryDisk) -> Void) -> DamagedCopy {
        let disk = MemoryDisk(copying: golden)
        change(disk)
        return DamagedCopy(name, disk, of: segments)
    }

    private func change(
        _ name: String,
        _ segment: Int,
        at offset: Int,
        _ change: (inout [UInt8]) -> Void
    ) -> DamagedCopy {
        let disk = MemoryDisk(copying: golden)
        disk.tamper(with: segments[segment].file, change)
        let name = "\(name) of segment \(segment) at \(offset)"
        return DamagedCopy(name, disk, of: segments, place: (segment, offset))
    }

    private var harmless: [DamagedCopy] {
        let log = segments[0].file.removingLastComponent()
        return [
            copy("nothing") { _ in },
            copy("all derived files deleted") { disk in
                for path in disk.paths where path.extension != "segment" { disk.lose(path) }
            },
            copy("unfinished and cut files") { disk in
                disk.put([1], at: log.appending("0000000000000400.segment.tmp"))
                disk.put([1], at: log.appending("000000000000022d.torn-00001200"))
            },
            copy("the end of a roll that was interrupted") { disk in
                disk.lose(segments[2].file)
                disk.lose(Self.manifestFile)
            },
        ]
    }

    /// A flipped bit in every region of a header and of several batches, in a sealed and in the active segment.
    private var flips: [DamagedCopy] {
        [0, 2].flatMap { number in
            let batches = segments[number].batches
            let marker = batches.firstIndex { $0.header.kind == .marker } ?? 0
            let chosen = [batches[marker], batches[marker + 1], batches[batches.count - 1]]
            let offsets = [0, 9, 44, 300, 509] + chosen.flatMap(regions)
            return offsets.enumerated().map { index, offset in
                change("flip", number, at: offset) { $0[offset] ^= 1 << UInt8(index % 8) }
            }
        }
    }

    /// A byte of each part of a batch.
    private func regions(of batch: LogDescription.Batch) -> [Int] {
        let header = [0, 5, 9, 45, 52, 70, 93].map { batch.offset + $0 }
        let trailer = [batch.offset + batch.header.length - 7, batch.offset + batch.header.length - 2]
        guard batch.header.kind == .events else { return [header[2], header[5]] + trailer }
        return header + [batch.offset + 99, batch.offset + 152, batch.offset + batch.header.length - 30] + trailer
    }

    private var truncations: [DamagedCopy] {
        [0, 2].flatMap { number in
            let batch = segments[number].batches[7]
            let last = segments[number].batches[segments[number].batches.count - 1]
            let size = segments[number].byteCount
            let sizes = [
                0, 100, 512, batch.offset, batch.offset + 40, batch.offset + 130, last.offset, last.offset + 50,
            ]
            return (sizes + [size - 1]).map { count in
                change("truncation", number, at: count) { $0.removeLast($0.count - count) }
            }
        }
    }

    /// Sectors of the last batch, which is above every promise, and of batches below one.
    private var zeroedSectors: [DamagedCopy] {
        let last = segments[2].batches[segments[2].batches.count - 1]
        let end = last.offset + last.header.length
        let sector = (last.offset + 511) / 512 * 512
        let ranges = [
            last.offset..<end, last.offset..<sector, sector..<end, last.offset + 8..<end, end - 8..<end,
            last.offset + 96..<end, 1024..<1536, segments[2].batches[3].offset..<end,
        ]
        return ranges.map { range in
            change("zeros up to \(range.upperBound)", 2, at: range.lowerBound) { bytes in
                for index in range { bytes[index] = 0 }
            }
        }
    }

    private var garbage: [DamagedCopy] {
        let ends = [end(of: 2), end(of: 2) + 8, end(of: 2) + 700, segments[2].byteCount - 8]
        let behind = ends.map { offset in
            change("garbage", 2, at: offset) { bytes in
                for index in 0..<8 { bytes[offset + index] = UInt8(index + 1) }
            }
        }
        let seals = [0, 1].map { number in
            change("bytes behind the seal", number, at: end(of: number)) { $0 += [UInt8](repeating: 7, count: 64) }
        }
        let moved = change("a batch that was already there", 2, at: end(of: 2)) { bytes in
            let batch = segments[2].batches[1]
            let end = end(of: 2)
            let length = batch.header.length
            bytes.replaceSubrange(end..<end + length, with: bytes[batch.offset..<batch.offset + length])
        }
        return behind + seals + [moved]
    }

    private var wholeFiles: [DamagedCopy] {
        let files = segments.map(\.file)
        let log = files[0].removingLastComponent()
        return [
            copy("no first segment") { $0.lose(files[0]) },
            copy("no second segment") { $0.lose(files[1]) },
            copy("no last segment") { $0.lose(files[2]) },
            copy("no second segment and no manifest") { disk in
                disk.lose(files[1])
                disk.lose(Self.manifestFile)
            },
            copy("no segment") { disk in for file in files { disk.lose(file) } },
            copy("segments that changed their names") { disk in
                disk.put(golden[files[0]] ?? [], at: files[1])
                disk.put(golden[files[1]] ?? [], at: files[0])
            },
            copy("a segment twice") { disk in
                disk.put(golden[files[1]] ?? [], at: log.appending("0000000000000200.segment"))
            },
            copy("a segment whose name is none") { disk in
                disk.put(golden[files[1]] ?? [], at: log.appending("second.segment"))
            },
        ]
    }

    private var manifests: [DamagedCopy] {
        var foreign = manifest
        foreign.logID = LogID([UInt8](repeating: 9, count: 16)) ?? manifest.logID
        var shorter = manifest
        shorter.segments.removeLast(2)
        var wrong = manifest
        wrong.segments[0].seal = wrong.segments[1].seal
        let later = String(decoding: manifest.encoded(), as: UTF8.self)
            .replacing("manifest 1", with: "manifest 2")
        let body = Array(later.split(separator: "crc32c")[0].utf8)
        let digits = String(CRC32C.checksum(body), radix: 16)
        let line = "crc32c " + String(repeating: "0", count: 8 - digits.count) + digits + "\n"
        let texts: [(String, [UInt8])] = [
            ("a manifest of another log", foreign.encoded()), ("a manifest that names fewer", shorter.encoded()),
            ("a manifest of another seal", wrong.encoded()), ("a later manifest", body + Array(line.utf8)),
            ("a manifest that is none", Array("loyalty".utf8)),
        ]
        return texts.map { name, bytes in copy(name) { $0.put(bytes, at: Self.manifestFile) } }
    }
}

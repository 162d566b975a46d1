internal import Synchronization
public import SystemPackage

extension SimulatedDisk {
    /// The paths of all files, in order.
    public var files: [FilePath] {
        state.withLock { state in
            state.directories.flatMap { path, directory in
                directory.live.compactMap { name, entry in entry == .directory ? nil : FilePath(path).appending(name) }
            }
        }.sorted { $0.string < $1.string }
    }

    /// Flips a bit of a file, durably.
    public func flipBit(_ bit: Int, of byte: Int, in path: FilePath) {
        tamper(with: path) { bytes in
            if bytes.indices.contains(byte) { bytes[byte] ^= 1 << UInt8(bit) }
        }
    }

    /// Zeroes a sector of a file, durably.
    public func zeroSector(_ number: Int, in path: FilePath) {
        tamper(with: path) { bytes in
            let start = number * DiskNode.sectorBytes
            for index in start..<max(start, min(start + DiskNode.sectorBytes, bytes.count)) { bytes[index] = 0 }
        }
    }
}

extension SimulatedDisk.State {
    /// The sectors of a write leave the cache for other places: some way off in the same file, or the same place of another.
    mutating func misdirect(_ number: Int, _ range: Range<Int>, call: Int) {
        let sectors = DiskNode.sectors(range)
        let contents = sectors.map { nodes[number].sector($0) }
        var target = number
        var start = sectors.lowerBound
        let others = nodes.indices.filter { $0 != number && nodes[$0].live.count > range.upperBound }
        if !others.isEmpty, random.chance(30) {
            target = random.pick(others)
        } else {
            let last = (nodes[number].live.count - 1) / DiskNode.sectorBytes
            start = random.below(last + 1)
        }
        nodes[number].doom(range)
        for (index, bytes) in contents.enumerated() where target != number || !sectors.contains(start + index) {
            nodes[target].overwriteDurably(start + index, with: bytes, call: call)
        }
    }
}

internal import LogStorage
internal import SystemPackage

/// An open file of a disk in memory.
final class MemoryFile: LogFile {
    let path: FilePath
    private let node: MemoryNode
    private let access: FileAccess

    init(_ path: FilePath, _ node: MemoryNode, _ access: FileAccess) {
        self.path = path
        self.node = node
        self.access = access
    }

    func size() -> Int { node.change { $0.count } }

    func read(into buffer: inout [UInt8], _ range: Range<Int>, at offset: Int) -> Int {
        let bytes = node.bytes
        let start = min(offset, bytes.count)
        let end = min(start + range.count, bytes.count)
        buffer.replaceSubrange(range.lowerBound..<range.lowerBound + end - start, with: bytes[start..<end])
        return end - start
    }

    func write(_ bytes: [UInt8], at offset: Int) throws(StorageError) {
        try checkWritable(.write)
        node.change { content in
            let missing = offset + bytes.count - content.count
            if missing > 0 { content.append(contentsOf: repeatElement(0, count: missing)) }
            content.replaceSubrange(offset..<offset + bytes.count, with: bytes)
        }
    }

    func sync() {}
    func syncAll() {}
    func close() {}

    func truncate(to size: Int) throws(StorageError) {
        try checkWritable(.truncate)
        node.change { content in
            let missing = size - content.count
            if missing > 0 {
                content.append(contentsOf: repeatElement(0, count: missing))
            } else {
                content.removeLast(-missing)
            }
        }
    }

    private func checkWritable(_ operation: StorageError.Operation) throws(StorageError) {
        guard access == .readWrite else { throw StorageError(operation, path, errno: .badFileDescriptor) }
    }
}

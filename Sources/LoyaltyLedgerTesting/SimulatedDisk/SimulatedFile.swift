internal import LogStorage
internal import Synchronization
internal import SystemPackage

/// An open file on a simulated disk.
final class SimulatedFile: LogFile {
    let path: FilePath
    private let disk: SimulatedDisk
    private let number: Int
    private let access: FileAccess
    private let isOpen = Mutex(true)

    init(_ disk: SimulatedDisk, _ path: FilePath, _ number: Int, _ access: FileAccess) {
        self.disk = disk
        self.path = path
        self.number = number
        self.access = access
    }

    func size() throws(StorageError) -> Int {
        try onNode(.size) { (node) throws(Errno) in node.live.count }
    }

    func read(into buffer: inout [UInt8], _ range: Range<Int>, at offset: Int) throws(StorageError) -> Int {
        precondition(range.lowerBound >= 0 && range.upperBound <= buffer.count, "\(range) lies outside the buffer")
        let bytes = try onNode(.read, offset) { (node) throws(Errno) in
            let start = min(offset, node.live.count)
            return Array(node.live[start..<min(start + range.count, node.live.count)])
        }
        buffer.replaceSubrange(range.lowerBound..<range.lowerBound + bytes.count, with: bytes)
        return bytes.count
    }

    func write(_ bytes: [UInt8], at offset: Int) throws(StorageError) {
        try onNode(.write, offset) { (node) throws(Errno) in
            guard self.access == .readWrite else { throw .badFileDescriptor }
            let missing = offset + bytes.count - node.live.count
            if missing > 0 { node.live.append(contentsOf: repeatElement(0, count: missing)) }
            node.live.replaceSubrange(offset..<offset + bytes.count, with: bytes)
        }
    }

    func sync() throws(StorageError) {
        try onNode(.sync) { (node) throws(Errno) in node.durable = node.live }
    }

    func syncAll() throws(StorageError) { try sync() }

    func truncate(to size: Int) throws(StorageError) {
        try onNode(.truncate, size) { (node) throws(Errno) in
            guard self.access == .readWrite else { throw .badFileDescriptor }
            if size < node.live.count {
                node.live.removeLast(node.live.count - size)
            } else {
                node.live.append(contentsOf: repeatElement(0, count: size - node.live.count))
            }
        }
    }

    func close() throws(StorageError) {
        try disk.call(.close, path) { (_) throws(Errno) in }
        isOpen.withLock { $0 = false }
    }

    private func onNode<R: Sendable>(
        _ operation: StorageError.Operation,
        _ offset: Int? = nil,
        _ body: (inout SimulatedDisk.Node) throws(Errno) -> R
    ) throws(StorageError) -> R {
        let isOpen = isOpen.withLock { $0 }
        return try disk.call(operation, path, offset: offset) { (state) throws(Errno) in
            guard isOpen, var node = state.nodes[self.number] else { throw .badFileDescriptor }
            state.nodes[self.number] = nil
            defer { state.nodes[self.number] = node }
            return try body(&node)
        }
    }
}

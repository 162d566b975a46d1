internal import LogStorage
internal import Synchronization
internal import SystemPackage

/// An open file on a simulated disk.
final class SimulatedFile: LogFile {
    let path: FilePath
    private let disk: SimulatedDisk
    private let number: Int
    private let access: FileAccess
    private let epoch: Int
    private let isOpen = Mutex(true)

    init(_ disk: SimulatedDisk, _ path: FilePath, _ number: Int, _ access: FileAccess, _ epoch: Int) {
        self.disk = disk
        self.path = path
        self.number = number
        self.access = access
        self.epoch = epoch
    }

    func size() throws(StorageError) -> Int {
        try onNode(.size) { (state, _) throws(Errno) in state.nodes[self.number].live.count }
    }

    func read(into buffer: inout [UInt8], _ range: Range<Int>, at offset: Int) throws(StorageError) -> Int {
        precondition(range.lowerBound >= 0 && range.upperBound <= buffer.count, "\(range) lies outside the buffer")
        return try onNode(.read, offset, range.count) { (state, turn) throws(Errno) in
            var range = range
            if turn.fault == .shortRead, range.count > 1 {
                range = range.lowerBound..<range.lowerBound + 1 + state.random.below(range.count - 1)
            }
            return state.nodes[self.number].read(into: &buffer, range, at: offset)
        }
    }

    func write(_ bytes: [UInt8], at offset: Int) throws(StorageError) {
        try onNode(.write, offset, bytes.count) { (state, turn) throws(Errno) in
            guard self.access == .readWrite else { throw .badFileDescriptor }
            if state.writeBackPercent > 0, state.random.chance(state.writeBackPercent) {
                state.nodes[self.number].writeBack(offset..<offset + bytes.count)
            }
            if turn.fault == .shortWrite {
                // Kernels copy page by page, so that a write ends early between two sectors at the least.
                let end = (offset + state.random.below(max(bytes.count, 1))) / DiskNode.sectorBytes
                let count = max(0, end * DiskNode.sectorBytes - offset)
                state.nodes[self.number].write(bytes, count: count, at: offset, call: turn.number)
                throw .noSpace
            }
            state.nodes[self.number].write(bytes, count: bytes.count, at: offset, call: turn.number)
            if turn.fault == .misdirectedWrite {
                state.misdirect(self.number, offset..<offset + bytes.count, call: turn.number)
            }
        }
    }

    func sync() throws(StorageError) { try sync(all: false) }

    func syncAll() throws(StorageError) { try sync(all: true) }

    func truncate(to size: Int) throws(StorageError) {
        try onNode(.truncate, size) { (state, turn) throws(Errno) in
            guard self.access == .readWrite else { throw .badFileDescriptor }
            state.nodes[self.number].truncate(to: size, call: turn.number)
        }
    }

    func close() throws(StorageError) {
        guard isOpen.withLock({ $0 }) else { return }
        try disk.call(.close, path, epoch: epoch) { (_, _) throws(Errno) in }
        isOpen.withLock { $0 = false }
    }

    private func sync(all: Bool) throws(StorageError) {
        try onNode(.sync) { (state, turn) throws(Errno) in
            guard turn.fault == .failedSync else { return state.nodes[self.number].sync(all: all) }
            state.nodes[self.number].failSync()
            throw .ioError
        }
    }

    private func onNode<R: Sendable>(
        _ operation: StorageError.Operation,
        _ offset: Int? = nil,
        _ count: Int? = nil,
        _ body: (inout SimulatedDisk.State, SimulatedDisk.Turn) throws(Errno) -> R
    ) throws(StorageError) -> R {
        let isOpen = isOpen.withLock { $0 }
        return try disk.call(operation, path, offset: offset, count: count, epoch: epoch) {
            (state, turn) throws(Errno) in
            guard isOpen else { throw .badFileDescriptor }
            return try body(&state, turn)
        }
    }
}

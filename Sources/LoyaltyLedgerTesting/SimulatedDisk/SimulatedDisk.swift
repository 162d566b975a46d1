public import LogStorage
internal import Synchronization
public import SystemPackage

/// A disk in memory that forgets what was not synced when it crashes, and fails the calls it is told to.
public final class SimulatedDisk: LogStorage {
    /// One call, as the disk saw it.
    public struct Call: Hashable, Sendable, CustomStringConvertible {
        /// What was asked for.
        public var operation: StorageError.Operation
        /// Of which file or directory.
        public var path: FilePath

        /// The value as text, for people.
        public var description: String { "\(operation.rawValue) \(path)" }
    }

    struct Node: Sendable {
        var live: [UInt8] = []
        var durable: [UInt8] = []
    }

    struct State: Sendable {
        var nodes: [Int: Node] = [:]
        var live: [FilePath: Int] = [:]
        var durable: [FilePath: Int] = [:]
        var directories: Set<FilePath> = []
        var locks: Set<FilePath> = []
        var failures: [Int: Errno] = [:]
        var calls: [Call] = []
        var nextNode = 0
    }

    let state: Mutex<State>

    /// An empty disk.
    public convenience init() { self.init(State()) }

    private init(_ state: State) { self.state = Mutex(state) }

    /// The calls so far, failed ones included.
    public var calls: [Call] { state.withLock { $0.calls } }

    /// Makes the `number`th call from now on fail, from 1, without any effect.
    public func failCall(_ number: Int, errno: Errno = .ioError) {
        precondition(number >= 1, "call \(number) is in the past")
        state.withLock { $0.failures[$0.calls.count + number - 1] = errno }
    }

    /// The disk as it is after the machine lost its power.
    ///
    /// This disk is as before.
    ///
    /// Unsynced directory entries are lost. An unsynced sector survives if `survives` says so, given its file and its number.
    public func crashed(survives: (FilePath, Int) -> Bool = { _, _ in false }) -> SimulatedDisk {
        let old = state.withLock { $0 }
        var new = State()
        new.directories = old.directories
        new.durable = old.durable
        new.live = old.durable
        new.nextNode = old.nextNode
        for (path, number) in old.durable {
            guard let node = old.nodes[number] else { continue }
            let bytes = Self.mix(node, survives: { survives(path, $0) })
            new.nodes[number] = Node(live: bytes, durable: bytes)
        }
        return SimulatedDisk(new)
    }

    /// The bytes of a file; nil if there is none.
    public func bytes(of path: FilePath) -> [UInt8]? {
        state.withLock { state in state.live[path].flatMap { state.nodes[$0]?.live } }
    }

    /// Changes the bytes of a file behind everybody's back, durably.
    public func tamper(with path: FilePath, _ change: (inout [UInt8]) -> Void) {
        guard var bytes = bytes(of: path) else { return }
        change(&bytes)
        state.withLock { state in
            guard let number = state.live[path] else { return }
            state.nodes[number] = Node(live: bytes, durable: bytes)
        }
    }

    private static func mix(_ node: Node, survives: (Int) -> Bool) -> [UInt8] {
        guard node.live != node.durable else { return node.durable }
        let sector = 512
        var bytes = node.durable
        for number in 0..<(node.live.count + sector - 1) / sector {
            let range = number * sector..<min((number + 1) * sector, node.live.count)
            guard survives(number) else { continue }
            if bytes.count < range.upperBound {
                bytes.append(contentsOf: repeatElement(0, count: range.upperBound - bytes.count))
            }
            bytes.replaceSubrange(range, with: node.live[range])
        }
        return bytes
    }
}

extension SimulatedDisk {
    /// Counts a call, fails it if it is its turn, and runs it.
    func call<R: Sendable>(
        _ operation: StorageError.Operation,
        _ path: FilePath,
        offset: Int? = nil,
        _ body: (inout State) throws(Errno) -> R
    ) throws(StorageError) -> R {
        let result = state.withLock { state -> Result<R, Errno> in
            let number = state.calls.count
            state.calls.append(Call(operation: operation, path: path))
            if let errno = state.failures[number] { return .failure(errno) }
            do throws(Errno) {
                return .success(try body(&state))
            } catch {
                return .failure(error)
            }
        }
        do {
            return try result.get()
        } catch {
            throw StorageError(operation, path, offset: offset, errno: error)
        }
    }
}

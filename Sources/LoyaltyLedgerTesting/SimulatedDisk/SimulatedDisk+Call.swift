internal import LogStorage
internal import Synchronization
internal import SystemPackage

extension SimulatedDisk {
    /// What a call needs to know of the plan.
    struct Turn {
        /// The number of the call, from 0.
        var number: Int
        /// The fault that its body has to play.
        var fault: DiskFault?
    }

    /// Counts a call, fails it if it is its turn, and runs it.
    ///
    /// - Parameter epoch: that of the handle; nil for calls that need none.
    func call<R: Sendable>(
        _ operation: StorageError.Operation,
        _ path: FilePath,
        offset: Int? = nil,
        count: Int? = nil,
        epoch: Int? = nil,
        _ body: (inout State, Turn) throws(Errno) -> R
    ) throws(StorageError) -> R {
        let result = state.withLock { state -> Result<R, Errno> in
            if state.isOff { return .failure(.ioError) }
            if let epoch, epoch != state.epoch { return .failure(.badFileDescriptor) }
            let number = state.calls.count
            state.calls.append(Call(operation: operation, path: path, offset: offset, count: count))
            do throws(Errno) {
                return .success(try state.run(operation, number, body))
            } catch {
                state.calls[number].errno = error
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

extension SimulatedDisk.State {
    fileprivate mutating func run<R>(
        _ operation: StorageError.Operation,
        _ number: Int,
        _ body: (inout Self, SimulatedDisk.Turn) throws(Errno) -> R
    ) throws(Errno) -> R {
        var turn = SimulatedDisk.Turn(number: number)
        if let cut = plan.powerCut, number >= cut {
            // What changes the cache alone may have got there; nothing became durable.
            if operation != .sync, operation != .syncDirectory { _ = try? body(&self, turn) }
            isOff = true
            throw .ioError
        }
        if let errno = plan.exact[number] {
            if operation == .sync {
                turn.fault = .failedSync
                _ = try? body(&self, turn)
            }
            throw errno
        }
        turn.fault = plan.next(number, operation)
        guard let fault = turn.fault else { return try body(&self, turn) }
        calls[number].fault = fault
        switch fault {
        case .noSpace: throw .noSpace
        case .failedWrite: throw .ioError
        case .failedSync where operation == .syncDirectory: throw .ioError
        default: return try body(&self, turn)
        }
    }
}

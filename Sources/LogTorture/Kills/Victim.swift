import Foundation

/// A child process that appends to a log.
struct Victim {
    private let pid: pid_t
    private let acknowledgements: Int32

    /// Starts this program again as a victim.
    init(program: String, log: String) throws(Violation) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Violation("no pipe: errno \(errno)") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        posix_spawn_file_actions_addclose(&actions, ends[1])
        defer { posix_spawn_file_actions_destroy(&actions) }
        let words = [program, "victim", log]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, program, &actions, nil, &arguments, environ)
        close(ends[1])
        guard code == 0 else {
            close(ends[0])
            throw Violation("the victim does not start: errno \(code)")
        }
        pid = child
        acknowledgements = ends[0]
    }

    /// Waits until the victim acknowledged something, and some microseconds more; then kills it.
    ///
    /// - Returns: every position it acknowledged, and whether it was still alive.
    func kill(after microseconds: Int, awaitingFirst: Bool) throws(Violation) -> (positions: [UInt64], wasAlive: Bool) {
        var bytes: [UInt8] = []
        if awaitingFirst { read(into: &bytes) }
        usleep(UInt32(microseconds))
        Foundation.kill(pid, SIGKILL)
        while read(into: &bytes) {}
        close(acknowledgements)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        let wasKilled = status & 0x7f == SIGKILL
        guard bytes.count % 8 == 0 else { throw Violation("an acknowledgement of \(bytes.count % 8) bytes") }
        let positions = stride(from: 0, to: bytes.count, by: 8).map { start in
            (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
        }
        return (positions, wasKilled)
    }

    /// Reads what is there, at least a byte; false at the end.
    @discardableResult
    private func read(into bytes: inout [UInt8]) -> Bool {
        var piece = [UInt8](repeating: 0, count: 4096)
        let count = Foundation.read(acknowledgements, &piece, piece.count)
        guard count > 0 else { return false }
        bytes += piece[..<count]
        return true
    }
}

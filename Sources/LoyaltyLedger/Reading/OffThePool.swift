internal import Dispatch

private let readingQueue = DispatchQueue(label: "loyalty-ledger reading", attributes: .concurrent)

/// Runs work that waits for the disk on threads of its own, so that it never blocks Swift's cooperative pool.
func offThePool<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        readingQueue.async {
            continuation.resume(with: Swift.Result(catching: body))
        }
    }
}

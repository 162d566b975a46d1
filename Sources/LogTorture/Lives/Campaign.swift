import Dispatch
import Foundation
import Synchronization

/// Runs a numbered piece of work many times on a few threads, until one of them fails; draws its progress on a terminal.
struct Campaign {
    /// The first failure by number, of those that were met.
    struct Failure: Sendable {
        var index: Int
        var error: any Error
    }

    let title: String
    let count: Int
    let jobs: Int

    func run(_ body: @Sendable (Int) throws -> Void) -> Failure? {
        let next = Atomic<Int>(0)
        let failure = Mutex<Failure?>(nil)
        let meter = Meter(title: title, count: count)
        DispatchQueue.concurrentPerform(iterations: jobs) { _ in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < count, failure.withLock({ $0 == nil }) else { return }
                do {
                    try body(index)
                } catch {
                    failure.withLock { known in
                        if (known?.index ?? Int.max) > index { known = Failure(index: index, error: error) }
                    }
                }
                meter.update(index)
            }
        }
        meter.clear()
        return failure.withLock { $0 }
    }
}

/// One line on standard error that says how far the work is; nothing where standard error is no terminal.
final class Meter: Sendable {
    private let title: String
    private let count: Int
    private let isShown = isatty(2) == 1
    private let start = ContinuousClock.now
    private let drawn = Mutex(ContinuousClock.now)

    init(title: String, count: Int) {
        self.title = title
        self.count = count
    }

    func update(_ done: Int) {
        guard isShown, done % 64 == 0 else { return }
        let now = ContinuousClock.now
        let isDue = drawn.withLock { last in
            guard now - last > .milliseconds(200) else { return false }
            last = now
            return true
        }
        if isDue { draw("\r\(title): \(done) of \(count), \((now - start).seconds) s\u{1B}[K") }
    }

    func clear() { if isShown { draw("\r\u{1B}[K") } }

    private func draw(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}

extension Duration {
    /// Seconds with one digit behind the point.
    var seconds: String {
        let tenths = components.seconds * 10 + components.attoseconds / 100_000_000_000_000_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}

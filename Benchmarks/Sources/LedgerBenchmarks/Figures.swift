import Foundation

/// Figures of a measurement, printed as lines of `name=value` for the runner.
enum Figures {
    static func print(_ name: String, _ value: some BinaryInteger) { Swift.print("\(name)=\(value)") }

    static func print(_ name: String, _ duration: Duration) { Swift.print("\(name)=\(duration / .seconds(1))") }

    /// The median, the 99th percentile and the greatest, in microseconds.
    static func printPercentiles(_ name: String, _ times: [Duration]) {
        let sorted = times.sorted()
        guard let last = sorted.last else { return }
        for (suffix, time) in [
            ("p50", sorted[sorted.count / 2]), ("p99", sorted[sorted.count * 99 / 100]), ("max", last),
        ] {
            Swift.print("\(name)_\(suffix)_us=\(time / .microseconds(1))")
        }
    }
}

/// What the process itself takes.
enum ProcessFigures {
    /// Resident bytes, once the allocator has given back what it can.
    static func residentBytes() -> Int {
        trim?()
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        let fields = text.split(separator: " ")
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
    }

    /// glibc's `malloc_trim(0)`, whose header its module leaves out.
    private static var trim: (() -> Void)? {
        guard let symbol = dlsym(nil, "malloc_trim") else { return nil }
        let function = unsafeBitCast(symbol, to: (@convention(c) (Int) -> Int32).self)
        return { _ = function(0) }
    }

    /// Ends the process at once, as a kill would, but for the figures printed so far.
    static func leave() -> Never {
        fflush(nil)
        _exit(0)
    }

    /// Heap allocations so far on all threads; nil where the shim that counts them is not preloaded.
    static var allocations: (() -> UInt64)? {
        guard let symbol = dlsym(nil, "allocation_count") else { return nil }
        let function = unsafeBitCast(symbol, to: (@convention(c) () -> UInt64).self)
        return { function() }
    }
}

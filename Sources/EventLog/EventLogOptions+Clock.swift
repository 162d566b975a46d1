private import Glibc

extension EventLogOptions {
    /// The system clock, UTC milliseconds.
    public static let systemNow: @Sendable () -> Int64 = {
        var now = timespec()
        // Safe: C fills the structure it is given.
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    }
}

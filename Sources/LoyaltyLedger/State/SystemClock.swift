public import LoyaltyDomain

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

extension Timestamp {
    /// What the machine's clock shows now; the one place in the library that looks at it.
    public static var systemClock: Timestamp {
        var time = timespec()
        guard unsafe clock_gettime(CLOCK_REALTIME, &time) == 0 else {
            preconditionFailure("CLOCK_REALTIME cannot fail with a valid pointer")
        }
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

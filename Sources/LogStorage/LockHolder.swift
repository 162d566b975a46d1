private import Glibc

/// The line by which a writer names itself in its lock file.
public enum LockHolder {
    /// `pid 4711 on till-3, loyalty, since 2026-11-22T10:15:30Z`, without a line end.
    ///
    /// - Parameter now: UTC milliseconds.
    public static func line(now: Int64) -> String {
        "pid \(getpid()) on \(hostName()), \(programName()), since \(instant(now))"
    }

    private static func hostName() -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        // Safe: C is told one byte less than the buffer has, so that a zero always ends it.
        let code = unsafe buffer.withUnsafeMutableBytes { raw in
            guard let base = raw.baseAddress else { return Int32(-1) }
            return unsafe gethostname(base.assumingMemoryBound(to: CChar.self), raw.count - 1)
        }
        return code == 0 ? String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self) : "an unnamed host"
    }

    private static func programName() -> String {
        let path = CommandLine.arguments.first ?? "a program"
        return path.split(separator: "/").last.map(String.init) ?? path
    }

    /// RFC 3339 in UTC, by the civil-from-days arithmetic of the proleptic Gregorian calendar.
    static func instant(_ milliseconds: Int64) -> String {
        let seconds = Int(milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000)
        let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
        let second = seconds - days * 86_400
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let time = "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
        return "\(year)-\(two(month))-\(two(day))T\(time)Z"
    }
}

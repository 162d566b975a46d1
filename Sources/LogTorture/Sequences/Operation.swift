/// What is done to a log in a bounded sequence.
enum Operation: String, CaseIterable {
    /// A batch within a sector.
    case small = "append small"
    /// A batch over several sectors.
    case large = "append large"
    /// A marker.
    case marker
    /// A batch for which the segment has no room.
    case roll
    /// A close and a new open.
    case reopen = "close and open"
    /// The process dies, and the log is opened again.
    case restart = "die and open"

    /// Every sequence of one to so many of them, the short ones first.
    static func sequences(upTo length: Int) -> [[Operation]] {
        var all: [[Operation]] = []
        var longest: [[Operation]] = [[]]
        for _ in 0..<length {
            longest = longest.flatMap { sequence in allCases.map { sequence + [$0] } }
            all += longest
        }
        return all
    }
}

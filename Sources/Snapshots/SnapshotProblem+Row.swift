extension SnapshotProblem.Reason {
    /// The row of the decision table in DESIGN.md section 5.
    ///
    /// What opening does is the same in all of them: it passes the snapshot over, says why, and folds the log instead.
    public var row: String {
        switch self {
        case .unreadable, .damaged: "F1"
        case .newerFormat, .olderFormat: "F2"
        case .foreign: "F3"
        case .otherFold: "F4"
        case .notInLog: "F5"
        case .otherHistory: "F6"
        case .undecodable: "F7"
        }
    }
}

extension LedgerState {
    /// The version of the fold: of what the folded state means, and of its bytes in a snapshot.
    ///
    /// Bump it whenever an event folds into another state than before, a field of the state comes, goes or changes its meaning, or
    /// its bytes change. Snapshots of another version are passed over and the log is folded from its first event; a version that was
    /// forgotten would answer from a state that no log says. `FoldVersionTests` fails until this number and its digest agree.
    package static let foldVersion: UInt32 = 5
}

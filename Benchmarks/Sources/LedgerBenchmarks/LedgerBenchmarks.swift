import ArgumentParser

/// Our side of every measurement: one process each, which prints its figures as lines of `name=value`.
///
/// `Benchmarks/run.py` starts them, alternating with the peers.
@main
struct LedgerBenchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "One measurement of the ledger; make bench runs them all beside the peers.",
        subcommands: [
            AppendMeasurement.self, ReplayMeasurement.self, OpenMeasurement.self, CommitMeasurement.self,
            TaskMeasurement.self, HistoryMeasurement.self, CardChoosing.self, SegmentationMeasurement.self,
            LogDescribing.self, RowMaking.self,
        ]
    )
}

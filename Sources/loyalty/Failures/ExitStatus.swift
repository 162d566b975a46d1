/// What the command's exit status says.
enum ExitStatus: Int32 {
    /// Everything asked for was done.
    case success = 0

    /// It failed, or damage was found.
    case failure = 1

    /// An import finished, and some rows were refused.
    case refusedRows = 3

    /// Another process writes to the ledger.
    case locked = 4

    /// The command line was not understood.
    case usage = 64
}

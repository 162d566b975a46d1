import ArgumentParser
import LoyaltyLedger

/// The ways in which a command may say that it came in.
enum SourceChoice: String, CaseIterable, ExpressibleByArgument {
    case dashboard
    case scanner
    case api

    /// The domain's word for it.
    var source: CommandSource {
        switch self {
        case .dashboard: .dashboard
        case .scanner: .scanner
        case .api: .api
        }
    }
}

// The reports of `verify`, `describe` and `rfm` are theirs.
@_exported public import EventLog
// Whoever uses the ledger speaks in the domain's values; one import gives both.
@_exported public import LoyaltyDomain
@_exported public import Projections
// What is said of snapshots and checkpoints that do not serve.
@_exported public import Snapshots

internal import Foundation
public import Projections

extension Projection where State: Codable {
    /// A `Codable` state is kept as JSON.
    public var coding: StateCoding<State>? { .json }
}

extension StateCoding where State: Codable & SendableMetatype {
    /// JSON, with the keys of objects in order.
    public static var json: StateCoding {
        StateCoding(
            encode: { state in
                let encoder = JSONEncoder()
                encoder.outputFormatting = .sortedKeys
                return Array(try encoder.encode(state))
            },
            decode: { bytes in try JSONDecoder().decode(State.self, from: Data(bytes)) }
        )
    }
}

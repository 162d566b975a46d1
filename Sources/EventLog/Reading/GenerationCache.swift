/// What knows the bytes it takes in memory.
package protocol ByteCounted {
    /// About the bytes it takes.
    var byteCount: Int { get }
}

/// Values that were asked for lately, as many as have room.
///
/// Two generations bound them: when the young one is full it becomes the old one, and what nobody asks for meanwhile is forgotten.
package struct GenerationCache<Key: Hashable, Value: ByteCounted> {
    private let largestGeneration: Int
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]
    /// About the bytes of the young generation.
    private var byteCount = 0

    /// An empty cache.
    ///
    /// - Parameter largestGeneration: About the bytes a generation takes.
    package init(largestGeneration: Int) { self.largestGeneration = largestGeneration }

    /// The value of a key, which is young again by being asked for; nil where it is not here.
    package mutating func value(of key: Key) -> Value? {
        if !old.isEmpty, let value = old.removeValue(forKey: key) { put(value, for: key) }
        return young[key]
    }

    /// The value of a key, which grows no younger by that; nil where it is not here.
    package func peek(_ key: Key) -> Value? { young[key] ?? old[key] }

    /// Keeps a value, in the place of the one that its key had.
    package mutating func keep(_ value: Value, for key: Key) {
        if let before = young.removeValue(forKey: key) { byteCount -= before.byteCount }
        old[key] = nil
        put(value, for: key)
    }

    /// Counts bytes by which a value that is here grew.
    package mutating func grow(by bytes: Int) { byteCount += bytes }

    /// Forgets everything.
    package mutating func forget() {
        young = [:]
        old = [:]
        byteCount = 0
    }

    /// Puts a value into the young generation, which it may be the first of: a full one grows old before, never with it.
    private mutating func put(_ value: Value, for key: Key) {
        if byteCount > largestGeneration {
            old = young
            young = [:]
            byteCount = 0
        }
        young[key] = value
        byteCount += value.byteCount
    }
}

extension GenerationCache: Sendable where Key: Sendable, Value: Sendable {}

/// What knows the bytes it takes in memory.
public protocol ByteCounted {
    /// About the bytes it takes.
    var byteCount: Int { get }
}

/// Values that were asked for lately, as many as have room.
///
/// Two generations bound them: when the young one is full it becomes the old one, and what nobody asks for meanwhile is forgotten.
/// Public, as the code that is inlined into other modules must be: they would look keys up by generic code otherwise.
public struct GenerationCache<Key: Hashable, Value: ByteCounted> {
    @usableFromInline let largestGeneration: Int
    @usableFromInline var young: [Key: Value] = [:]
    @usableFromInline var old: [Key: Value] = [:]
    /// About the bytes of the young generation.
    @usableFromInline var byteCount = 0

    /// An empty cache.
    ///
    /// - Parameter largestGeneration: About the bytes a generation takes.
    @inlinable
    public init(largestGeneration: Int) { self.largestGeneration = largestGeneration }

    /// The value of a key, which is young again by being asked for; nil where it is not here.
    @inlinable
    public mutating func value(of key: Key) -> Value? {
        if !old.isEmpty, let value = old.removeValue(forKey: key) { put(value, for: key) }
        return young[key]
    }

    /// The value of a key, which grows no younger by that; nil where it is not here.
    @inlinable
    public func peek(_ key: Key) -> Value? { young[key] ?? old[key] }

    /// Keeps a value, in the place of the one that its key had.
    @inlinable
    public mutating func keep(_ value: Value, for key: Key) {
        if let before = young.removeValue(forKey: key) { byteCount -= before.byteCount }
        old[key] = nil
        put(value, for: key)
    }

    /// Counts bytes by which a value that is here grew.
    @inlinable
    public mutating func grow(by bytes: Int) { byteCount += bytes }

    /// Forgets everything.
    @inlinable
    public mutating func forget() {
        young = [:]
        old = [:]
        byteCount = 0
    }

    /// Puts a value into the young generation, which it may be the first of: a full one grows old before, never with it.
    @inlinable
    mutating func put(_ value: Value, for key: Key) {
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

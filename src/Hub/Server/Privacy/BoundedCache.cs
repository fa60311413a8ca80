using System.Collections.Concurrent;

namespace Vkp.Hub.Privacy;

/// <summary>
/// Keeps at most <paramref name="entriesMax"/> entries, roughly the most recently used ones: two halves, and when the young
/// half is full it becomes the old one, and what was old and unused is forgotten.
/// </summary>
internal sealed class BoundedCache<TKey, TValue>(int entriesMax)
    where TKey : notnull
{
    private readonly Lock _turn = new();
    private volatile Half _young = new();
    private volatile Half _old = new();

    public bool TryGet(TKey key, out TValue value)
    {
        if (_young.Entries.TryGetValue(key, out value!))
            return true;

        if (!_old.Entries.TryGetValue(key, out value!))
            return false;

        Set(key, value);
        return true;
    }

    public void Set(TKey key, TValue value)
    {
        var young = _young;
        if (!young.Entries.TryAdd(key, value))
        {
            young.Entries[key] = value;
            return;
        }

        if (Interlocked.Increment(ref young.Count) < entriesMax / 2)
            return;

        lock (_turn)
        {
            if (_young == young)
                (_old, _young) = (young, new());
        }
    }

    public void Remove(TKey key)
    {
        // The count only decides when to turn the halves; a removal may make that early.
        _old.Entries.TryRemove(key, out _);
        _young.Entries.TryRemove(key, out _);
    }

    public void Clear()
    {
        lock (_turn)
            (_old, _young) = (new(), new());
    }

    private sealed class Half
    {
        public int Count;

        public ConcurrentDictionary<TKey, TValue> Entries { get; } = new();
    }
}

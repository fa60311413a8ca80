using System.Collections;

namespace Vkp.Fhir.Model;

/// <summary>A live view of a repeating element: what is added here is in the resource. An absent element reads as an empty list.</summary>
internal sealed class FhirList<T>(FhirNode owner, string name) : IList<T>, IReadOnlyList<T>
    where T : FhirNode
{
    public int Count => Items?.Count ?? 0;

    public bool IsReadOnly => false;

    private List<FhirNode>? Items => (owner.Find(name) as NodeList)?.Items;

    public T this[int index]
    {
        get => (T)Existing[index];
        set => Existing[index] = value;
    }

    private List<FhirNode> Existing => Items ?? throw new ArgumentOutOfRangeException(nameof(name), $"'{name}' is empty.");

    public void Add(T item) => ForWriting().Add(item);

    public void Insert(int index, T item) => ForWriting().Insert(index, item);

    public void Clear() => owner.Put(owner.TypeRow.Element(name), null);

    public bool Contains(T item) => Items?.Contains(item) ?? false;

    public int IndexOf(T item) => Items?.IndexOf(item) ?? -1;

    public bool Remove(T item)
    {
        var at = IndexOf(item);
        if (at >= 0) RemoveAt(at);
        return at >= 0;
    }

    public void RemoveAt(int index)
    {
        var items = Existing;
        items.RemoveAt(index);
        if (items.Count == 0) Clear();
    }

    public void CopyTo(T[] array, int arrayIndex)
    {
        foreach (var item in this) array[arrayIndex++] = item;
    }

    public IEnumerator<T> GetEnumerator()
    {
        var items = Items;
        if (items is null) yield break;
        foreach (var item in items) yield return (T)item;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private List<FhirNode> ForWriting()
    {
        if (Items is { } items) return items;
        items = [];
        owner.Put(owner.TypeRow.Element(name), new NodeList(items));
        return items;
    }
}

/// <summary>The texts of a repeating primitive; the full primitives, with extensions, are behind the `...Element` property.</summary>
internal sealed class FhirTextList<T>(FhirNode owner, string name) : IList<string?>, IReadOnlyList<string?>
    where T : PrimitiveType, new()
{
    private readonly FhirList<T> _elements = new(owner, name);

    public int Count => _elements.Count;

    public bool IsReadOnly => false;

    public string? this[int index]
    {
        get => _elements[index].Text;
        set => _elements[index].Text = value;
    }

    public void Add(string? item) => _elements.Add(new T { Text = item });

    public void Insert(int index, string? item) => _elements.Insert(index, new T { Text = item });

    public void Clear() => _elements.Clear();

    public bool Contains(string? item) => IndexOf(item) >= 0;

    public int IndexOf(string? item)
    {
        for (var i = 0; i < Count; i++)
        {
            if (this[i] == item) return i;
        }

        return -1;
    }

    public bool Remove(string? item)
    {
        var at = IndexOf(item);
        if (at >= 0) RemoveAt(at);
        return at >= 0;
    }

    public void RemoveAt(int index) => _elements.RemoveAt(index);

    public void CopyTo(string?[] array, int arrayIndex)
    {
        foreach (var item in this) array[arrayIndex++] = item;
    }

    public IEnumerator<string?> GetEnumerator()
    {
        foreach (var element in _elements) yield return element.Text;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

using Vkp.Fhir.Definitions;

namespace Vkp.Fhir.Model;

/// <summary>
/// One node of a FHIR tree: a resource, a data type, or a backbone element. Typed classes are thin: every property reads and
/// writes the shared slots below, so nothing that was in the JSON is lost for want of a C# property (unknown elements included),
/// and serialization, validation and FHIRPath walk one structure. Not safe for concurrent writes; safe for concurrent reads.
/// </summary>
public abstract class FhirNode
{
    private NodeSlot[] _slots = [];
    private TypeDefinition? _definition;

    /// <summary>The FHIR type name: `Patient`, `HumanName`, `Patient.contact`, `dateTime`.</summary>
    public abstract string TypeName { get; }

    internal TypeDefinition TypeRow => _definition ??= TypeDefinition.Of(TypeName);

    internal int SlotCount { get; private set; }

    internal ReadOnlySpan<NodeSlot> Slots => _slots.AsSpan(0, SlotCount);

    /// <summary>Elements that are not in FHIR R4 or whose JSON had a shape that cannot be read: kept as they came, written as they came.</summary>
    public IEnumerable<(string JsonName, string Json)> UnknownElements()
    {
        for (var i = 0; i < SlotCount; i++)
        {
            if (_slots[i].Value is RawJson raw) yield return (_slots[i].Element.Name, raw.Text);
        }
    }

    /// <summary>The children in document order. A choice element is named without its type (`value`); unknown elements are left out.</summary>
    public IEnumerable<(string Name, FhirNode Value)> Children()
    {
        for (var i = 0; i < SlotCount; i++)
        {
            var slot = _slots[i];
            if (slot.Value is FhirNode node) yield return (slot.Element.Name, node);
            if (slot.Value is not NodeList list) continue;
            foreach (var item in list.Items) yield return (slot.Element.Name, item);
        }
    }

    /// <summary>True when nothing is set: no element, no extension and, for a primitive, no value.</summary>
    public virtual bool IsEmpty
    {
        get
        {
            foreach (ref readonly var slot in Slots)
            {
                if (slot.Value is RawJson || (slot.Value is FhirNode node && !node.IsEmpty)) return false;
                if (slot.Value is NodeList list && list.Items.Exists(static x => !x.IsEmpty)) return false;
            }

            return true;
        }
    }

    /// <summary>A copy that shares nothing with this node.</summary>
    public FhirNode DeepCopy()
    {
        var copy = CreateSame();
        copy._slots = new NodeSlot[SlotCount];
        copy.SlotCount = SlotCount;
        for (var i = 0; i < SlotCount; i++) copy._slots[i] = new NodeSlot(_slots[i].Element, CopyValue(_slots[i].Value));
        return copy;
    }

    internal void Bind(TypeDefinition definition) => _definition = definition;

    /// <summary>A new node of the same type, with the value but without the slots.</summary>
    internal virtual FhirNode CreateSame() => TypeRow.Create();

    internal object? Find(string name)
    {
        var slots = Slots;
        for (var i = 0; i < slots.Length; i++)
        {
            if (ReferenceEquals(slots[i].Element.Name, name) || slots[i].Element.Name == name) return slots[i].Value;
        }

        return null;
    }

    /// <summary>Puts a value in its place in the order of the definition; null takes the element away.</summary>
    internal void Put(ElementRow element, object? value)
    {
        for (var i = 0; i < SlotCount; i++)
        {
            if (_slots[i].Element.Name != element.Name) continue;
            if (value is null)
            {
                Array.Copy(_slots, i + 1, _slots, i, SlotCount - i - 1);
                _slots[--SlotCount] = default;
            }
            else
            {
                _slots[i] = new NodeSlot(element, value);
            }

            return;
        }

        if (value is null) return;
        var at = SlotCount;
        while (at > 0 && _slots[at - 1].Element.Ordinal > element.Ordinal) at--;
        InsertAt(at, new NodeSlot(element, value));
    }

    /// <summary>Adds at the end, so that what was read is written in the order it had. The caller knows that the name is new.</summary>
    internal void Append(ElementRow element, object value) => InsertAt(SlotCount, new NodeSlot(element, value));

    private void InsertAt(int at, NodeSlot slot)
    {
        if (SlotCount == _slots.Length) Array.Resize(ref _slots, SlotCount == 0 ? 4 : SlotCount * 2);
        Array.Copy(_slots, at, _slots, at + 1, SlotCount - at);
        _slots[at] = slot;
        SlotCount++;
    }

    protected T? Get<T>(string name)
        where T : FhirNode => Find(name) as T;

    protected void Set(string name, FhirNode? value) => Put(TypeRow.Element(name), value);

    protected IList<T> List<T>(string name)
        where T : FhirNode => new FhirList<T>(this, name);

    protected void SetList<T>(string name, IList<T> value)
        where T : FhirNode
    {
        var items = new List<FhirNode>(value);
        Put(TypeRow.Element(name), items.Count == 0 ? null : new NodeList(items));
    }

    protected IList<string?> Texts<T>(string name)
        where T : PrimitiveType, new() => new FhirTextList<T>(this, name);

    protected void SetTexts<T>(string name, IList<string?> value)
        where T : PrimitiveType, new() => SetList<T>(name, [.. value.Select(static x => new T { Text = x })]);

    protected string? GetText(string name) => (Find(name) as PrimitiveType)?.Text;

    /// <summary>Sets the value and keeps the primitive's id and extensions; null takes the value away, and the element if nothing else is in it.</summary>
    protected void SetText<T>(string name, string? text)
        where T : PrimitiveType, new()
    {
        if (Find(name) is not T primitive)
        {
            if (text is not null) Set(name, new T { Text = text });
            return;
        }

        primitive.Text = text;
        if (primitive.IsEmpty) Set(name, null);
    }

    private static object CopyValue(object value) => value switch
    {
        FhirNode node => node.DeepCopy(),
        NodeList list => new NodeList(list.Items.ConvertAll(static x => x.DeepCopy())),
        _ => value,
    };
}

/// <summary>One element of a node: a FhirNode, a NodeList or RawJson.</summary>
internal readonly record struct NodeSlot(ElementRow Element, object Value);

/// <summary>The items of a repeating element.</summary>
internal sealed class NodeList(List<FhirNode> items)
{
    public List<FhirNode> Items { get; } = items;
}

/// <summary>JSON that the model has no place for, as it came.</summary>
internal sealed class RawJson(byte[] utf8)
{
    public ReadOnlyMemory<byte> Utf8 { get; } = utf8;

    public string Text => System.Text.Encoding.UTF8.GetString(Utf8.Span);
}

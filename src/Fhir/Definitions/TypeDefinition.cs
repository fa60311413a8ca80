using System.Text;
using System.Text.Json;
using Vkp.Fhir.Model;

namespace Vkp.Fhir.Definitions;

/// <summary>What the R4 definition says about one element of a type.</summary>
internal sealed class ElementRow(string name, int ordinal, bool isChoice, int min, int max, string[] types)
{
    /// <summary>Without `[x]`; interned, so that lookups mostly compare references.</summary>
    public string Name { get; } = string.Intern(name);

    public int Ordinal { get; } = ordinal;

    public bool IsChoice { get; } = isChoice;

    public int Min { get; } = min;

    /// <summary>int.MaxValue for `*`.</summary>
    public int Max { get; } = max;

    public bool IsList => Max > 1;

    public string[] Types { get; } = types;

    public string[] Targets { get; init; } = [];

    /// <summary>`required`, `extensible` or empty.</summary>
    public string BindingStrength { get; init; } = "";

    public string ValueSet { get; init; } = "";

    public List<InvariantRow> Invariants { get; } = [];

    /// <summary>`given` and `_given`, ready for the writer; for a choice the type is added by <see cref="JsonNames"/>.</summary>
    private JsonEncodedText[]? _names;

    /// <summary>The JSON name and the name of its shadow, for a value of that type.</summary>
    public (JsonEncodedText Name, JsonEncodedText Shadow) JsonNames(string typeName)
    {
        // Made at the first use: most elements are never written.
        var all = _names ??= [.. Types.SelectMany(t => Names(Name, IsChoice, t))];
        var i = IsChoice ? Array.IndexOf(Types, typeName) : 0;
        if (i >= 0 && all.Length > 0) return (all[i * 2], all[(i * 2) + 1]);
        var names = Names(Name, IsChoice, typeName);
        return (names[0], names[1]);
    }

    public static string JsonName(string name, bool isChoice, string type) => isChoice ? name + char.ToUpperInvariant(type[0]) + type[1..] : name;

    private static JsonEncodedText[] Names(string name, bool isChoice, string type)
    {
        var jsonName = JsonName(name, isChoice, type);
        return [JsonEncodedText.Encode(jsonName), JsonEncodedText.Encode('_' + jsonName)];
    }

    /// <summary>A row for JSON that the definition does not know.</summary>
    public static ElementRow Unknown(string jsonName) => new(jsonName, int.MaxValue, false, 0, int.MaxValue, []);
}

internal sealed record InvariantRow(string Key, bool IsError, string Expression, string Human);

/// <summary>A JSON property name of a type, and what it means: `valueQuantity` is the element `value` with type Quantity.</summary>
internal sealed record JsonMember(byte[] Utf8, string JsonName, ElementRow Element, string TypeName)
{
    private TypeDefinition? _type;

    public TypeDefinition Type => _type ??= TypeDefinition.Of(TypeName);
}

/// <summary>One FHIR type, from the generated table.</summary>
internal sealed class TypeDefinition
{
    private static readonly Lazy<Dictionary<string, TypeDefinition>> s_all = new(static () => TypeTable.Read());
    private readonly Dictionary<string, ElementRow> _byName = new(StringComparer.Ordinal);
    private readonly int _index;
    private JsonMember?[] _members = [];

    public TypeDefinition(string name, char kind, string parent, int index, IReadOnlyList<ElementRow> elements, IReadOnlyList<InvariantRow> invariants)
    {
        (Name, Kind, Parent, _index, Elements, Invariants) = (string.Intern(name), kind, parent, index, elements, invariants);
        foreach (var element in elements) _byName.Add(element.Name, element);
    }

    public string Name { get; }

    /// <summary>P primitive, D data type, R resource, B backbone.</summary>
    public char Kind { get; }

    public string Parent { get; }

    public IReadOnlyList<ElementRow> Elements { get; }

    /// <summary>Own and inherited.</summary>
    public IReadOnlyList<InvariantRow> Invariants { get; }

    public bool IsPrimitive => Kind == 'P';

    public bool IsAbstract => Name is "Resource" or "DomainResource" or "Element" or "BackboneElement";

    /// <summary>Throws on a name that is not in the model: our own mistake, never the sender's.</summary>
    public static TypeDefinition Of(string typeName) => Find(typeName) ?? Find("DomainResource")!;

    public static TypeDefinition? Find(string typeName) => s_all.Value.GetValueOrDefault(typeName);

    public static IEnumerable<TypeDefinition> All => s_all.Value.Values;

    public ElementRow Element(string name) => _byName[name];

    public ElementRow? FindElement(string name) => _byName.GetValueOrDefault(name);

    public FhirNode Create()
    {
        var node = NodeFactory.Create(_index) ?? throw new InvalidOperationException($"'{Name}' is abstract.");
        node.Bind(this);
        return node;
    }

    /// <summary>True for the type itself and everything it derives from.</summary>
    public bool Is(string typeName)
    {
        for (var type = this; ;)
        {
            if (type.Name == typeName) return true;
            if (type.Parent.Length == 0 || Find(type.Parent) is not { } parent) return false;
            type = parent;
        }
    }

    /// <summary>The meaning of a JSON property name, given as UTF-8 without a leading underscore; null when R4 does not know it.</summary>
    public JsonMember? Member(ReadOnlySpan<byte> utf8)
    {
        if (_members.Length == 0) _members = BuildMembers();
        var mask = _members.Length - 1;
        for (var i = Hash(utf8) & mask; _members[i] is { } member; i = (i + 1) & mask)
        {
            if (utf8.SequenceEqual(member.Utf8)) return member;
        }

        return null;
    }

    private JsonMember?[] BuildMembers()
    {
        var all = new List<JsonMember>();
        foreach (var element in Elements)
        {
            foreach (var type in element.Types)
            {
                var jsonName = ElementRow.JsonName(element.Name, element.IsChoice, type);
                all.Add(new JsonMember(Encoding.UTF8.GetBytes(jsonName), string.Intern(jsonName), element, type));
            }
        }

        // At most half full, so that a miss ends soon.
        var size = 8;
        while (size < all.Count * 2) size *= 2;
        var table = new JsonMember?[size];
        foreach (var member in all)
        {
            var i = Hash(member.Utf8) & (size - 1);
            while (table[i] is not null) i = (i + 1) & (size - 1);
            table[i] = member;
        }

        return table;
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = (uint)name.Length;
        foreach (var b in name) hash = (hash * 31) + b;
        return (int)(hash & int.MaxValue);
    }
}

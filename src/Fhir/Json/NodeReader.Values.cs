using System.Text;
using System.Text.Json;
using Vkp.Fhir.Definitions;
using Vkp.Fhir.Model;

namespace Vkp.Fhir.Json;

/// <content>Primitive values, their shadows, and what the model does not know.</content>
internal ref partial struct NodeReader
{
    private PrimitiveType? ReadPrimitive(TypeDefinition type, FhirNode owner, JsonMember member, PrimitiveType? existing)
    {
        var text = ReadScalar(type);
        if (text.Length == 0)
        {
            _report.Repairable(FhirIssueCodes.EmptyValue, "The text is empty.", "Leave the element out when there is no value.");
            return null;
        }

        text = PrimitiveRules.Check(text, type.Name, owner, member, _report);
        var primitive = existing ?? (PrimitiveType)type.Create();
        primitive.Text = text;
        return primitive;
    }

    /// <summary>The scalar's text; a literal of the wrong JSON kind is reported when its text fits the type.</summary>
    private readonly string ReadScalar(TypeDefinition type)
    {
        var wanted = type.Name switch
        {
            "boolean" => JsonTokenType.True,
            "decimal" or "integer" or "positiveInt" or "unsignedInt" => JsonTokenType.Number,
            _ => JsonTokenType.String,
        };
        var token = _json.TokenType == JsonTokenType.False ? JsonTokenType.True : _json.TokenType;
        var text = token == JsonTokenType.String ? ReadString() : Encoding.ASCII.GetString(ReadNumber());
        if (token == wanted || text.Length == 0) return text;
        var fits = wanted switch
        {
            JsonTokenType.True => text is "true" or "false",
            JsonTokenType.Number => FhirFormats.IsDecimal(text),
            _ => true,
        };
        var words = wanted switch { JsonTokenType.True => "true or false without quotes", JsonTokenType.Number => "a number without quotes", _ => "a text in quotes" };
        if (fits) _report.Repairable(FhirIssueCodes.WrongLiteral, $"A {type.Name} is {words}.", $"Send {words}.");
        return text;
    }

    private readonly ReadOnlySpan<byte> ReadNumber()
    {
        if (_json.ValueSpan.Length > _limits.NumberCharactersMax) _report.Stop(FhirIssueCodes.LimitExceeded, $"A number of {_json.ValueSpan.Length} characters; {_limits.NumberCharactersMax} are allowed.", "Round the number.");
        return _json.ValueSpan;
    }

    private readonly string ReadString()
    {
        if (_json.ValueSpan.Length > _limits.StringCharactersMax) _report.Stop(FhirIssueCodes.LimitExceeded, $"A text of {_json.ValueSpan.Length} bytes; {_limits.StringCharactersMax} are allowed.", "Shorten the text.");

        // The bytes are valid UTF-8, and a control character may not stand in JSON text unless it is escaped.
        if (!_json.ValueIsEscaped) return Encoding.UTF8.GetString(_json.ValueSpan);
        try
        {
            var text = _json.GetString()!;
            if (text.Contains('\0')) _report.Stop(FhirIssueCodes.WrongFormat, "A text holds the character U+0000.", "Take the character away.");
            return text;
        }
        catch (InvalidOperationException)
        {
            // An escape like \ud800 alone: no text in any encoding.
            _report.Stop(FhirIssueCodes.NotUtf8, "A text holds half a surrogate pair.", "Send whole characters.");
            throw;
        }
    }

    /// <summary>The `_name` beside a primitive: its id and extensions.</summary>
    private bool ReadShadow(FhirNode node, JsonMember member, ref SeenProperties seen)
    {
        var element = member.Element;
        if (!element.IsList)
        {
            if (_json.TokenType != JsonTokenType.StartObject) return WrongShadow();
            var single = node.Find(element.Name) as FhirNode ?? member.Type.Create();
            ReadElements(single, isResource: false);
            if (single.SlotCount == 0) _report.Repairable(FhirIssueCodes.EmptyValue, "The object is empty.", "Leave it out.");
            else if (node.Find(element.Name) is null) node.Append(element, single);
            return true;
        }

        if (_json.TokenType != JsonTokenType.StartArray) return WrongShadow();
        var items = ItemsOf(node, element);
        var readable = true;
        for (var index = 0; _json.Read() && _json.TokenType != JsonTokenType.EndArray; index++)
        {
            if (index >= _limits.ArrayItemsMax) _report.Stop(FhirIssueCodes.LimitExceeded, $"More than {_limits.ArrayItemsMax} items.", "Split the message.");
            if (index == items.Count) items.Add(member.Type.Create());
            if (_json.TokenType == JsonTokenType.Null)
            {
                seen.HasGaps = true;
            }
            else if (_json.TokenType == JsonTokenType.StartObject)
            {
                _report.PushIndex(index);
                ReadElements(items[index], isResource: false);
                _report.PopIndex();
            }
            else
            {
                readable = WrongShadow();
            }
        }

        return readable;
    }

    private bool WrongShadow()
    {
        _report.Error(FhirIssueCodes.WrongShape, "The extensions of a primitive have the wrong shape.", "Send an object, or an array of objects and nulls in step with the values.");
        SkipValue();
        return false;
    }

    /// <summary>Places in a primitive array that have neither value nor extension.</summary>
    private readonly void CloseGaps(FhirNode node)
    {
        foreach (var slot in node.Slots.ToArray())
        {
            if (slot.Value is not NodeList list || list.Items is not [PrimitiveType, ..]) continue;
            var removed = list.Items.RemoveAll(static x => x.IsEmpty);
            if (removed > 0) _report.Repairable(FhirIssueCodes.EmptyValue, $"'{slot.Element.Name}' has null or empty items without an extension.", "Leave the items out.");
            if (list.Items.Count == 0) node.Put(slot.Element, null);
        }
    }

    private void ReadUnknown(FhirNode node, string jsonName, ref SeenProperties seen, bool report)
    {
        if (!seen.MarkUnknown(jsonName)) DuplicateProperty(jsonName);
        if (report && seen.UnknownCount > _limits.UnknownPropertiesMax) _report.Stop(FhirIssueCodes.LimitExceeded, $"More than {_limits.UnknownPropertiesMax} unknown properties in one object.", "Is this FHIR R4?");
        if (report)
        {
            _report.Error(FhirIssueCodes.UnknownElement, $"'{Shorten(jsonName)}' is not an element of {node.TypeName} in FHIR R4.", "Check spelling and capitals, or move it to an extension.", tolerated: true);
        }

        _json.Read();
        KeepRaw(node, jsonName, SkipValue());
    }

    /// <summary>Reads past a value with all the checks that need no definition, and returns its bytes.</summary>
    private ReadOnlySpan<byte> SkipValue()
    {
        var start = (int)_json.TokenStartIndex;
        if (_json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            var depth = _json.CurrentDepth;
            var names = new Stack<HashSet<string>>();
            for (var tokens = 0; ; tokens++)
            {
                CheckSkipped(names, tokens);
                var atEnd = _json.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
                if (atEnd && _json.CurrentDepth == depth) break;
                _json.Read();
            }
        }
        else
        {
            CheckScalar();
        }

        return _utf8[start..(int)_json.BytesConsumed];
    }

    private readonly void CheckSkipped(Stack<HashSet<string>> names, int tokens)
    {
        if (_json.CurrentDepth > _limits.DepthMax) _report.Stop(FhirIssueCodes.LimitExceeded, $"Nested deeper than {_limits.DepthMax} levels.", "Flatten the message.");
        if (tokens > _limits.ArrayItemsMax * 10) _report.Stop(FhirIssueCodes.LimitExceeded, "Too much that the model does not know.", "Split the message.");
        if (_json.TokenType == JsonTokenType.StartObject) names.Push(new HashSet<string>(StringComparer.Ordinal));
        else if (_json.TokenType == JsonTokenType.EndObject) names.Pop();
        else if (_json.TokenType == JsonTokenType.PropertyName && !names.Peek().Add(ReadString())) DuplicateProperty(ReadString());
        else CheckScalar();
    }

    private readonly void CheckScalar()
    {
        if (_json.TokenType == JsonTokenType.String) _ = ReadString();
        else if (_json.TokenType == JsonTokenType.Number) _ = ReadNumber();
    }

    private static void KeepRaw(FhirNode node, string jsonName, ReadOnlySpan<byte> utf8) => node.Append(ElementRow.Unknown(jsonName), new RawJson(utf8.ToArray()));
}

/// <summary>Which properties of one object have been read: a bit each for the known ones.</summary>
internal struct SeenProperties
{
    private ulong _values;
    private ulong _shadows;
    private bool _resourceType;
    private HashSet<string>? _unknown;

    /// <summary>A null stood in an array of primitives.</summary>
    public bool HasGaps { get; set; }

    public readonly int UnknownCount => _unknown?.Count ?? 0;

    /// <summary>False when it was there already.</summary>
    public bool Mark(int ordinal, bool isShadow)
    {
        var bit = 1UL << ordinal;
        var isNew = ((isShadow ? _shadows : _values) & bit) == 0;
        if (isShadow) _shadows |= bit;
        else _values |= bit;
        return isNew;
    }

    public readonly bool HasShadow(int ordinal) => (_shadows & (1UL << ordinal)) != 0;

    public bool MarkResourceType()
    {
        var isNew = !_resourceType;
        _resourceType = true;
        return isNew;
    }

    public bool MarkUnknown(string name) => (_unknown ??= new HashSet<string>(StringComparer.Ordinal)).Add(name);
}

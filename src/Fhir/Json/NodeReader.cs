using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Vkp.Fhir.Definitions;
using Vkp.Fhir.Model;

namespace Vkp.Fhir.Json;

/// <summary>
/// One pass over the bytes, straight into typed nodes. Both modes read alike; strict calls an error what lenient calls a repair.
/// Time is linear in the input: every loop either consumes a token or ends at a limit.
/// </summary>
internal ref partial struct NodeReader
{
    private const int NoShadow = -1;

    private readonly ReadOnlySpan<byte> _utf8;
    private readonly FhirLimits _limits;
    private readonly ReadingReport _report;
    private Utf8JsonReader _json;

    private NodeReader(ReadOnlySpan<byte> utf8, bool lenient, FhirLimits limits)
    {
        _utf8 = utf8;
        _limits = limits;
        _report = new ReadingReport(lenient, limits.IssuesMax);

        // Depth is counted here, where the error can say so; the reader's own limit only ends the absurd.
        _json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 1_000_000 });
    }

    public static FhirParseResult Parse(ReadOnlySpan<byte> utf8, bool lenient, FhirLimits limits)
    {
        var hasBom = utf8.StartsWith("\uFEFF"u8);
        var reader = new NodeReader(hasBom ? utf8[3..] : utf8, lenient, limits);
        Resource? resource = null;
        try
        {
            resource = reader.ReadRoot(hasBom);
        }
        catch (JsonException e)
        {
            reader._report.Fatal(FhirIssueCodes.NotJson, $"Not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.", "Send well-formed JSON; check commas, quotes and brackets at that place.");
        }
        catch (ReadingStoppedException)
        {
            // The report already says why.
            resource = null;
        }

        return new FhirParseResult(resource, reader._report.Issues);
    }

    private Resource? ReadRoot(bool hasBom)
    {
        if (_utf8.Length > _limits.BytesMax) _report.Stop(FhirIssueCodes.LimitExceeded, $"The message has {_utf8.Length} bytes; {_limits.BytesMax} are allowed.", "Split the message, or leave out attachments.");
        if (!Utf8.IsValid(_utf8)) _report.Stop(FhirIssueCodes.NotUtf8, "The bytes are not valid UTF-8.", "Send UTF-8 (not Latin-1 or Windows-1252).");
        if (hasBom) _report.Repairable(FhirIssueCodes.NotUtf8, "The message begins with a byte order mark.", "Leave out the BOM.");
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject) _report.Stop(FhirIssueCodes.WrongShape, "The message is not a JSON object.", "Send one FHIR resource.");
        var resource = ReadResource();
        if (_json.Read()) _report.Stop(FhirIssueCodes.NotJson, "There is more after the resource.", "Send one resource; put several in a Bundle.");
        return resource;
    }

    /// <summary>At StartObject; leaves the reader at its EndObject. Null when the type is missing.</summary>
    private Resource? ReadResource()
    {
        var typeName = PeekResourceType();
        var atRoot = _report.IsAtRoot;
        if (typeName is null)
        {
            if (atRoot) _report.Stop(FhirIssueCodes.ResourceType, "'resourceType' is missing or not a string.", "Begin the object with \"resourceType\": \"Bundle\" or whatever it is.");
            return null;
        }

        if (atRoot) _report.Push(typeName);
        Resource resource;
        if (TypeDefinition.Find(typeName) is { Kind: 'R', IsAbstract: false } definition)
        {
            resource = (Resource)definition.Create();
        }
        else
        {
            resource = new OpaqueResource(typeName);
            if (ResourceNames.IsR4(typeName)) _report.Note(FhirIssueCodes.ResourceType, $"'{typeName}' is passed on as it is: the hub has no model for it.", "No action needed.");
            else _report.Error(FhirIssueCodes.ResourceType, $"'{Shorten(typeName)}' is not a resource type of FHIR R4.", "Check spelling and capitals, and that the message is R4.");
        }

        ReadElements(resource, isResource: true);
        if (atRoot) _report.Pop();
        return resource;
    }

    /// <summary>Null for names with escapes, the type's own and that of the member: none has any, and half a surrogate pair in one could not be read at all.</summary>
    private readonly string? PeekResourceType()
    {
        var peek = _json;
        while (peek.Read() && peek.TokenType == JsonTokenType.PropertyName)
        {
            var isType = !peek.ValueIsEscaped && peek.ValueTextEquals("resourceType"u8);
            peek.Read();
            if (isType) return peek.TokenType == JsonTokenType.String && peek.ValueSpan.Length is > 0 and < 65 && !peek.ValueIsEscaped ? peek.GetString() : null;
            peek.Skip();
        }

        return null;
    }

    /// <summary>At StartObject; leaves the reader at its EndObject.</summary>
    private void ReadElements(FhirNode node, bool isResource)
    {
        if (_json.CurrentDepth > _limits.DepthMax) _report.Stop(FhirIssueCodes.LimitExceeded, $"Nested deeper than {_limits.DepthMax} levels.", "Flatten the message.");
        var opaque = node is OpaqueResource;
        var definition = node.TypeRow;
        var seen = default(SeenProperties);
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var name = _json.ValueIsEscaped ? Encoding.UTF8.GetBytes(ReadString()) : _json.ValueSpan;
            if (isResource && name.SequenceEqual("resourceType"u8))
            {
                if (!seen.MarkResourceType()) DuplicateProperty("resourceType");
                _json.Read();
                _json.Skip();
                continue;
            }

            var isShadow = name.Length > 1 && name[0] == '_';
            var member = definition.Member(isShadow ? name[1..] : name);
            if (member is null || (isShadow && !member.Type.IsPrimitive))
            {
                ReadUnknown(node, Encoding.UTF8.GetString(name), ref seen, report: !opaque);
                continue;
            }

            ReadMember(node, member, isShadow, ref seen);
        }

        if (seen.HasGaps) CloseGaps(node);
    }

    private void ReadMember(FhirNode node, JsonMember member, bool isShadow, ref SeenProperties seen)
    {
        var element = member.Element;
        _report.Push(element.Name);
        if (!seen.Mark(element.Ordinal, isShadow) && (!element.IsChoice || SameType(node, member))) DuplicateProperty(member.JsonName);
        if (element.IsChoice && !SameType(node, member))
        {
            _report.Error(FhirIssueCodes.ChoiceTwice, $"'{element.Name}' has more than one type.", $"Send one of {string.Join(", ", element.Types.Take(5).Select(t => ElementRow.JsonName(element.Name, true, t)))}.");
            _json.Read();
            KeepRaw(node, (isShadow ? "_" : "") + member.JsonName, SkipValue());
            _report.Pop();
            return;
        }

        _json.Read();
        var start = (int)_json.TokenStartIndex;
        var readable = isShadow ? ReadShadow(node, member, ref seen) : ReadValue(node, member, ref seen);
        if (!readable)
        {
            node.Put(element, null);
            KeepRaw(node, (isShadow ? "_" : "") + member.JsonName, _utf8[start..(int)_json.BytesConsumed]);
        }

        _report.Pop();
    }

    /// <summary>False when the JSON has a shape that no repair can put right; the reader stands at the value's end either way.</summary>
    private bool ReadValue(FhirNode node, JsonMember member, ref SeenProperties seen)
    {
        var element = member.Element;
        switch (_json.TokenType)
        {
            case JsonTokenType.Null:
                _report.Repairable(FhirIssueCodes.EmptyValue, "The value is null.", "Leave the element out.");
                return true;
            case JsonTokenType.StartArray when element.IsList:
                return ReadArray(node, member, ref seen);
            case JsonTokenType.StartArray:
                return ReadSingleFromArray(node, member);
        }

        if (element.IsList) _report.Repairable(FhirIssueCodes.SingleForArray, "A single value stands where an array is required.", "Put it in [ ].");
        if (!TryReadSingle(node, member, at: seen.HasShadow(element.Ordinal) ? 0 : NoShadow, out var value)) return false;
        if (value is null) return true;
        if (element.IsList)
        {
            ItemsOf(node, element).Add(value);
        }
        else if (!seen.HasShadow(element.Ordinal))
        {
            node.Append(element, value);
        }
        else
        {
            node.Put(element, value);
        }

        return true;
    }

    private bool ReadArray(FhirNode node, JsonMember member, ref SeenProperties seen)
    {
        var element = member.Element;
        var hadShadow = seen.HasShadow(element.Ordinal);
        var items = hadShadow ? (node.Find(element.Name) as NodeList)?.Items : null;
        hadShadow = items is not null;
        var index = 0;
        var readable = true;
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (index >= _limits.ArrayItemsMax) _report.Stop(FhirIssueCodes.LimitExceeded, $"More than {_limits.ArrayItemsMax} items.", "Split the message.");
            _report.PushIndex(index);
            FhirNode? value = null;
            if (_json.TokenType == JsonTokenType.Null && member.Type.IsPrimitive)
            {
                value = hadShadow && index < items!.Count ? items[index] : member.Type.Create();
                seen.HasGaps = true;
            }
            else if (_json.TokenType == JsonTokenType.Null)
            {
                _report.Repairable(FhirIssueCodes.EmptyValue, "The item is null.", "Leave the item out.");
            }
            else
            {
                readable &= TryReadSingle(node, member, hadShadow ? index : NoShadow, out value);
                if (value is null && member.Type.IsPrimitive)
                {
                    // An empty text keeps its place until the shadow array is read.
                    value = member.Type.Create();
                    seen.HasGaps = true;
                }
            }

            _report.PopIndex();
            if (value is not null)
            {
                items ??= ItemsOf(node, element);
                if (!hadShadow || index >= items.Count) items.Add(value);
            }

            index++;
        }

        if (index == 0) _report.Repairable(FhirIssueCodes.EmptyValue, "The array is empty.", "Leave the element out.");
        return readable;
    }

    private bool ReadSingleFromArray(FhirNode node, JsonMember member)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.EndArray)
        {
            _report.Repairable(FhirIssueCodes.EmptyValue, "The array is empty.", "Leave the element out.");
            return true;
        }

        FhirNode? value = null;
        if (_json.TokenType is JsonTokenType.StartArray) _json.Skip();
        else if (_json.TokenType != JsonTokenType.Null) TryReadSingle(node, member, 0, out value);
        _json.Read();
        if (_json.TokenType == JsonTokenType.EndArray && value is not null)
        {
            _report.Repairable(FhirIssueCodes.ArrayForSingle, "An array of one stands where a single value is required.", "Take away [ ].");
            if (node.Find(member.Element.Name) is null) node.Append(member.Element, value);
            return true;
        }

        _report.Error(FhirIssueCodes.WrongShape, "An array stands where a single value is required.", "Send one value.");
        while (_json.TokenType != JsonTokenType.EndArray)
        {
            _json.Skip();
            _json.Read();
        }

        return false;
    }

    /// <summary>False for a wrong shape (already reported). The value is null when it was empty and left out.</summary>
    /// <param name="at">The place of a node that the shadow has made already, or NoShadow.</param>
    private bool TryReadSingle(FhirNode node, JsonMember member, int at, out FhirNode? value)
    {
        value = null;
        var type = member.Type;
        var isObject = _json.TokenType == JsonTokenType.StartObject;
        if (type.IsPrimitive)
        {
            if (isObject || _json.TokenType == JsonTokenType.StartArray)
            {
                _report.Error(FhirIssueCodes.WrongShape, $"An object or array stands where a {type.Name} is required.", $"Send a {type.Name}.");
                SkipValue();
                return false;
            }

            // A shadow that came first has made the node already.
            var existing = at == NoShadow ? null : node.Find(member.Element.Name) switch
            {
                NodeList list when at < list.Items.Count && list.Items[at] is PrimitiveType { Text: null } item => item,
                PrimitiveType { Text: null } single => single,
                _ => null,
            };
            value = ReadPrimitive(type, node, member, existing);
            return true;
        }

        if (!isObject)
        {
            _report.Error(FhirIssueCodes.WrongShape, $"A plain value stands where an object ({type.Name}) is required.", $"Send a {type.Name} as an object.");
            if (_json.TokenType == JsonTokenType.StartArray) SkipValue();
            return false;
        }

        if (type.Kind == 'R') return TryReadContained(out value);
        value = type.Create();
        ReadElements(value, isResource: false);
        if (value.SlotCount > 0) return true;
        _report.Repairable(FhirIssueCodes.EmptyValue, "The object is empty.", "Leave the element out.");
        value = null;
        return true;
    }

    private bool TryReadContained(out FhirNode? value)
    {
        value = ReadResource();
        if (value is not null) return true;
        _report.Error(FhirIssueCodes.ResourceType, "'resourceType' is missing or not a string.", "Every resource says its type.");
        SkipValue();
        return false;
    }

    private static bool SameType(FhirNode node, JsonMember member) => node.Find(member.Element.Name) is not FhirNode other || other.TypeName == member.TypeName;

    private static List<FhirNode> ItemsOf(FhirNode node, ElementRow element)
    {
        if (node.Find(element.Name) is NodeList list) return list.Items;
        var items = new List<FhirNode>();
        node.Append(element, new NodeList(items));
        return items;
    }

    private readonly void DuplicateProperty(string jsonName) =>
        _report.Stop(FhirIssueCodes.DuplicateProperty, $"'{Shorten(jsonName)}' stands twice in one object; readers disagree on which one counts.", "Send each property once.");

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "...";
}

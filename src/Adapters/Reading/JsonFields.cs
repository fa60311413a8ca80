using System.Text.Json;
using Vkp.Adapters.Errors;

namespace Vkp.Adapters.Reading;

/// <summary>
/// The members of one JSON object, read by name. A member that is missing or wrong is put down as a fault with its JSON path, and reading goes on
/// with a stand-in value, so that one pass finds everything. No value read after a fault may leave the translation.
/// JSON null counts as absent; members nobody asks for are ignored, so that a vendor can add to its format.
/// </summary>
internal sealed class JsonFields(JsonElement element, string path, Findings findings)
{
    public string Path => path;

    public Findings Findings => findings;

    public bool Has(string name) => Find(name) is not null;

    public string At(string name) => $"{path}.{name}";

    public string Text(string name, int charactersMax = 256)
    {
        if (Find(name) is not { } member)
        {
            findings.Fault(TranslationErrors.Missing(At(name)));
            return string.Empty;
        }

        return ReadText(member, At(name), charactersMax);
    }

    public string? TextOrNull(string name, int charactersMax = 256) =>
        Find(name) is { } member ? ReadText(member, At(name), charactersMax) : null;

    /// <summary>A text that is one of a closed list, each with what it means to the translation.</summary>
    public T? Choice<T>(string name, IReadOnlyDictionary<string, T> choices)
    {
        var at = At(name);
        if (Find(name) is null)
            findings.Fault(TranslationErrors.Missing(at));
        else if (Text(name) is { Length: > 0 } text)
            return ChoiceOf(text, at, choices);
        return default;
    }

    public T? ChoiceOrDefault<T>(string name, IReadOnlyDictionary<string, T> choices, T absent) => Has(name) ? Choice(name, choices) : absent;

    /// <summary>A list of texts, each one of a closed list; at least one.</summary>
    public IReadOnlyList<T> Choices<T>(string name, IReadOnlyDictionary<string, T> choices, int itemsMax)
        where T : class
    {
        var texts = Texts(name, itemsMax, required: true);
        return [.. texts.Select((text, index) => text.Length == 0 ? null : ChoiceOf(text, $"{At(name)}[{index}]", choices)).OfType<T>()];
    }

    public DateTimeOffset Time(string name)
    {
        if (Find(name) is not null)
            return TimeOrNull(name) ?? default;
        findings.Fault(TranslationErrors.Missing(At(name)));
        return default;
    }

    public DateTimeOffset? TimeOrNull(string name)
    {
        if (TextOrNull(name, charactersMax: 40) is not { Length: > 0 } text)
            return null;
        if (OffsetTime.TryParse(text, out var time))
            return time;
        findings.Fault(TranslationErrors.NotATime(At(name)));
        return null;
    }

    public int? IntegerOrNull(string name, int min, int max)
    {
        if (Find(name) is not { } member)
            return null;
        if (member.ValueKind != JsonValueKind.Number || !member.TryGetDecimal(out var number) || number != decimal.Truncate(number))
            findings.Fault(TranslationErrors.WrongType(At(name), "a whole number", Kind(member)));
        else if (number < min || number > max)
            findings.Fault(TranslationErrors.OutOfRange(At(name), $"{min} to {max}"));
        else
            return (int)number;
        return null;
    }

    public int Integer(string name, int min, int max)
    {
        if (!Has(name))
            findings.Fault(TranslationErrors.Missing(At(name)));
        return IntegerOrNull(name, min, max) ?? min;
    }

    public decimal? DecimalOrNull(string name)
    {
        if (Find(name) is not { } member)
            return null;
        if (member.ValueKind != JsonValueKind.Number)
            findings.Fault(TranslationErrors.WrongType(At(name), "a number", Kind(member)));
        else if (!member.TryGetDecimal(out var number) || Math.Abs(number) > 1_000_000_000)
            findings.Fault(TranslationErrors.OutOfRange(At(name), "-1000000000 to 1000000000"));
        else
            return number;
        return null;
    }

    public decimal Decimal(string name)
    {
        if (!Has(name))
            findings.Fault(TranslationErrors.Missing(At(name)));
        return DecimalOrNull(name) ?? 0;
    }

    public bool? FlagOrNull(string name)
    {
        if (Find(name) is not { } member)
            return null;
        if (member.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return member.GetBoolean();
        findings.Fault(TranslationErrors.WrongType(At(name), "true or false", Kind(member)));
        return null;
    }

    /// <summary>An object that must be there. When it is not, the fields returned are null and the fault is put down.</summary>
    public JsonFields? Object(string name)
    {
        if (Has(name))
            return ObjectOrNull(name);
        findings.Fault(TranslationErrors.Missing(At(name)));
        return null;
    }

    public JsonFields? ObjectOrNull(string name)
    {
        if (Find(name) is not { } member)
            return null;
        if (member.ValueKind == JsonValueKind.Object)
            return new JsonFields(member, At(name), findings);
        findings.Fault(TranslationErrors.WrongType(At(name), "an object", Kind(member)));
        return null;
    }

    /// <summary>The objects of a list; empty when absent. A list that must be there has at least one.</summary>
    public IReadOnlyList<JsonFields> Objects(string name, int itemsMax, bool required)
    {
        var objects = new List<JsonFields>();
        foreach (var (item, at) in Items(name, itemsMax, required))
        {
            if (item.ValueKind == JsonValueKind.Object)
                objects.Add(new JsonFields(item, at, findings));
            else
                findings.Fault(TranslationErrors.WrongType(at, "an object", Kind(item)));
        }

        return objects;
    }

    public IReadOnlyList<string> Texts(string name, int itemsMax, bool required, int charactersMax = 128) =>
        [.. Items(name, itemsMax, required).Select(item => ReadText(item.Element, item.At, charactersMax))];

    private IEnumerable<(JsonElement Element, string At)> Items(string name, int itemsMax, bool required)
    {
        var at = At(name);
        if (Find(name) is not { } member)
        {
            if (required)
                findings.Fault(TranslationErrors.Missing(at));
        }
        else if (member.ValueKind != JsonValueKind.Array)
        {
            findings.Fault(TranslationErrors.WrongType(at, "a list", Kind(member)));
        }
        else if (member.GetArrayLength() > itemsMax || (required && member.GetArrayLength() == 0))
        {
            findings.Fault(TranslationErrors.TooMany(at, itemsMax));
        }
        else
        {
            return member.EnumerateArray().Select((item, index) => (item, $"{at}[{index}]"));
        }

        return [];
    }

    private T? ChoiceOf<T>(string text, string at, IReadOnlyDictionary<string, T> choices)
    {
        if (choices.TryGetValue(text, out var chosen))
            return chosen;
        findings.Fault(TranslationErrors.NotAllowed(at, choices.Keys));
        return default;
    }

    private string ReadText(JsonElement member, string at, int charactersMax)
    {
        if (member.ValueKind != JsonValueKind.String)
        {
            findings.Fault(TranslationErrors.WrongType(at, "text", Kind(member)));
            return string.Empty;
        }

        if (!JsonText.TryGet(member, out var raw))
        {
            findings.Fault(TranslationErrors.TextForm(at, "Unicode text without lone surrogates"));
            return string.Empty;
        }

        var clean = CleanText.Of(raw, at, findings);
        if (clean.Length == 0 || clean.Length > charactersMax)
        {
            findings.Fault(TranslationErrors.TextLength(at, charactersMax));
            return string.Empty;
        }

        return clean;
    }

    private JsonElement? Find(string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    private static string Kind(JsonElement member) => member.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "another number",
        _ => "true or false",
    };
}

using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Vkp.Hub.Trace;

/// <summary>The words of the printed report in one language. All of them stand in `report-texts.json`, the three languages side by side.</summary>
/// <param name="language">`nb`, `nn` or `en`.</param>
public sealed class ReportTexts(string language)
{
    private static readonly Dictionary<string, Dictionary<string, string>> All = Load();

    public static IReadOnlyList<string> Languages { get; } = ["nb", "nn", "en"];

    /// <summary>Every key, for whoever checks that nothing is missing.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Keys { get; } =
        All.ToDictionary(text => text.Key, text => (IReadOnlyDictionary<string, string>)text.Value, StringComparer.Ordinal);

    public string this[string key] => All[key][language];

    public string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.InvariantCulture, this[key], values);

    /// <summary>The words for a code; a code without words is shown as it is, and never hidden.</summary>
    public string Of(string kind, string code) => Find($"{kind}.{code}") ?? code;

    /// <summary>The words of a key that need not be there.</summary>
    public string? Find(string key) => All.TryGetValue(key, out var texts) ? texts[language] : null;

    /// <summary>The sentence for a fact, its places filled from what the fact says. What else comes from outside is said otherwise when a person here did it.</summary>
    public string Sentence(TraceStep step) => (step.Author is not null && Find($"event.{step.What}.person") is { } ofPerson ? ofPerson : Of("event", step.What))
        .Replace("{destination}", step.Destination, StringComparison.Ordinal)
        .Replace("{author}", step.Author, StringComparison.Ordinal)
        .Replace("{purpose}", step.Purpose ?? "-", StringComparison.Ordinal)
        .Replace("{reason}", step.Code is { } code ? Of("reason", code) : "-", StringComparison.Ordinal);

    private static Dictionary<string, Dictionary<string, string>> Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Vkp.Hub.Trace.report-texts.json")
            ?? throw new InvalidOperationException("The report's texts are not embedded.");
        return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream) ?? throw new InvalidOperationException("The report's texts are empty.");
    }
}

using Vkp.Fhir.Model;

namespace Vkp.Adapters.Notes;

/// <summary>A questionnaire's answers, a line each.</summary>
internal static class QuestionnaireText
{
    /// <summary>Groups within groups; deeper ones are left out rather than followed for ever.</summary>
    private const int DepthMax = 8;

    public static IEnumerable<string> Lines(QuestionnaireResponse response)
    {
        var name = response.QuestionnaireElement?.GetExtension("http://hl7.org/fhir/StructureDefinition/display")?.Value is PrimitiveType { Text.Length: > 0 } display
            ? $" {display.Text}" : string.Empty;
        var at = Says.Time(response.AuthoredElement) is { Length: > 0 } time ? $" {time}" : string.Empty;
        yield return $"Skjema{name}{at}:";
        foreach (var line in response.Item.SelectMany(item => Item(item, depth: 0)))
            yield return line;
    }

    private static IEnumerable<string> Item(QuestionnaireResponse.ItemComponent item, int depth)
    {
        if (depth > DepthMax)
            yield break;
        var answers = string.Join(", ", item.Answer.Select(answer => Answer(answer.Value)).Where(text => text.Length > 0));
        if (answers.Length > 0)
            yield return $"- {Asked(item.Text ?? item.LinkId ?? string.Empty)} {answers}";
        foreach (var line in item.Item.SelectMany(inner => Item(inner, depth + 1)))
            yield return line;
    }

    private static string Asked(string question) => question.EndsWith('?') ? question : $"{question}:";

    private static string Answer(DataType? value) => value switch
    {
        FhirBoolean flag => flag.Value == true ? "ja" : "nei",
        Coding coding => coding.Display ?? coding.Code ?? string.Empty,
        Quantity quantity => $"{quantity.ValueElement?.Text?.Replace('.', ',')} {quantity.Unit}".Trim(),
        FhirDecimal number => number.Text?.Replace('.', ',') ?? string.Empty,
        PrimitiveType primitive => primitive.Text ?? string.Empty,
        _ => string.Empty,
    };
}

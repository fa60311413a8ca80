using Vkp.Fhir.Model;

namespace Vkp.Fhir.Validation;

/// <summary>Finds known misprints, and a code whose text is the name of another code: the sender and the receiver would read two different things.</summary>
internal static class CodeTexts
{
    private static readonly Lazy<Dictionary<string, Dictionary<string, string>>> s_codesByDisplay = new(static () => ProfileCatalog.CodeSystems.ToDictionary(
        static x => x.Key,
        static x => ProfileCatalog.Concepts(x.Value.Concept).Where(static c => c.Display is not null).DistinctBy(static c => c.Display, StringComparer.OrdinalIgnoreCase).ToDictionary(static c => c.Display!, static c => c.Code!, StringComparer.OrdinalIgnoreCase),
        StringComparer.Ordinal));

    public static void Check(CodeableConcept concept, ValidationRun run)
    {
        foreach (var coding in concept.Coding)
        {
            if (Codes.Misprints.MeantBy(coding.System, coding.Code) is { } meant)
            {
                run.Warning(FhirIssueCodes.TextAgainstCode, $"{coding.Code} stands in published tables by mistake; {meant.Code} ({meant.Display}) was probably meant. Passed on as it is.", $"Send {meant.Code}.", meant.System);
            }

            if (coding.System is null || !s_codesByDisplay.Value.TryGetValue(coding.System, out var codes)) continue;
            foreach (var text in Texts(concept, coding))
            {
                // "300 - Trygghetsalarm": a number of the sender's own before the name.
                var name = text[(text.LastIndexOf(" - ", StringComparison.Ordinal) is >= 0 and var dash ? dash + 3 : 0)..].Trim();
                if (!codes.TryGetValue(name, out var other) || other == coding.Code) continue;
                run.Warning(FhirIssueCodes.TextAgainstCode, $"The code is {coding.Code} but the text '{name}' is the name of code {other}. Both are passed on as they are.", $"Send code {other}, or the right text.", coding.System);
                return;
            }
        }
    }

    private static IEnumerable<string> Texts(CodeableConcept concept, Coding coding)
    {
        if (coding.Display is { } display) yield return display;
        if (concept.Text is { } text) yield return text;
    }
}

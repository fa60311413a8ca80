using Vkp.Fhir.Model;

namespace Vkp.Fhir.Validation.Rules;

/// <summary>One small rule about one node. Rules hold no state of a run and are shared by all.</summary>
internal abstract class Rule
{
    public abstract void Check(FhirNode node, ValidationRun run);

    /// <summary>The rule in a sentence, for `explain`.</summary>
    public abstract string Explain();

    /// <summary>A code or address as it may stand in a message: without anything that could be a person's number.</summary>
    protected static string Show(string? text)
    {
        if (text is null) return "(none)";
        if (text.Count(char.IsAsciiDigit) >= 11 && !text.StartsWith("urn:oid:", StringComparison.Ordinal) && !text.StartsWith("http", StringComparison.Ordinal)) return "(digits not shown)";
        return text.Length <= 80 ? text : text[..80] + "...";
    }
}

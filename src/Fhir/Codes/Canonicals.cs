using System.Collections.Frozen;

namespace Vkp.Fhir.Codes;

/// <summary>Misspellings of canonical addresses that national tables and real senders have brought into circulation.</summary>
public static class Canonicals
{
    private static readonly FrozenDictionary<string, string> s_corrections = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["http://ehelse.no/fhir/StructureDefinition/vkp-QuestionnaireResponse-v090"] = "http://ehelse.no/fhir/StructureDefinition/vkp-QuestionnaireReponse-v090",
        ["http://www.loinc.org"] = Systems.Loinc,
        ["https://www.loinc.org"] = Systems.Loinc,
        ["http://www.snomed.info/sct"] = Systems.SnomedCt,
        ["http://snomed.info"] = Systems.SnomedCt,
        ["http://unitsofmeasure.org/ucum"] = Systems.Ucum,
        ["urn:uid:2.16.578.1.12.4.1.1.7497"] = "urn:oid:2.16.578.1.12.4.1.1.7497",
        ["urn:uid:2.16.578.1.12.4.1.1.7498"] = "urn:oid:2.16.578.1.12.4.1.1.7498",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] s_httpOnly = ["loinc.org", "snomed.info/sct", "unitsofmeasure.org", "hl7.org/fhir", "terminology.hl7.org/", "ehelse.no/fhir/", "hl7.no/fhir/"];

    /// <summary>The published form of a misspelt address; null when it is not a known misspelling.</summary>
    /// <param name="isSystem">The address is the system of a coding: a value set's address there means its code system.</param>
    public static string? Correct(string address, bool isSystem)
    {
        // The two systems that most codings have are right more often than anything else.
        if (address is Systems.Loinc or Systems.SnomedCt) return null;
        var result = address;
        if (IsBareOid(result)) result = "urn:oid:" + result;
        if (result.StartsWith("https://", StringComparison.Ordinal) && Array.Exists(s_httpOnly, x => result.AsSpan(8).StartsWith(x))) result = "http://" + result[8..];
        if (result is "http://loinc.org/" or "http://snomed.info/sct/" or "http://unitsofmeasure.org/") result = result[..^1];
        if (isSystem && result.StartsWith("http://ehelse.no/fhir/ValueSet/vkp-", StringComparison.Ordinal)) result = result.Replace("/ValueSet/", "/CodeSystem/", StringComparison.Ordinal);
        if (s_corrections.TryGetValue(result, out var corrected)) result = corrected;
        return result == address ? null : result;
    }

    private static bool IsBareOid(string text) => text.StartsWith("2.16.", StringComparison.Ordinal) && text.All(static c => char.IsAsciiDigit(c) || c == '.');
}

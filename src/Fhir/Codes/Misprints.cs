using System.Collections.Frozen;

namespace Vkp.Fhir.Codes;

/// <summary>Codes that published Norwegian tables print wrongly. They are codes of something else, so they are reported and never changed.</summary>
public static class Misprints
{
    private static readonly FrozenDictionary<(string System, string Code), FhirCode> s_meant = new Dictionary<(string, string), FhirCode>
    {
        [(Systems.Loinc, "29563-7")] = Loinc.BodyWeight,
        [(Systems.SnomedCt, "404996007")] = SnomedCt.ConsciousnessAcvpu,
    }.ToFrozenDictionary();

    /// <summary>The code that the table meant; null for a code that is no known misprint.</summary>
    public static FhirCode? MeantBy(string? system, string? code) => system is not null && code is not null ? s_meant.GetValueOrDefault((system, code)) : null;
}

using Vkp.Fhir.Model;

namespace Vkp.Adapters;

/// <summary>What is asked of an Observation in more than one place.</summary>
public static class Observations
{
    /// <summary>When it was measured: the time, or the beginning of the period. Null when it says neither in a form with a date.</summary>
    public static DateTimeOffset? EffectiveTime(this Observation observation) => observation.Effective switch
    {
        FhirDateTime time when time.TryToDateTimeOffset(out var at) => at,
        Period { StartElement: { } start } when start.TryToDateTimeOffset(out var from) => from,
        Instant { Value: { } moment } => moment,
        _ => null,
    };

    internal static bool IsMeasurement(this CodeableConcept code, IReadOnlyList<string> systems) =>
        code.Coding.Any(coding => coding.Code is { Length: > 0 } && coding.System is { } system && systems.Contains(system));
}

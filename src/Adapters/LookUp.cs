using System.Collections.ObjectModel;
using Vkp.Fhir.Model;

namespace Vkp.Adapters;

/// <summary>What a vendor with a need asks a journal system for.</summary>
/// <param name="ResourceType">Patient, EpisodeOfCare, CarePlan, Composition, Condition, AllergyIntolerance or MedicationStatement.</param>
/// <param name="Patient">Whom it is about; null asks for everybody who has one of the services.</param>
/// <param name="ServiceCodes">The national codes of the services that the need comes from (RT, TA, GPS, MD, DT, DHO); never empty.</param>
/// <param name="Dates">Bounds as FHIR writes them, `ge2026-05-01`; each holds.</param>
public sealed record LookUp(string ResourceType, SourceIdentifier? Patient, IReadOnlyList<string> ServiceCodes, IReadOnlyList<string> Dates)
{
    /// <summary>The destination's settings, secrets resolved.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Without the person.</summary>
    public override string ToString() => $"look-up of {ResourceType} for {string.Join(',', ServiceCodes)}";
}

/// <summary>What came of a look-up.</summary>
public abstract record LookUpOutcome
{
    private LookUpOutcome()
    {
    }

    /// <summary>The journal system answered; nothing found is an answer too.</summary>
    /// <param name="Resources">What was asked for, and resources of other types that belong to it (the patient of a plan).</param>
    public sealed record Found(IReadOnlyList<Resource> Resources) : LookUpOutcome;

    /// <summary>The journal system's interface has nothing of this type.</summary>
    public sealed record NotOffered : LookUpOutcome;

    /// <summary>It refused, or did not answer in a way that can be read. Nothing has changed anywhere, so the vendor may ask again.</summary>
    public sealed record Failed(VkpError Error) : LookUpOutcome;
}

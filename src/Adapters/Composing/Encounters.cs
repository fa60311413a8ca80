using Vkp.Adapters.Envelope;
using Vkp.Adapters.Reading;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Composing;

/// <summary>Digital supervision as VKP has it: a virtual Encounter with one participant per way of looking in.</summary>
internal static class Encounters
{
    private static readonly Dictionary<string, FhirCode> Modes = new()
    {
        ["anonymisedVideo"] = EncounterModes.AnonymisedPicture,
        ["video"] = EncounterModes.Picture,
        ["twoWaySpeech"] = EncounterModes.TwoWaySpeech,
        ["anonymisedListenIn"] = EncounterModes.AnonymisedListening,
        ["listenIn"] = EncounterModes.Listening,
    };

    public static FhirCode? ReadMode(JsonFields data) => data.Choice("mode", Modes);

    public static IReadOnlyList<FhirCode> ReadModes(JsonFields data) => data.Choices("modes", Modes, itemsMax: 5);

    /// <summary>`stue @ hjemmet`, as the national examples write it; null when the vendor says nothing of the place.</summary>
    public static string? ReadPlace(JsonFields data)
    {
        if (data.ObjectOrNull("location") is not { } location)
            return null;
        var parts = new[] { location.TextOrNull("room", charactersMax: 80), location.TextOrNull("site", charactersMax: 80) };
        return string.Join(" @ ", parts.Where(part => part is { Length: > 0 })) is { Length: > 0 } place ? place : null;
    }

    public static Encounter Virtual(
        VendorEvent source, Guid id, FhirCode reason, IReadOnlyList<FhirCode> modes, ResourceReference? person, DateTimeOffset from, DateTimeOffset? to, string? place)
    {
        var encounter = new Encounter
        {
            Id = id.ToString("D"),
            Meta = Parts.Profile(VkpProfiles.Encounter),
            Identifier = [Parts.UuidIdentifier(id)],
            Status = to is null ? Encounter.EncounterStatus.InProgress : Encounter.EncounterStatus.Finished,
            Class = EncounterClasses.Virtual,
            Subject = Parts.Logical(source.Patient),
            Participant = [.. modes.Select(mode => new Encounter.ParticipantComponent
            {
                Type = [mode],
                Individual = (ResourceReference?)person?.DeepCopy(),
            })],
            Period = new Period { StartElement = new FhirDateTime(from), EndElement = to is { } end ? new FhirDateTime(end) : null },
            ReasonCode = [reason],
        };
        if (place is not null)
            encounter.Location.Add(new() { Location = new ResourceReference { Display = place } });
        return encounter;
    }
}

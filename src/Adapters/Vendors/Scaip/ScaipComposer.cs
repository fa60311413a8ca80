using Vkp.Adapters.Composing;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.Scaip;

/// <summary>A message as FHIR. The patient is filled in by the hub, which knows whose the device is (<see cref="Cases.PatientBinding"/>).</summary>
internal sealed class ScaipComposer(ScaipMessage message, EventEnvelope envelope, ScaipMeaning meaning)
{
    public CaseRole CaseRole => meaning.Effect switch
    {
        ScaipEffect.Raises => CaseRole.Opens,
        ScaipEffect.Resets => CaseRole.Closes,
        _ => CaseRole.None,
    };

    public IReadOnlyList<string> CaseIds => meaning.Effect == ScaipEffect.DoseDispensed ? [] : [message.CaseId];

    public IReadOnlyList<Resource> Resources() => meaning.Effect switch
    {
        ScaipEffect.Raises => [Alert()],
        ScaipEffect.Resets => [Reset()],
        _ => [Dispense()],
    };

    private Guid Id(string part) => DeterministicId.From("scaip", "1", envelope.SourceMessageId, part);

    private ResourceReference Sender => Parts.Logical(envelope.Device!, meaning.ServiceCode == ServiceCodes.MedicineDispenser ? "Medisindispenser" : "Alarmsender");

    private FhirDateTime At => new(envelope.OccurredAt);

    private DetectedIssue Alert()
    {
        var id = Id("alert");
        var where = message.LocationText ?? message.DeviceText;
        var words = new[] { where is null ? null : $"Sted: {where}", meaning.Unknown ? $"SCAIP enhetstype {message.DeviceType}, status {message.Status ?? "ingen"}" : null };
        return new DetectedIssue
        {
            Id = id.ToString("D"),
            Meta = Parts.Profile(VkpProfiles.DetectedIssue),
            Identifier = [Parts.UuidIdentifier(id)],
            Status = ObservationStatus.Final,
            Code = meaning.Code!,
            Severity = meaning.IsUrgent ? DetectedIssue.DetectedIssueSeverity.High : DetectedIssue.DetectedIssueSeverity.Low,
            Identified = At,
            Author = Sender,
            Detail = string.Join(". ", words.OfType<string>()) is { Length: > 0 } detail ? detail : null,
        };
    }

    private Composition Reset()
    {
        var id = Id("note");
        return new Composition
        {
            Id = id.ToString("D"),
            Meta = Parts.Profile(VkpProfiles.Composition),
            Identifier = Parts.UuidIdentifier(id),
            Status = CompositionStatus.Final,
            Type = Loinc.SummaryNote,
            Category = [CompositionCategories.SafetyAndMastery],
            DateElement = At,
            Author = [Sender],
            Title = "Journalnotat for respons på hendelse",
            Event = [Compositions.Step(CompositionEvents.Acknowledged, envelope.OccurredAt)],
            Section = [Compositions.Section(CompositionSections.CompiledText, "Oppsummering", $"{What()}.")],
        };
    }

    private string What() => message.Status switch
    {
        "0019" => "Alarmen ble avbrutt på enheten",
        "0088" => "Noen er på stedet etter alarmen",
        "0111" => "Oppdraget er meldt utført på enheten",
        _ => "Alarmen ble tilbakestilt på enheten",
    };

    private MedicationDispense Dispense()
    {
        var id = Id("dispense");
        return new MedicationDispense
        {
            Id = id.ToString("D"),
            Meta = Parts.Profile(VkpProfiles.MedicationDispense),
            Identifier = [Parts.UuidIdentifier(id)],
            Status = MedicationDispense.MedicationDispenseStatusCodes.Completed,
            Category = MedicationDispenseEvents.Dispensed,
            Medication = new CodeableConcept { Text = "Ukjent medisin" },
            Performer = [new() { Actor = Sender }],
            WhenHandedOverElement = At,
        };
    }
}

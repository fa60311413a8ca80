namespace Vkp.Fhir.Codes;

/// <summary>What a message is about (MessageHeader.event). The published list dates from the messaging of STU3 and is preferred, not required.</summary>
public static class MessageEvents
{
    public const string System = "http://ehelse.no/fhir/CodeSystem/vkp-message-event-v090";

    public static readonly FhirCode MedicationDispense = new(System, "MedicationDispense", "MedicationDispense");
    public static readonly FhirCode LocationMeasurement = new(System, "LocationMeasurement", "LocationMeasurement");
    public static readonly FhirCode CameraObservation = new(System, "CameraObservation", "CameraObservation");
    public static readonly FhirCode PatientComposition = new(System, "PatientComposition", "PatientComposition");

    private static readonly Lazy<IReadOnlyList<FhirCode>> s_all = new(static () => FhirCode.ReadConstants(typeof(MessageEvents)));

    public static IReadOnlyList<FhirCode> All => s_all.Value;

    /// <summary>Null when the list has no such code.</summary>
    public static FhirCode? Find(string? code) => All.FirstOrDefault(x => x.Code == code);
}

namespace Vkp.Fhir.Codes;

/// <summary>The steps of a response centre's treatment log (Composition.event.code). The published list has no code 2.</summary>
public static class CompositionEvents
{
    public const string System = "http://ehelse.no/fhir/CodeSystem/vkp-composition-event-v090";

    public static readonly FhirCode Reported = new(System, "0", "Hendelse meldt");
    public static readonly FhirCode BeingHandled = new(System, "1", "Hendelse behandles");
    public static readonly FhirCode Acknowledged = new(System, "3", "Hendelse kvittert");
    public static readonly FhirCode ToDispatch = new(System, "4", "Til utrykning");
    public static readonly FhirCode DispatchAccepted = new(System, "5", "OK utrykning");
    public static readonly FhirCode Cause = new(System, "6", "Årsak");
    public static readonly FhirCode Measure = new(System, "7", "Tiltak");
    public static readonly FhirCode Conversation = new(System, "8", "Samtale");
    public static readonly FhirCode Action = new(System, "9", "Aksjon");
    public static readonly FhirCode OtherParty = new(System, "10", "Annen aktør");

    private static readonly Lazy<IReadOnlyList<FhirCode>> s_all = new(static () => FhirCode.ReadConstants(typeof(CompositionEvents)));

    public static IReadOnlyList<FhirCode> All => s_all.Value;

    /// <summary>Null when the list has no such code.</summary>
    public static FhirCode? Find(string? code) => All.FirstOrDefault(x => x.Code == code);
}

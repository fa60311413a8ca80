namespace Vkp.Fhir.Codes;

/// <summary>Why VKP says no (OperationOutcome.issue.details).</summary>
public static class OperationOutcomeCodes
{
    public const string System = "http://ehelse.no/fhir/CodeSystem/vkp-operation-outcome-v090";

    public static readonly FhirCode Forbidden = new(System, "1", "Forbidden");
    public static readonly FhirCode NotActive = new(System, "1.1", "NotActive");
    public static readonly FhirCode NotAllowed = new(System, "1.2", "NotAllowed");
    public static readonly FhirCode MissingActiveService = new(System, "1.3", "MissingActiveService");
    public static readonly FhirCode NoAccess = new(System, "1.4", "NoAccess");
    public static readonly FhirCode NotAuthorized = new(System, "1.5", "NotAuthorized");
    public static readonly FhirCode Invalid = new(System, "2", "Invalid");
    public static readonly FhirCode InvalidSsn = new(System, "2.1", "InvalidSsn");
    public static readonly FhirCode InvalidOrg = new(System, "2.2", "InvalidOrg");
    public static readonly FhirCode InvalidParameterCount = new(System, "2.3", "InvalidParameterCount");
    public static readonly FhirCode InvalidFormat = new(System, "2.4", "InvalidFormat");
    public static readonly FhirCode Other = new(System, "3", "Other");
    public static readonly FhirCode TimedOut = new(System, "3.1", "TimedOut");

    private static readonly Lazy<IReadOnlyList<FhirCode>> s_all = new(static () => FhirCode.ReadConstants(typeof(OperationOutcomeCodes)));

    public static IReadOnlyList<FhirCode> All => s_all.Value;

    /// <summary>Null when the list has no such code.</summary>
    public static FhirCode? Find(string? code) => All.FirstOrDefault(x => x.Code == code);
}

namespace Vkp.Fhir.Codes;

/// <summary>NPU and NLK codes that VKP names.</summary>
public static class NpuNlk
{
    public static readonly FhirCode BloodGlucose = new(Systems.NpuNlk, "NPU02187", "B-Glukose");

    private static readonly Lazy<IReadOnlyList<FhirCode>> s_all = new(static () => FhirCode.ReadConstants(typeof(NpuNlk)));

    public static IReadOnlyList<FhirCode> All => s_all.Value;

    /// <summary>Null when the list has no such code.</summary>
    public static FhirCode? Find(string? code) => All.FirstOrDefault(x => x.Code == code);
}

namespace Vkp.Fhir.Codes;

/// <summary>ISO/IEEE 11073 codes that the sources verify.</summary>
public static class Mdc
{
    public static readonly FhirCode BloodPressure = new(Systems.Mdc, "150020", "MDC_PRESS_BLD_NONINV");
    public static readonly FhirCode SystolicBloodPressure = new(Systems.Mdc, "150021", "MDC_PRESS_BLD_NONINV_SYS");
    public static readonly FhirCode DiastolicBloodPressure = new(Systems.Mdc, "150022", "MDC_PRESS_BLD_NONINV_DIA");
    public static readonly FhirCode MeanBloodPressure = new(Systems.Mdc, "150023", "MDC_PRESS_BLD_NONINV_MEAN");
    public static readonly FhirCode PulseRateOximeter = new(Systems.Mdc, "149530", "MDC_PULS_OXIM_PULS_RATE");
    public static readonly FhirCode OxygenSaturation = new(Systems.Mdc, "150456", "MDC_PULS_OXIM_SAT_O2");
    public static readonly FhirCode BodyTemperature = new(Systems.Mdc, "150364", "MDC_TEMP_BODY");
    public static readonly FhirCode GlucoseCapillaryWholeBlood = new(Systems.Mdc, "160184", "MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD");
    public static readonly FhirCode EcgLeadI = new(Systems.Mdc, "131329", "MDC_ECG_ELEC_POTL_I");

    private static readonly Lazy<IReadOnlyList<FhirCode>> s_all = new(static () => FhirCode.ReadConstants(typeof(Mdc)));

    public static IReadOnlyList<FhirCode> All => s_all.Value;

    /// <summary>Null when the list has no such code.</summary>
    public static FhirCode? Find(string? code) => All.FirstOrDefault(x => x.Code == code);
}

namespace Vkp.Fhir.Codes;

/// <summary>Why somebody looks at a patient's data (HL7 v3 ActReason, value set PurposeOfUse), as far as the hub knows purposes.</summary>
public static class PurposesOfUse
{
    public static readonly FhirCode Treatment = new(System, "TREAT", "treatment");
    public static readonly FhirCode PatientRequest = new(System, "PATRQT", "patient requested");
    public static readonly FhirCode Compliance = new(System, "HCOMPL", "health compliance");
    public static readonly FhirCode SystemAdministration = new(System, "HSYSADMIN", "health system administration");
    public static readonly FhirCode QualityImprovement = new(System, "HQUALIMP", "health quality improvement");
    public static readonly FhirCode RecordsManagement = new(System, "RECORDMGT", "records management");
    public static readonly FhirCode BreakTheGlass = new(System, "BTG", "break the glass");

    private const string System = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
}

namespace Vkp.Fhir.Codes;

/// <summary>Codes of AuditEvent (FHIR R4) as IHE's Basic Audit Log Patterns use them.</summary>
public static class AuditEvents
{
    public static readonly FhirCode Rest = new("http://terminology.hl7.org/CodeSystem/audit-event-type", "rest", "RESTful Operation");
    public static readonly FhirCode Export = new(Dicom, "110106", "Export");
    public static readonly FhirCode Import = new(Dicom, "110107", "Import");
    public static readonly FhirCode Query = new(Dicom, "110112", "Query");

    public static readonly FhirCode Read = new(Interactions, "read", "read");
    public static readonly FhirCode Search = new(Interactions, "search", "search");
    public static readonly FhirCode Update = new(Interactions, "update", "update");
    public static readonly FhirCode Create = new(Interactions, "create", "create");

    public static readonly FhirCode HumanUser = new("http://terminology.hl7.org/CodeSystem/extra-security-role-type", "humanuser", "human user");
    public static readonly FhirCode Application = new(Dicom, "110150", "Application");

    public static readonly FhirCode Person = new("http://terminology.hl7.org/CodeSystem/audit-entity-type", "1", "Person");
    public static readonly FhirCode SystemObject = new("http://terminology.hl7.org/CodeSystem/audit-entity-type", "2", "System Object");
    public static readonly FhirCode PatientRole = new("http://terminology.hl7.org/CodeSystem/object-role", "1", "Patient");
    public static readonly FhirCode DomainResourceRole = new("http://terminology.hl7.org/CodeSystem/object-role", "4", "Domain Resource");

    private const string Dicom = "http://dicom.nema.org/resources/ontology/DCM";
    private const string Interactions = "http://hl7.org/fhir/restful-interaction";
}

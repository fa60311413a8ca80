namespace Vkp.Fhir.Codes;

/// <summary>The code systems that hub messages use. The codes of each are in a class of their own.</summary>
public static class Systems
{
    public const string Loinc = "http://loinc.org";
    public const string SnomedCt = "http://snomed.info/sct";
    public const string Ucum = "http://unitsofmeasure.org";

    /// <summary>NPU and NLK laboratory codes.</summary>
    public const string NpuNlk = "urn:oid:2.16.578.1.12.4.1.1.7280";

    /// <summary>ISO/IEEE 11073 (MDC).</summary>
    public const string Mdc = "urn:iso:std:iso:11073:10101";

    /// <summary>IPLOS and KPR municipal service types.</summary>
    public const string MunicipalService = "urn:oid:2.16.578.1.12.4.1.1.9151";

    /// <summary>The hub's own error codes, `VKP-nnn`. A name, not an address: nothing is fetched from it, so it never moves.</summary>
    public const string HubError = "urn:vkp:error";

    /// <summary>The permanent names of the facts about a message.</summary>
    public const string HubEvent = "urn:vkp:event";

    /// <summary>Why a message needs no journal entry of its own.</summary>
    public const string SettleReason = "urn:vkp:settle-reason";

    public const string ObservationCategory = "http://terminology.hl7.org/CodeSystem/observation-category";
    public const string DataAbsentReason = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
    public const string RestfulSecurityService = "http://terminology.hl7.org/CodeSystem/restful-security-service";
    public const string ActCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
}

namespace Vkp.Fhir.Codes;

/// <summary>The systems of Norwegian identifiers (no-basis, VKP) and of those seen in the field.</summary>
public static class IdentifierSystems
{
    /// <summary>Fødselsnummer.</summary>
    public const string Fodselsnummer = "urn:oid:2.16.578.1.12.4.1.4.1";

    /// <summary>D-nummer.</summary>
    public const string DNummer = "urn:oid:2.16.578.1.12.4.1.4.2";

    /// <summary>Felles hjelpenummer.</summary>
    public const string FellesHjelpenummer = "urn:oid:2.16.578.1.12.4.1.4.3";

    /// <summary>HPR-nummer.</summary>
    public const string HprNummer = "urn:oid:2.16.578.1.12.4.1.4.4";

    /// <summary>DUF-nummer.</summary>
    public const string DufNummer = "urn:oid:2.16.578.1.12.4.1.4.5";

    /// <summary>Organisasjonsnummer.</summary>
    public const string Organisasjonsnummer = "urn:oid:2.16.578.1.12.4.1.4.101";

    /// <summary>RESH-id.</summary>
    public const string ReshId = "urn:oid:2.16.578.1.12.4.1.4.102";

    /// <summary>HER-id.</summary>
    public const string HerId = "urn:oid:2.16.578.1.12.4.1.2";

    /// <summary>Lokalt H-nummer: the literal text, as no-basis has it; the type says HNR and the assigner is required.</summary>
    public const string HospitalLocalNumber = "HNR";

    /// <summary>The type system in which HNR is a code.</summary>
    public const string IdentifierTypes = "urn:oid:2.16.578.1.12.4.1.1.8327";

    /// <summary>Kommunenummer.</summary>
    public const string Kommunenummer = "https://register.geonorge.no/subregister/sosi-kodelister/kartverket/kommunenummer-alle";

    /// <summary>A patient's running number in CosDoc, as real senders of VKP R4 write it.</summary>
    public const string CosDocLopenummer = "http://cosdoc.dips.no/lopenummer";

    /// <summary>UUIDs and OIDs as identifier values, `urn:uuid:...`.</summary>
    public const string Uri = "urn:ietf:rfc:3986";
}

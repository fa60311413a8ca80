namespace Vkp.Fhir.Codes;

/// <summary>The systems of the tags that JFT puts on what is fetched: whose it is, and who sent it.</summary>
public static class JftTags
{
    public const string ParentOrganizationNumber = Stem + "parent-organization-number";
    public const string SourceClientId = Stem + "source-client-id";
    public const string SourceClientName = Stem + "source-client-name";
    public const string SourceSystemName = Stem + "source-system-name";

    private const string Stem = "https://fhir.jft.nhn.no/";
}

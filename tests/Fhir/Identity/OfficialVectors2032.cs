namespace Vkp.Fhir.Tests.Identity;

/// <summary>Skatteetaten's published examples for the control digits from 2032: the one place in the repository where numbers without a synthetic mark may stand.</summary>
public static class OfficialVectors2032
{
    public const string AlsoByTheOldRule = "30108299920";

    /// <summary>The number, and whether it is right by the new rule only.</summary>
    public static TheoryData<string, bool> All => new()
    {
        { "02013299997", false },
        { AlsoByTheOldRule, false },
        { "02013299806", false },
        { "30108299939", true },
        { "02013299903", true },
    };
}

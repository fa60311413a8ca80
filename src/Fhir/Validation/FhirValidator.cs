using Vkp.Fhir.Model;

namespace Vkp.Fhir.Validation;

/// <summary>What to check beyond the base specification.</summary>
public sealed record FhirValidationOptions
{
    public static readonly FhirValidationOptions Default = new();

    /// <summary>Canonicals that the resource itself must follow, whatever it declares.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Also check the profiles that resources declare in meta.profile.</summary>
    public bool UseDeclaredProfiles { get; init; } = true;

    /// <summary>Checking ends after this many findings.</summary>
    public int IssuesMax { get; init; } = 500;
}

/// <summary>
/// Checks a resource against base R4 and the profiles the hub knows. What cannot be checked is said so, never passed over:
/// an unknown profile and a required value set that nobody has published give a warning. Never throws on any resource.
/// </summary>
public static class FhirValidator
{
    /// <summary>All findings in document order, base rules before profile rules.</summary>
    public static IReadOnlyList<FhirIssue> Validate(Resource resource, FhirValidationOptions? options = null)
    {
        var run = new ValidationRun(resource, options ?? FhirValidationOptions.Default);
        run.Push(resource.TypeName);
        BaseRules.Check(resource, run);
        foreach (var canonical in run.Options.Profiles) ProfileRules.CheckByCanonical(resource, canonical, run);
        return run.Issues;
    }
}

using Vkp.Fhir.Model;

namespace Vkp.Fhir.Validation;

/// <summary>Checks nodes against profiles by canonical.</summary>
internal static class ProfileRules
{
    public static void CheckByCanonical(FhirNode node, string canonical, ValidationRun run)
    {
        if (ProfileCatalog.Find(canonical) is not { } profile)
        {
            // Base types as type profiles (Reference to Patient and so on) say nothing new.
            if (canonical.StartsWith("http://hl7.org/fhir/StructureDefinition/", StringComparison.Ordinal) && Definitions.TypeDefinition.Find(canonical[40..]) is not null) return;
            run.Warning(FhirIssueCodes.UnknownProfile, $"Not checked: the profile {canonical} is not known here.", "Ask the owner of the profile for its definition.", canonical);
            return;
        }

        if (!node.TypeRow.Is(profile.Type))
        {
            run.Error(FhirIssueCodes.WrongType, $"The profile {canonical} is for {profile.Type}, this is {node.TypeName}.", "Declare a profile of the same type.", canonical);
            return;
        }

        CheckItem(node, profile, run);
    }

    public static void CheckItem(FhirNode node, FhirProfile profile, ValidationRun run)
    {
        var outer = run.Profile;
        run.Profile = profile.Canonical;
        profile.Rules.CheckItem(node, run);
        run.Profile = outer;
    }

    /// <summary>A profile that the resource names in meta.profile.</summary>
    public static void CheckDeclared(Resource resource, string canonical, int index, ValidationRun run)
    {
        if (ProfileCatalog.Find(canonical) is null)
        {
            run.Push("meta");
            run.Push("profile", index);
            CheckByCanonical(resource, canonical, run);
            run.Pop();
            run.Pop();
            return;
        }

        CheckByCanonical(resource, canonical, run);
    }

    /// <summary>The resource type behind a target profile: a known profile's type, or the last part of a base canonical.</summary>
    public static string TypeOfTarget(string target)
    {
        if (!target.Contains('/', StringComparison.Ordinal)) return target;
        return ProfileCatalog.Find(target)?.Type ?? target[(target.LastIndexOf('/') + 1)..];
    }
}

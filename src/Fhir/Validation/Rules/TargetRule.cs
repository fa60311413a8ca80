using Vkp.Fhir.Definitions;
using Vkp.Fhir.Model;

namespace Vkp.Fhir.Validation.Rules;

/// <summary>What a reference may point at. A profile as target is checked by its resource type: the resource's own declaration says the rest.</summary>
internal sealed class TargetRule(IReadOnlyList<string> targets) : Rule
{
    private readonly string[] _types = [.. targets.Select(ProfileRules.TypeOfTarget).Distinct()];

    public override void Check(FhirNode node, ValidationRun run)
    {
        if (node is not ResourceReference reference || TypeOf(reference, run) is not { } type) return;
        if (_types.Contains(type) || _types.Contains("Resource")) return;
        run.Error(FhirIssueCodes.ReferenceTarget, $"A reference to {type} is not allowed here.", $"Refer to {string.Join(" or ", _types)}.");
    }

    public override string Explain() => $"refers to {string.Join(" or ", _types)}";

    /// <summary>Null when nothing tells the type: an identifier alone, or an address outside the message.</summary>
    private static string? TypeOf(ResourceReference reference, ValidationRun run)
    {
        if (reference.Reference is { } address)
        {
            if (address.StartsWith('#') && run.RootResource is DomainResource container) return container.Contained.FirstOrDefault(x => x.Id == address[1..])?.TypeName;
            if (run.Bundle?.Find(address) is { } found) return found.TypeName;
            var parts = address.Split('/');
            for (var i = parts.Length - 2; i >= 0; i--)
            {
                if (ResourceNames.IsR4(parts[i])) return parts[i];
            }
        }

        return reference.Type is { } type && ResourceNames.IsR4(type) ? type : null;
    }
}

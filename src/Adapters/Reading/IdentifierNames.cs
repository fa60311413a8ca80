using Vkp.Adapters.Errors;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Reading;

/// <summary>Older names of the national identifier systems become the published ones, everywhere in a submission; no other system is touched.</summary>
internal static class IdentifierNames
{
    public static void Settle(FhirNode node, string path, Findings findings)
    {
        if (node is Identifier { System: { } system } identifier && Identity.CanonicalSystem(system) is var canonical && canonical != system)
        {
            identifier.System = canonical;
            findings.Repair(TranslationErrors.OldSystem($"{path}.system"));
        }

        foreach (var (name, child) in node.Children())
            Settle(child, $"{path}.{name}", findings);
    }
}

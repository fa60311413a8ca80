using Vkp.Adapters.Errors;
using Vkp.Adapters.Reading;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.VkpR4;

/// <summary>
/// Gives every resource of a submission a UUID as its id. A sender's full url of the form urn:uuid is kept; for any other, and for none, an id is derived
/// and the references inside the submission that meant the old name are changed to the new.
/// </summary>
internal sealed class FullUrls(string messageId, Findings findings)
{
    private readonly Dictionary<string, string> _renamed = new(StringComparer.Ordinal);

    public void Settle(IReadOnlyList<(string? FullUrl, Resource Resource)> entries)
    {
        var taken = new HashSet<Guid>();
        for (var index = 0; index < entries.Count; index++)
            Settle(entries[index].FullUrl, entries[index].Resource, index, taken);
        foreach (var (_, resource) in entries)
            Rename(resource);
    }

    private void Settle(string? fullUrl, Resource resource, int index, HashSet<Guid> taken)
    {
        var kept = Uuid(fullUrl);
        var id = kept is { } own && taken.Add(own) ? own : DeterministicId.From("vkp-r4", messageId, index.ToString(), fullUrl ?? string.Empty);
        var urn = DeterministicId.Urn(id);
        if (id != kept && fullUrl is not null)
            findings.Repair(TranslationErrors.FullUrlReplaced($"Bundle.entry[{index}].fullUrl"));

        // The first entry of a name keeps it: with two entries of one name nobody knows which of them a reference meant.
        if (fullUrl is not null)
            _renamed.TryAdd(fullUrl, urn);
        if (resource.Id is { Length: > 0 } old)
            _renamed.TryAdd($"{resource.TypeName}/{old}", urn);
        resource.Id = id.ToString("D");
    }

    private void Rename(FhirNode node)
    {
        if (node is ResourceReference { Reference: { } reference } link && _renamed.TryGetValue(reference, out var renamed) && renamed != reference)
            link.Reference = renamed;
        foreach (var (_, child) in node.Children())
            Rename(child);
    }

    private static Guid? Uuid(string? fullUrl) =>
        fullUrl is not null
        && fullUrl.StartsWith("urn:uuid:", StringComparison.OrdinalIgnoreCase)
        && Guid.TryParseExact(fullUrl["urn:uuid:".Length..], "D", out var id) ? id : null;
}

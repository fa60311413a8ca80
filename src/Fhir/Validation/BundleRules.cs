using Vkp.Fhir.Model;

namespace Vkp.Fhir.Validation;

/// <summary>What R4 says about bundles beyond its named invariants: references inside must lead somewhere (http://hl7.org/fhir/R4/bundle.html#references).</summary>
internal static class BundleRules
{
    public static void Check(Bundle bundle, ValidationRun run)
    {
        var isClosed = bundle.Type is Bundle.BundleType.Document or Bundle.BundleType.Message;
        for (var i = 0; i < bundle.Entry.Count; i++)
        {
            var entry = bundle.Entry[i];
            run.Push("entry", i);
            CheckFullUrl(bundle, entry, run);
            if (entry.Resource is { } resource)
            {
                run.Push("resource");
                CheckReferences(resource, isClosed, run);
                run.Pop();
            }

            run.Pop();
        }
    }

    private static void CheckFullUrl(Bundle bundle, Bundle.EntryComponent entry, ValidationRun run)
    {
        if (entry.FullUrl is not { } url)
        {
            if (bundle.Type is Bundle.BundleType.Document or Bundle.BundleType.Message) run.Error(FhirIssueCodes.BundleRule, "'fullUrl' is missing.", "Give each entry a urn:uuid: of its own.");
            return;
        }

        var isAddress = url.StartsWith("http://", StringComparison.Ordinal) || url.StartsWith("https://", StringComparison.Ordinal);
        if (!isAddress && !url.StartsWith("urn:", StringComparison.Ordinal)) run.Error(FhirIssueCodes.BundleRule, "'fullUrl' is not absolute.", "Use urn:uuid: or an http(s) address.");
        else if (isAddress && entry.Resource?.Id is { } id && !url.EndsWith($"/{id}", StringComparison.Ordinal)) run.Warning(FhirIssueCodes.BundleRule, "'fullUrl' does not end with the resource's id.", "Let both name the same resource.");
    }

    private static void CheckReferences(FhirNode node, bool isClosed, ValidationRun run)
    {
        if (node is ResourceReference { Reference: { } reference }) CheckReference(reference, isClosed, run);
        foreach (ref readonly var slot in node.Slots)
        {
            switch (slot.Value)
            {
                case Element child:
                    run.Push(slot.Element.Name);
                    CheckReferences(child, isClosed, run);
                    run.Pop();
                    break;
                case NodeList list:
                    for (var i = 0; i < list.Items.Count; i++)
                    {
                        if (list.Items[i] is not Element item) continue;
                        run.Push(slot.Element.Name, i);
                        CheckReferences(item, isClosed, run);
                        run.Pop();
                    }

                    break;
            }
        }
    }

    private static void CheckReference(string reference, bool isClosed, ValidationRun run)
    {
        if (reference.StartsWith('#') || run.Bundle?.Find(reference) is not null) return;
        var isUrn = reference.StartsWith("urn:uuid:", StringComparison.Ordinal) || reference.StartsWith("urn:oid:", StringComparison.Ordinal);
        if (isUrn) run.Error(FhirIssueCodes.UnresolvedReference, "The reference names no entry of this bundle.", "Use the fullUrl of an entry, or an identifier instead.");
        else if (isClosed) run.Warning(FhirIssueCodes.UnresolvedReference, "What is referred to is not in this bundle.", "Put the resource in the bundle, or use an identifier.");
    }
}

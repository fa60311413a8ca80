using Vkp.Adapters.Composing;
using Vkp.Adapters.Errors;
using Vkp.Adapters.Reading;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.VkpR4;

/// <summary>What a sender submitted, with every resource under an id of its own and the references between them changed to match.</summary>
/// <param name="Resources">The Composition first when there is one, the others in the sender's order. A resource's full url is `urn:uuid:` and its id.</param>
internal sealed record Submission(string SourceMessageId, IReadOnlyList<string> CaseIds, DateTimeOffset? Timestamp, IReadOnlyList<Resource> Resources)
{
    /// <summary>The largest real submission seen has 3 resources; a home follow-up with a long questionnaire a few dozen.</summary>
    private const int ResourcesMax = 200;

    public Resource Main => Resources[0];

    public IEnumerable<T> Of<T>()
        where T : Resource => Resources.OfType<T>();

    /// <summary>Null when something is wrong, which then is in the findings.</summary>
    public static Submission? Of(Resource resource, Findings findings)
    {
        if (resource is not Bundle bundle)
            return Alone(resource, findings);
        if (bundle.Type is not (null or Bundle.BundleType.Document or Bundle.BundleType.Collection or Bundle.BundleType.Transaction or Bundle.BundleType.Batch))
            findings.Fault(TranslationErrors.NotADocument($"a Bundle of type {bundle.TypeElement?.Text}"));
        else if (bundle.Entry.Count > ResourcesMax)
            findings.Fault(TranslationErrors.TooMany("Bundle.entry", ResourcesMax));
        else if (!bundle.Entry.Any(entry => entry.Resource is not null))
            findings.Fault(TranslationErrors.EmptyBundle());
        return findings.AreFatal ? null : FromBundle(bundle, findings);
    }

    private static Submission? Alone(Resource resource, Findings findings)
    {
        if (resource is not (Composition or MedicationDispense or Encounter or Communication or DetectedIssue))
        {
            findings.Fault(TranslationErrors.NotADocument($"a {resource.TypeName}"));
            return null;
        }

        var identifier = IdentifierOf(resource);
        var messageId = Key(identifier, timestamp: null);
        new FullUrls(messageId, findings).Settle([(FullUrl: null, resource)]);
        PutRight(resource, resource.TypeName, findings);
        return new Submission(messageId, Cases(identifier), Timestamp: null, [resource]);
    }

    private static Submission FromBundle(Bundle bundle, Findings findings)
    {
        var messageId = Key(bundle.Identifier, bundle.TimestampElement?.Text);
        var entries = bundle.Entry.Where(entry => entry.Resource is not null).Select(entry => (entry.FullUrl, entry.Resource!)).ToList();
        new FullUrls(messageId, findings).Settle(entries);
        for (var index = 0; index < entries.Count; index++)
            PutRight(entries[index].Item2, $"Bundle.entry[{index}].resource", findings);
        var resources = entries.Select(entry => entry.Item2).OrderBy(resource => resource is Composition ? 0 : 1).ToList();
        return new Submission(messageId, Cases(bundle.Identifier), bundle.Timestamp, resources);
    }

    private static void PutRight(Resource resource, string path, Findings findings)
    {
        new SafeNarratives(findings).Settle(resource, path);
        IdentifierNames.Settle(resource, path, findings);
    }

    /// <summary>The timestamp stands as the sender wrote it: a later message of the same case has another.</summary>
    private static string Key(Identifier? identifier, string? timestamp) =>
        identifier is { Value: { Length: > 0 } value } ? $"{identifier.System}|{value}|{timestamp}" : string.Empty;

    private static IReadOnlyList<string> Cases(Identifier? identifier) => identifier is { Value: { Length: > 0 } value } ? [value] : [];

    private static Identifier? IdentifierOf(Resource resource) => resource switch
    {
        Composition composition => composition.Identifier,
        MedicationDispense dispense => dispense.Identifier.FirstOrDefault(),
        Encounter encounter => encounter.Identifier.FirstOrDefault(),
        Communication communication => communication.Identifier.FirstOrDefault(),
        DetectedIssue issue => issue.Identifier.FirstOrDefault(),
        _ => null,
    };
}

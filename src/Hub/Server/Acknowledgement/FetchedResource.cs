using System.Globalization;
using Vkp.Adapters;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;
using Vkp.Hub.Delivery;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Acknowledgement;

/// <summary>A document as it is fetched: under the message's id, with the tags that say whose it is and who sent it.</summary>
internal static class FetchedResource
{
    public static Resource Of(string type, ComposedDocument document, DateTimeOffset offeredAt, IReadOnlyList<(string System, string Code)> tags)
    {
        var message = document.Message;
        var resource = type == "Bundle" ? Bundled(message) : (Resource)message.Resources[0].DeepCopy();
        resource.Id = message.MessageId.ToString("D");
        resource.Meta ??= new Meta();
        // Always to the microsecond: a time cut short would stand for a longer stretch, and "later than it" would pass over its neighbours.
        resource.Meta.LastUpdatedElement = new Instant { Text = offeredAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture) };
        foreach (var (system, code) in tags) resource.Meta.Tag.Add(new Coding(system, code));
        return resource;
    }

    /// <summary>Whose it is and who sent it, as the read side tells it.</summary>
    public static IReadOnlyList<(string System, string Code)> TagsOf(RegistryState municipality, OfferRow offer) => TagsOf(municipality, offer.Source, offer.SourceSystem);

    /// <inheritdoc cref="TagsOf(RegistryState, OfferRow)"/>
    public static IReadOnlyList<(string System, string Code)> TagsOf(RegistryState municipality, string source, string? sourceSystem)
    {
        var tags = new List<(string, string)> { (JftTags.ParentOrganizationNumber, municipality.OrgNo) };
        if (municipality.Clients.Values.FirstOrDefault(c => c.VkpId == source) is { } client) tags.Add((JftTags.SourceClientId, client.ClientId));
        tags.Add((JftTags.SourceClientName, source));
        if (sourceSystem is not null) tags.Add((JftTags.SourceSystemName, sourceSystem));
        return tags;
    }

    private static Bundle Bundled(OutboundMessage message)
    {
        var bundle = new Bundle
        {
            Identifier = new Identifier { System = IdentifierSystems.Uri, Value = DeterministicId.Urn(message.MessageId) },
            Type = message.Resources[0] is Composition ? Bundle.BundleType.Document : Bundle.BundleType.Collection,
            Timestamp = message.RecordedAt,
        };
        // Messages of one case may speak of the same resource; a Bundle has each full url once, and the first is the latest word.
        foreach (var resource in message.Resources.DistinctBy(resource => resource.Id)) bundle.Entry.Add(new Bundle.EntryComponent($"urn:uuid:{resource.Id}", resource));
        return bundle;
    }
}

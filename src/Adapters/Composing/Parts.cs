using Vkp.Adapters.Envelope;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Composing;

/// <summary>The small pieces every composed resource is made of.</summary>
internal static class Parts
{
    public static Meta Profile(string canonical) => new() { Profile = [canonical] };

    public static Identifier UuidIdentifier(Guid id) => new(IdentifierSystems.Uri, DeterministicId.Urn(id));

    /// <summary>A reference by identifier alone: the hub never says that it knows where the person or device is stored.</summary>
    public static ResourceReference Logical(SourceIdentifier identifier, string? display = null) =>
        new() { Identifier = new Identifier(identifier.System, identifier.Value), Display = display };

    public static ResourceReference Person(HealthWorker person) => person.HprNumber is { } number
        ? Logical(new SourceIdentifier(Identity.HprNumber, number), person.Name)
        : new ResourceReference { Display = person.Name };

    public static ResourceReference To(Guid id) => new(DeterministicId.Urn(id));
}

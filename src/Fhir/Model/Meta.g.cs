// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Metadata about a resource.</summary>
public partial class Meta : DataType
{
    public override string TypeName => "Meta";

    public Id? VersionIdElement { get => Get<Id>("versionId"); set => Set("versionId", value); }

    public string? VersionId { get => GetText("versionId"); set => SetText<Id>("versionId", value); }

    public Instant? LastUpdatedElement { get => Get<Instant>("lastUpdated"); set => Set("lastUpdated", value); }

    public DateTimeOffset? LastUpdated { get => Get<Instant>("lastUpdated")?.Value; set => SetText<Instant>("lastUpdated", new Instant(value).Text); }

    public FhirUri? SourceElement { get => Get<FhirUri>("source"); set => Set("source", value); }

    public string? Source { get => GetText("source"); set => SetText<FhirUri>("source", value); }

    public IList<Canonical> ProfileElement { get => List<Canonical>("profile"); set => SetList("profile", value); }

    public IList<string?> Profile { get => Texts<Canonical>("profile"); set => SetTexts<Canonical>("profile", value); }

    public IList<Coding> Security { get => List<Coding>("security"); set => SetList("security", value); }

    public IList<Coding> Tag { get => List<Coding>("tag"); set => SetList("tag", value); }
}


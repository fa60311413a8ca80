// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A resource with narrative, extensions, and contained resources.</summary>
public abstract partial class DomainResource : Resource
{
    public Narrative? Text { get => Get<Narrative>("text"); set => Set("text", value); }

    public IList<Resource> Contained { get => List<Resource>("contained"); set => SetList("contained", value); }

    public IList<Extension> Extension { get => List<Extension>("extension"); set => SetList("extension", value); }

    public IList<Extension> ModifierExtension { get => List<Extension>("modifierExtension"); set => SetList("modifierExtension", value); }
}


// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Resource for non-supported content.</summary>
public partial class Basic : DomainResource
{
    public override string TypeName => "Basic";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public CodeableConcept? Code { get => Get<CodeableConcept>("code"); set => Set("code", value); }

    public ResourceReference? Subject { get => Get<ResourceReference>("subject"); set => Set("subject", value); }

    public Date? CreatedElement { get => Get<Date>("created"); set => Set("created", value); }

    public string? Created { get => GetText("created"); set => SetText<Date>("created", value); }

    public ResourceReference? Author { get => Get<ResourceReference>("author"); set => Set("author", value); }
}


// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Contact information.</summary>
public partial class ContactDetail : DataType
{
    public override string TypeName => "ContactDetail";

    public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

    public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

    public IList<ContactPoint> Telecom { get => List<ContactPoint>("telecom"); set => SetList("telecom", value); }
}


// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A grouping of people or organizations with a common purpose.</summary>
public partial class Organization : DomainResource
{
    public override string TypeName => "Organization";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public FhirBoolean? ActiveElement { get => Get<FhirBoolean>("active"); set => Set("active", value); }

    public bool? Active { get => Get<FhirBoolean>("active")?.Value; set => SetText<FhirBoolean>("active", new FhirBoolean(value).Text); }

    public IList<CodeableConcept> Type { get => List<CodeableConcept>("type"); set => SetList("type", value); }

    public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

    public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

    public IList<FhirString> AliasElement { get => List<FhirString>("alias"); set => SetList("alias", value); }

    public IList<string?> Alias { get => Texts<FhirString>("alias"); set => SetTexts<FhirString>("alias", value); }

    public IList<ContactPoint> Telecom { get => List<ContactPoint>("telecom"); set => SetList("telecom", value); }

    public IList<Address> Address { get => List<Address>("address"); set => SetList("address", value); }

    public ResourceReference? PartOf { get => Get<ResourceReference>("partOf"); set => Set("partOf", value); }

    public IList<ContactComponent> Contact { get => List<ContactComponent>("contact"); set => SetList("contact", value); }

    public IList<ResourceReference> Endpoint { get => List<ResourceReference>("endpoint"); set => SetList("endpoint", value); }

    /// <summary>Contact for the organization for a certain purpose.</summary>
    public partial class ContactComponent : BackboneElement
    {
        public override string TypeName => "Organization.contact";

        public CodeableConcept? Purpose { get => Get<CodeableConcept>("purpose"); set => Set("purpose", value); }

        public HumanName? Name { get => Get<HumanName>("name"); set => Set("name", value); }

        public IList<ContactPoint> Telecom { get => List<ContactPoint>("telecom"); set => SetList("telecom", value); }

        public Address? Address { get => Get<Address>("address"); set => Set("address", value); }
    }
}


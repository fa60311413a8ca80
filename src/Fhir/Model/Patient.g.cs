// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Information about an individual or animal receiving health care services.</summary>
public partial class Patient : DomainResource
{
    public override string TypeName => "Patient";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public FhirBoolean? ActiveElement { get => Get<FhirBoolean>("active"); set => Set("active", value); }

    public bool? Active { get => Get<FhirBoolean>("active")?.Value; set => SetText<FhirBoolean>("active", new FhirBoolean(value).Text); }

    public IList<HumanName> Name { get => List<HumanName>("name"); set => SetList("name", value); }

    public IList<ContactPoint> Telecom { get => List<ContactPoint>("telecom"); set => SetList("telecom", value); }

    public Code? GenderElement { get => Get<Code>("gender"); set => Set("gender", value); }

    public AdministrativeGender? Gender { get => EnumLiterals.Parse<AdministrativeGender>(GetText("gender")); set => SetText<Code>("gender", EnumLiterals.Format(value)); }

    public Date? BirthDateElement { get => Get<Date>("birthDate"); set => Set("birthDate", value); }

    public string? BirthDate { get => GetText("birthDate"); set => SetText<Date>("birthDate", value); }

    public DataType? Deceased { get => Get<DataType>("deceased"); set => Set("deceased", value); }

    public IList<Address> Address { get => List<Address>("address"); set => SetList("address", value); }

    public CodeableConcept? MaritalStatus { get => Get<CodeableConcept>("maritalStatus"); set => Set("maritalStatus", value); }

    public DataType? MultipleBirth { get => Get<DataType>("multipleBirth"); set => Set("multipleBirth", value); }

    public IList<Attachment> Photo { get => List<Attachment>("photo"); set => SetList("photo", value); }

    public IList<ContactComponent> Contact { get => List<ContactComponent>("contact"); set => SetList("contact", value); }

    public IList<CommunicationComponent> Communication { get => List<CommunicationComponent>("communication"); set => SetList("communication", value); }

    public IList<ResourceReference> GeneralPractitioner { get => List<ResourceReference>("generalPractitioner"); set => SetList("generalPractitioner", value); }

    public ResourceReference? ManagingOrganization { get => Get<ResourceReference>("managingOrganization"); set => Set("managingOrganization", value); }

    public IList<LinkComponent> Link { get => List<LinkComponent>("link"); set => SetList("link", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/link-type</summary>
    public enum LinkType
    {
        [EnumLiteral("replaced-by")] ReplacedBy,
        [EnumLiteral("replaces")] Replaces,
        [EnumLiteral("refer")] Refer,
        [EnumLiteral("seealso")] Seealso,
    }

    /// <summary>A contact party (e.g. guardian, partner, friend) for the patient.</summary>
    public partial class ContactComponent : BackboneElement
    {
        public override string TypeName => "Patient.contact";

        public IList<CodeableConcept> Relationship { get => List<CodeableConcept>("relationship"); set => SetList("relationship", value); }

        public HumanName? Name { get => Get<HumanName>("name"); set => Set("name", value); }

        public IList<ContactPoint> Telecom { get => List<ContactPoint>("telecom"); set => SetList("telecom", value); }

        public Address? Address { get => Get<Address>("address"); set => Set("address", value); }

        public Code? GenderElement { get => Get<Code>("gender"); set => Set("gender", value); }

        public AdministrativeGender? Gender { get => EnumLiterals.Parse<AdministrativeGender>(GetText("gender")); set => SetText<Code>("gender", EnumLiterals.Format(value)); }

        public ResourceReference? Organization { get => Get<ResourceReference>("organization"); set => Set("organization", value); }

        public Period? Period { get => Get<Period>("period"); set => Set("period", value); }
    }

    /// <summary>A language which may be used to communicate with the patient about his or her health.</summary>
    public partial class CommunicationComponent : BackboneElement
    {
        public override string TypeName => "Patient.communication";

        public CodeableConcept? Language { get => Get<CodeableConcept>("language"); set => Set("language", value); }

        public FhirBoolean? PreferredElement { get => Get<FhirBoolean>("preferred"); set => Set("preferred", value); }

        public bool? Preferred { get => Get<FhirBoolean>("preferred")?.Value; set => SetText<FhirBoolean>("preferred", new FhirBoolean(value).Text); }
    }

    /// <summary>Link to another patient resource that concerns the same actual person.</summary>
    public partial class LinkComponent : BackboneElement
    {
        public override string TypeName => "Patient.link";

        public ResourceReference? Other { get => Get<ResourceReference>("other"); set => Set("other", value); }

        public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

        public LinkType? Type { get => EnumLiterals.Parse<LinkType>(GetText("type")); set => SetText<Code>("type", EnumLiterals.Format(value)); }
    }
}


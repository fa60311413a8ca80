// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A person that is related to a patient, but who is not a direct target of care.</summary>
public partial class RelatedPerson : DomainResource
{
    public override string TypeName => "RelatedPerson";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public FhirBoolean? ActiveElement { get => Get<FhirBoolean>("active"); set => Set("active", value); }

    public bool? Active { get => Get<FhirBoolean>("active")?.Value; set => SetText<FhirBoolean>("active", new FhirBoolean(value).Text); }

    public ResourceReference? Patient { get => Get<ResourceReference>("patient"); set => Set("patient", value); }

    public IList<CodeableConcept> Relationship { get => List<CodeableConcept>("relationship"); set => SetList("relationship", value); }

    public IList<HumanName> Name { get => List<HumanName>("name"); set => SetList("name", value); }

    public IList<ContactPoint> Telecom { get => List<ContactPoint>("telecom"); set => SetList("telecom", value); }

    public Code? GenderElement { get => Get<Code>("gender"); set => Set("gender", value); }

    public AdministrativeGender? Gender { get => EnumLiterals.Parse<AdministrativeGender>(GetText("gender")); set => SetText<Code>("gender", EnumLiterals.Format(value)); }

    public Date? BirthDateElement { get => Get<Date>("birthDate"); set => Set("birthDate", value); }

    public string? BirthDate { get => GetText("birthDate"); set => SetText<Date>("birthDate", value); }

    public IList<Address> Address { get => List<Address>("address"); set => SetList("address", value); }

    public IList<Attachment> Photo { get => List<Attachment>("photo"); set => SetList("photo", value); }

    public Period? Period { get => Get<Period>("period"); set => Set("period", value); }

    public IList<CommunicationComponent> Communication { get => List<CommunicationComponent>("communication"); set => SetList("communication", value); }

    /// <summary>A language which may be used to communicate with about the patient's health.</summary>
    public partial class CommunicationComponent : BackboneElement
    {
        public override string TypeName => "RelatedPerson.communication";

        public CodeableConcept? Language { get => Get<CodeableConcept>("language"); set => Set("language", value); }

        public FhirBoolean? PreferredElement { get => Get<FhirBoolean>("preferred"); set => Set("preferred", value); }

        public bool? Preferred { get => Get<FhirBoolean>("preferred")?.Value; set => SetText<FhirBoolean>("preferred", new FhirBoolean(value).Text); }
    }
}


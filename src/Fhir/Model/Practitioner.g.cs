// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A person with a formal responsibility in the provisioning of healthcare or related services.</summary>
public partial class Practitioner : DomainResource
{
    public override string TypeName => "Practitioner";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public FhirBoolean? ActiveElement { get => Get<FhirBoolean>("active"); set => Set("active", value); }

    public bool? Active { get => Get<FhirBoolean>("active")?.Value; set => SetText<FhirBoolean>("active", new FhirBoolean(value).Text); }

    public IList<HumanName> Name { get => List<HumanName>("name"); set => SetList("name", value); }

    public IList<ContactPoint> Telecom { get => List<ContactPoint>("telecom"); set => SetList("telecom", value); }

    public IList<Address> Address { get => List<Address>("address"); set => SetList("address", value); }

    public Code? GenderElement { get => Get<Code>("gender"); set => Set("gender", value); }

    public AdministrativeGender? Gender { get => EnumLiterals.Parse<AdministrativeGender>(GetText("gender")); set => SetText<Code>("gender", EnumLiterals.Format(value)); }

    public Date? BirthDateElement { get => Get<Date>("birthDate"); set => Set("birthDate", value); }

    public string? BirthDate { get => GetText("birthDate"); set => SetText<Date>("birthDate", value); }

    public IList<Attachment> Photo { get => List<Attachment>("photo"); set => SetList("photo", value); }

    public IList<QualificationComponent> Qualification { get => List<QualificationComponent>("qualification"); set => SetList("qualification", value); }

    public IList<CodeableConcept> Communication { get => List<CodeableConcept>("communication"); set => SetList("communication", value); }

    /// <summary>Certification, licenses, or training pertaining to the provision of care.</summary>
    public partial class QualificationComponent : BackboneElement
    {
        public override string TypeName => "Practitioner.qualification";

        public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

        public CodeableConcept? Code { get => Get<CodeableConcept>("code"); set => Set("code", value); }

        public Period? Period { get => Get<Period>("period"); set => Set("period", value); }

        public ResourceReference? Issuer { get => Get<ResourceReference>("issuer"); set => Set("issuer", value); }
    }
}


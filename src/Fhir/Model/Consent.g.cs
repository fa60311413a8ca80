// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A healthcare consumer's choices to permit or deny recipients or roles to perform actions for specific purposes and periods of time.</summary>
public partial class Consent : DomainResource
{
    public override string TypeName => "Consent";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public ConsentState? Status { get => EnumLiterals.Parse<ConsentState>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public CodeableConcept? Scope { get => Get<CodeableConcept>("scope"); set => Set("scope", value); }

    public IList<CodeableConcept> Category { get => List<CodeableConcept>("category"); set => SetList("category", value); }

    public ResourceReference? Patient { get => Get<ResourceReference>("patient"); set => Set("patient", value); }

    public FhirDateTime? DateTimeElement { get => Get<FhirDateTime>("dateTime"); set => Set("dateTime", value); }

    public string? DateTime { get => GetText("dateTime"); set => SetText<FhirDateTime>("dateTime", value); }

    public IList<ResourceReference> Performer { get => List<ResourceReference>("performer"); set => SetList("performer", value); }

    public IList<ResourceReference> Organization { get => List<ResourceReference>("organization"); set => SetList("organization", value); }

    public DataType? Source { get => Get<DataType>("source"); set => Set("source", value); }

    public IList<PolicyComponent> Policy { get => List<PolicyComponent>("policy"); set => SetList("policy", value); }

    public CodeableConcept? PolicyRule { get => Get<CodeableConcept>("policyRule"); set => Set("policyRule", value); }

    public IList<VerificationComponent> Verification { get => List<VerificationComponent>("verification"); set => SetList("verification", value); }

    public ProvisionComponent? Provision { get => Get<ProvisionComponent>("provision"); set => Set("provision", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/consent-data-meaning</summary>
    public enum ConsentDataMeaning
    {
        [EnumLiteral("instance")] Instance,
        [EnumLiteral("related")] Related,
        [EnumLiteral("dependents")] Dependents,
        [EnumLiteral("authoredby")] Authoredby,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/consent-provision-type</summary>
    public enum ConsentProvisionType
    {
        [EnumLiteral("deny")] Deny,
        [EnumLiteral("permit")] Permit,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/consent-state-codes</summary>
    public enum ConsentState
    {
        [EnumLiteral("draft")] Draft,
        [EnumLiteral("proposed")] Proposed,
        [EnumLiteral("active")] Active,
        [EnumLiteral("rejected")] Rejected,
        [EnumLiteral("inactive")] Inactive,
        [EnumLiteral("entered-in-error")] EnteredInError,
    }

    /// <summary>Policies covered by this consent.</summary>
    public partial class PolicyComponent : BackboneElement
    {
        public override string TypeName => "Consent.policy";

        public FhirUri? AuthorityElement { get => Get<FhirUri>("authority"); set => Set("authority", value); }

        public string? Authority { get => GetText("authority"); set => SetText<FhirUri>("authority", value); }

        public FhirUri? UriElement { get => Get<FhirUri>("uri"); set => Set("uri", value); }

        public string? Uri { get => GetText("uri"); set => SetText<FhirUri>("uri", value); }
    }

    /// <summary>Consent Verified by patient or family.</summary>
    public partial class VerificationComponent : BackboneElement
    {
        public override string TypeName => "Consent.verification";

        public FhirBoolean? VerifiedElement { get => Get<FhirBoolean>("verified"); set => Set("verified", value); }

        public bool? Verified { get => Get<FhirBoolean>("verified")?.Value; set => SetText<FhirBoolean>("verified", new FhirBoolean(value).Text); }

        public ResourceReference? VerifiedWith { get => Get<ResourceReference>("verifiedWith"); set => Set("verifiedWith", value); }

        public FhirDateTime? VerificationDateElement { get => Get<FhirDateTime>("verificationDate"); set => Set("verificationDate", value); }

        public string? VerificationDate { get => GetText("verificationDate"); set => SetText<FhirDateTime>("verificationDate", value); }
    }

    /// <summary>Constraints to the base Consent.policyRule.</summary>
    public partial class ProvisionComponent : BackboneElement
    {
        public override string TypeName => "Consent.provision";

        public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

        public ConsentProvisionType? Type { get => EnumLiterals.Parse<ConsentProvisionType>(GetText("type")); set => SetText<Code>("type", EnumLiterals.Format(value)); }

        public Period? Period { get => Get<Period>("period"); set => Set("period", value); }

        public IList<ProvisionActorComponent> Actor { get => List<ProvisionActorComponent>("actor"); set => SetList("actor", value); }

        public IList<CodeableConcept> Action { get => List<CodeableConcept>("action"); set => SetList("action", value); }

        public IList<Coding> SecurityLabel { get => List<Coding>("securityLabel"); set => SetList("securityLabel", value); }

        public IList<Coding> Purpose { get => List<Coding>("purpose"); set => SetList("purpose", value); }

        public IList<Coding> Class { get => List<Coding>("class"); set => SetList("class", value); }

        public IList<CodeableConcept> Code { get => List<CodeableConcept>("code"); set => SetList("code", value); }

        public Period? DataPeriod { get => Get<Period>("dataPeriod"); set => Set("dataPeriod", value); }

        public IList<ProvisionDataComponent> Data { get => List<ProvisionDataComponent>("data"); set => SetList("data", value); }

        public IList<ProvisionComponent> Provision { get => List<ProvisionComponent>("provision"); set => SetList("provision", value); }
    }

    /// <summary>Who|what controlled by this rule (or group, by role).</summary>
    public partial class ProvisionActorComponent : BackboneElement
    {
        public override string TypeName => "Consent.provision.actor";

        public CodeableConcept? Role { get => Get<CodeableConcept>("role"); set => Set("role", value); }

        public ResourceReference? Reference { get => Get<ResourceReference>("reference"); set => Set("reference", value); }
    }

    /// <summary>Data controlled by this rule.</summary>
    public partial class ProvisionDataComponent : BackboneElement
    {
        public override string TypeName => "Consent.provision.data";

        public Code? MeaningElement { get => Get<Code>("meaning"); set => Set("meaning", value); }

        public ConsentDataMeaning? Meaning { get => EnumLiterals.Parse<ConsentDataMeaning>(GetText("meaning")); set => SetText<Code>("meaning", EnumLiterals.Format(value)); }

        public ResourceReference? Reference { get => Get<ResourceReference>("reference"); set => Set("reference", value); }
    }
}


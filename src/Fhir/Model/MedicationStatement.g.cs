// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Record of medication being taken by a patient.</summary>
public partial class MedicationStatement : DomainResource
{
    public override string TypeName => "MedicationStatement";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public IList<ResourceReference> BasedOn { get => List<ResourceReference>("basedOn"); set => SetList("basedOn", value); }

    public IList<ResourceReference> PartOf { get => List<ResourceReference>("partOf"); set => SetList("partOf", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public MedicationStatusCodes? Status { get => EnumLiterals.Parse<MedicationStatusCodes>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public IList<CodeableConcept> StatusReason { get => List<CodeableConcept>("statusReason"); set => SetList("statusReason", value); }

    public CodeableConcept? Category { get => Get<CodeableConcept>("category"); set => Set("category", value); }

    public DataType? Medication { get => Get<DataType>("medication"); set => Set("medication", value); }

    public ResourceReference? Subject { get => Get<ResourceReference>("subject"); set => Set("subject", value); }

    public ResourceReference? Context { get => Get<ResourceReference>("context"); set => Set("context", value); }

    public DataType? Effective { get => Get<DataType>("effective"); set => Set("effective", value); }

    public FhirDateTime? DateAssertedElement { get => Get<FhirDateTime>("dateAsserted"); set => Set("dateAsserted", value); }

    public string? DateAsserted { get => GetText("dateAsserted"); set => SetText<FhirDateTime>("dateAsserted", value); }

    public ResourceReference? InformationSource { get => Get<ResourceReference>("informationSource"); set => Set("informationSource", value); }

    public IList<ResourceReference> DerivedFrom { get => List<ResourceReference>("derivedFrom"); set => SetList("derivedFrom", value); }

    public IList<CodeableConcept> ReasonCode { get => List<CodeableConcept>("reasonCode"); set => SetList("reasonCode", value); }

    public IList<ResourceReference> ReasonReference { get => List<ResourceReference>("reasonReference"); set => SetList("reasonReference", value); }

    public IList<Annotation> Note { get => List<Annotation>("note"); set => SetList("note", value); }

    public IList<Dosage> Dosage { get => List<Dosage>("dosage"); set => SetList("dosage", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/medication-statement-status</summary>
    public enum MedicationStatusCodes
    {
        [EnumLiteral("active")] Active,
        [EnumLiteral("completed")] Completed,
        [EnumLiteral("entered-in-error")] EnteredInError,
        [EnumLiteral("intended")] Intended,
        [EnumLiteral("stopped")] Stopped,
        [EnumLiteral("on-hold")] OnHold,
        [EnumLiteral("unknown")] Unknown,
        [EnumLiteral("not-taken")] NotTaken,
    }
}


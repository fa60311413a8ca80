// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Dispensing a medication to a named patient.</summary>
public partial class MedicationDispense : DomainResource
{
    public override string TypeName => "MedicationDispense";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public IList<ResourceReference> PartOf { get => List<ResourceReference>("partOf"); set => SetList("partOf", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public MedicationDispenseStatusCodes? Status { get => EnumLiterals.Parse<MedicationDispenseStatusCodes>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public DataType? StatusReason { get => Get<DataType>("statusReason"); set => Set("statusReason", value); }

    public CodeableConcept? Category { get => Get<CodeableConcept>("category"); set => Set("category", value); }

    public DataType? Medication { get => Get<DataType>("medication"); set => Set("medication", value); }

    public ResourceReference? Subject { get => Get<ResourceReference>("subject"); set => Set("subject", value); }

    public ResourceReference? Context { get => Get<ResourceReference>("context"); set => Set("context", value); }

    public IList<ResourceReference> SupportingInformation { get => List<ResourceReference>("supportingInformation"); set => SetList("supportingInformation", value); }

    public IList<PerformerComponent> Performer { get => List<PerformerComponent>("performer"); set => SetList("performer", value); }

    public ResourceReference? Location { get => Get<ResourceReference>("location"); set => Set("location", value); }

    public IList<ResourceReference> AuthorizingPrescription { get => List<ResourceReference>("authorizingPrescription"); set => SetList("authorizingPrescription", value); }

    public CodeableConcept? Type { get => Get<CodeableConcept>("type"); set => Set("type", value); }

    public Quantity? Quantity { get => Get<Quantity>("quantity"); set => Set("quantity", value); }

    public Quantity? DaysSupply { get => Get<Quantity>("daysSupply"); set => Set("daysSupply", value); }

    public FhirDateTime? WhenPreparedElement { get => Get<FhirDateTime>("whenPrepared"); set => Set("whenPrepared", value); }

    public string? WhenPrepared { get => GetText("whenPrepared"); set => SetText<FhirDateTime>("whenPrepared", value); }

    public FhirDateTime? WhenHandedOverElement { get => Get<FhirDateTime>("whenHandedOver"); set => Set("whenHandedOver", value); }

    public string? WhenHandedOver { get => GetText("whenHandedOver"); set => SetText<FhirDateTime>("whenHandedOver", value); }

    public ResourceReference? Destination { get => Get<ResourceReference>("destination"); set => Set("destination", value); }

    public IList<ResourceReference> Receiver { get => List<ResourceReference>("receiver"); set => SetList("receiver", value); }

    public IList<Annotation> Note { get => List<Annotation>("note"); set => SetList("note", value); }

    public IList<Dosage> DosageInstruction { get => List<Dosage>("dosageInstruction"); set => SetList("dosageInstruction", value); }

    public SubstitutionComponent? Substitution { get => Get<SubstitutionComponent>("substitution"); set => Set("substitution", value); }

    public IList<ResourceReference> DetectedIssue { get => List<ResourceReference>("detectedIssue"); set => SetList("detectedIssue", value); }

    public IList<ResourceReference> EventHistory { get => List<ResourceReference>("eventHistory"); set => SetList("eventHistory", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/medicationdispense-status</summary>
    public enum MedicationDispenseStatusCodes
    {
        [EnumLiteral("preparation")] Preparation,
        [EnumLiteral("in-progress")] InProgress,
        [EnumLiteral("cancelled")] Cancelled,
        [EnumLiteral("on-hold")] OnHold,
        [EnumLiteral("completed")] Completed,
        [EnumLiteral("entered-in-error")] EnteredInError,
        [EnumLiteral("stopped")] Stopped,
        [EnumLiteral("declined")] Declined,
        [EnumLiteral("unknown")] Unknown,
    }

    /// <summary>Who performed event.</summary>
    public partial class PerformerComponent : BackboneElement
    {
        public override string TypeName => "MedicationDispense.performer";

        public CodeableConcept? Function { get => Get<CodeableConcept>("function"); set => Set("function", value); }

        public ResourceReference? Actor { get => Get<ResourceReference>("actor"); set => Set("actor", value); }
    }

    /// <summary>Whether a substitution was performed on the dispense.</summary>
    public partial class SubstitutionComponent : BackboneElement
    {
        public override string TypeName => "MedicationDispense.substitution";

        public FhirBoolean? WasSubstitutedElement { get => Get<FhirBoolean>("wasSubstituted"); set => Set("wasSubstituted", value); }

        public bool? WasSubstituted { get => Get<FhirBoolean>("wasSubstituted")?.Value; set => SetText<FhirBoolean>("wasSubstituted", new FhirBoolean(value).Text); }

        public CodeableConcept? Type { get => Get<CodeableConcept>("type"); set => Set("type", value); }

        public IList<CodeableConcept> Reason { get => List<CodeableConcept>("reason"); set => SetList("reason", value); }

        public IList<ResourceReference> ResponsibleParty { get => List<ResourceReference>("responsibleParty"); set => SetList("responsibleParty", value); }
    }
}


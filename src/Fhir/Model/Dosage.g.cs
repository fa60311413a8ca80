// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>How the medication is/was taken or should be taken.</summary>
public partial class Dosage : BackboneType
{
    public override string TypeName => "Dosage";

    public Integer? SequenceElement { get => Get<Integer>("sequence"); set => Set("sequence", value); }

    public int? Sequence { get => Get<Integer>("sequence")?.Value; set => SetText<Integer>("sequence", new Integer(value).Text); }

    public FhirString? TextElement { get => Get<FhirString>("text"); set => Set("text", value); }

    public string? Text { get => GetText("text"); set => SetText<FhirString>("text", value); }

    public IList<CodeableConcept> AdditionalInstruction { get => List<CodeableConcept>("additionalInstruction"); set => SetList("additionalInstruction", value); }

    public FhirString? PatientInstructionElement { get => Get<FhirString>("patientInstruction"); set => Set("patientInstruction", value); }

    public string? PatientInstruction { get => GetText("patientInstruction"); set => SetText<FhirString>("patientInstruction", value); }

    public Timing? Timing { get => Get<Timing>("timing"); set => Set("timing", value); }

    public DataType? AsNeeded { get => Get<DataType>("asNeeded"); set => Set("asNeeded", value); }

    public CodeableConcept? Site { get => Get<CodeableConcept>("site"); set => Set("site", value); }

    public CodeableConcept? Route { get => Get<CodeableConcept>("route"); set => Set("route", value); }

    public CodeableConcept? Method { get => Get<CodeableConcept>("method"); set => Set("method", value); }

    public IList<DoseAndRateComponent> DoseAndRate { get => List<DoseAndRateComponent>("doseAndRate"); set => SetList("doseAndRate", value); }

    public Ratio? MaxDosePerPeriod { get => Get<Ratio>("maxDosePerPeriod"); set => Set("maxDosePerPeriod", value); }

    public Quantity? MaxDosePerAdministration { get => Get<Quantity>("maxDosePerAdministration"); set => Set("maxDosePerAdministration", value); }

    public Quantity? MaxDosePerLifetime { get => Get<Quantity>("maxDosePerLifetime"); set => Set("maxDosePerLifetime", value); }

    /// <summary>Amount of medication administered.</summary>
    public partial class DoseAndRateComponent : Element
    {
        public override string TypeName => "Dosage.doseAndRate";

        public CodeableConcept? Type { get => Get<CodeableConcept>("type"); set => Set("type", value); }

        public DataType? Dose { get => Get<DataType>("dose"); set => Set("dose", value); }

        public DataType? Rate { get => Get<DataType>("rate"); set => Set("rate", value); }
    }
}


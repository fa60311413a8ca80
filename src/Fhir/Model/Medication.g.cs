// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Definition of a Medication.</summary>
public partial class Medication : DomainResource
{
    public override string TypeName => "Medication";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public CodeableConcept? Code { get => Get<CodeableConcept>("code"); set => Set("code", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public MedicationStatusCodes? Status { get => EnumLiterals.Parse<MedicationStatusCodes>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public ResourceReference? Manufacturer { get => Get<ResourceReference>("manufacturer"); set => Set("manufacturer", value); }

    public CodeableConcept? Form { get => Get<CodeableConcept>("form"); set => Set("form", value); }

    public Ratio? Amount { get => Get<Ratio>("amount"); set => Set("amount", value); }

    public IList<IngredientComponent> Ingredient { get => List<IngredientComponent>("ingredient"); set => SetList("ingredient", value); }

    public BatchComponent? Batch { get => Get<BatchComponent>("batch"); set => Set("batch", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/medication-status</summary>
    public enum MedicationStatusCodes
    {
        [EnumLiteral("active")] Active,
        [EnumLiteral("inactive")] Inactive,
        [EnumLiteral("entered-in-error")] EnteredInError,
    }

    /// <summary>Active or inactive ingredient.</summary>
    public partial class IngredientComponent : BackboneElement
    {
        public override string TypeName => "Medication.ingredient";

        public DataType? Item { get => Get<DataType>("item"); set => Set("item", value); }

        public FhirBoolean? IsActiveElement { get => Get<FhirBoolean>("isActive"); set => Set("isActive", value); }

        public bool? IsActive { get => Get<FhirBoolean>("isActive")?.Value; set => SetText<FhirBoolean>("isActive", new FhirBoolean(value).Text); }

        public Ratio? Strength { get => Get<Ratio>("strength"); set => Set("strength", value); }
    }

    /// <summary>Details about packaged medications.</summary>
    public partial class BatchComponent : BackboneElement
    {
        public override string TypeName => "Medication.batch";

        public FhirString? LotNumberElement { get => Get<FhirString>("lotNumber"); set => Set("lotNumber", value); }

        public string? LotNumber { get => GetText("lotNumber"); set => SetText<FhirString>("lotNumber", value); }

        public FhirDateTime? ExpirationDateElement { get => Get<FhirDateTime>("expirationDate"); set => Set("expirationDate", value); }

        public string? ExpirationDate { get => GetText("expirationDate"); set => SetText<FhirDateTime>("expirationDate", value); }
    }
}


// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>The marketing status describes the date when a medicinal product is actually put on the market or the date as of which it is no longer available.</summary>
public partial class MarketingStatus : BackboneType
{
    public override string TypeName => "MarketingStatus";

    public CodeableConcept? Country { get => Get<CodeableConcept>("country"); set => Set("country", value); }

    public CodeableConcept? Jurisdiction { get => Get<CodeableConcept>("jurisdiction"); set => Set("jurisdiction", value); }

    public CodeableConcept? Status { get => Get<CodeableConcept>("status"); set => Set("status", value); }

    public Period? DateRange { get => Get<Period>("dateRange"); set => Set("dateRange", value); }

    public FhirDateTime? RestoreDateElement { get => Get<FhirDateTime>("restoreDate"); set => Set("restoreDate", value); }

    public string? RestoreDate { get => GetText("restoreDate"); set => SetText<FhirDateTime>("restoreDate", value); }
}


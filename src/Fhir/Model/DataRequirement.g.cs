// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Describes a required data item.</summary>
public partial class DataRequirement : DataType
{
    public override string TypeName => "DataRequirement";

    public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

    public string? Type { get => GetText("type"); set => SetText<Code>("type", value); }

    public IList<Canonical> ProfileElement { get => List<Canonical>("profile"); set => SetList("profile", value); }

    public IList<string?> Profile { get => Texts<Canonical>("profile"); set => SetTexts<Canonical>("profile", value); }

    public DataType? Subject { get => Get<DataType>("subject"); set => Set("subject", value); }

    public IList<FhirString> MustSupportElement { get => List<FhirString>("mustSupport"); set => SetList("mustSupport", value); }

    public IList<string?> MustSupport { get => Texts<FhirString>("mustSupport"); set => SetTexts<FhirString>("mustSupport", value); }

    public IList<CodeFilterComponent> CodeFilter { get => List<CodeFilterComponent>("codeFilter"); set => SetList("codeFilter", value); }

    public IList<DateFilterComponent> DateFilter { get => List<DateFilterComponent>("dateFilter"); set => SetList("dateFilter", value); }

    public PositiveInt? LimitElement { get => Get<PositiveInt>("limit"); set => Set("limit", value); }

    public int? Limit { get => Get<PositiveInt>("limit")?.Value; set => SetText<PositiveInt>("limit", new PositiveInt(value).Text); }

    public IList<SortComponent> Sort { get => List<SortComponent>("sort"); set => SetList("sort", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/sort-direction</summary>
    public enum SortDirection
    {
        [EnumLiteral("ascending")] Ascending,
        [EnumLiteral("descending")] Descending,
    }

    /// <summary>What codes are expected.</summary>
    public partial class CodeFilterComponent : Element
    {
        public override string TypeName => "DataRequirement.codeFilter";

        public FhirString? PathElement { get => Get<FhirString>("path"); set => Set("path", value); }

        public string? Path { get => GetText("path"); set => SetText<FhirString>("path", value); }

        public FhirString? SearchParamElement { get => Get<FhirString>("searchParam"); set => Set("searchParam", value); }

        public string? SearchParam { get => GetText("searchParam"); set => SetText<FhirString>("searchParam", value); }

        public Canonical? ValueSetElement { get => Get<Canonical>("valueSet"); set => Set("valueSet", value); }

        public string? ValueSet { get => GetText("valueSet"); set => SetText<Canonical>("valueSet", value); }

        public IList<Coding> Code { get => List<Coding>("code"); set => SetList("code", value); }
    }

    /// <summary>What dates/date ranges are expected.</summary>
    public partial class DateFilterComponent : Element
    {
        public override string TypeName => "DataRequirement.dateFilter";

        public FhirString? PathElement { get => Get<FhirString>("path"); set => Set("path", value); }

        public string? Path { get => GetText("path"); set => SetText<FhirString>("path", value); }

        public FhirString? SearchParamElement { get => Get<FhirString>("searchParam"); set => Set("searchParam", value); }

        public string? SearchParam { get => GetText("searchParam"); set => SetText<FhirString>("searchParam", value); }

        public DataType? Value { get => Get<DataType>("value"); set => Set("value", value); }
    }

    /// <summary>Order of the results.</summary>
    public partial class SortComponent : Element
    {
        public override string TypeName => "DataRequirement.sort";

        public FhirString? PathElement { get => Get<FhirString>("path"); set => Set("path", value); }

        public string? Path { get => GetText("path"); set => SetText<FhirString>("path", value); }

        public Code? DirectionElement { get => Get<Code>("direction"); set => Set("direction", value); }

        public SortDirection? Direction { get => EnumLiterals.Parse<SortDirection>(GetText("direction")); set => SetText<Code>("direction", EnumLiterals.Format(value)); }
    }
}


// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Contributor information.</summary>
public partial class Contributor : DataType
{
    public override string TypeName => "Contributor";

    public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

    public ContributorType? Type { get => EnumLiterals.Parse<ContributorType>(GetText("type")); set => SetText<Code>("type", EnumLiterals.Format(value)); }

    public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

    public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

    public IList<ContactDetail> Contact { get => List<ContactDetail>("contact"); set => SetList("contact", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/contributor-type</summary>
    public enum ContributorType
    {
        [EnumLiteral("author")] Author,
        [EnumLiteral("editor")] Editor,
        [EnumLiteral("reviewer")] Reviewer,
        [EnumLiteral("endorser")] Endorser,
    }
}


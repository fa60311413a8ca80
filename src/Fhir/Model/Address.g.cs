// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>An address expressed using postal conventions (as opposed to GPS or other location definition formats).</summary>
public partial class Address : DataType
{
    public override string TypeName => "Address";

    public Code? UseElement { get => Get<Code>("use"); set => Set("use", value); }

    public AddressUse? Use { get => EnumLiterals.Parse<AddressUse>(GetText("use")); set => SetText<Code>("use", EnumLiterals.Format(value)); }

    public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

    public AddressType? Type { get => EnumLiterals.Parse<AddressType>(GetText("type")); set => SetText<Code>("type", EnumLiterals.Format(value)); }

    public FhirString? TextElement { get => Get<FhirString>("text"); set => Set("text", value); }

    public string? Text { get => GetText("text"); set => SetText<FhirString>("text", value); }

    public IList<FhirString> LineElement { get => List<FhirString>("line"); set => SetList("line", value); }

    public IList<string?> Line { get => Texts<FhirString>("line"); set => SetTexts<FhirString>("line", value); }

    public FhirString? CityElement { get => Get<FhirString>("city"); set => Set("city", value); }

    public string? City { get => GetText("city"); set => SetText<FhirString>("city", value); }

    public FhirString? DistrictElement { get => Get<FhirString>("district"); set => Set("district", value); }

    public string? District { get => GetText("district"); set => SetText<FhirString>("district", value); }

    public FhirString? StateElement { get => Get<FhirString>("state"); set => Set("state", value); }

    public string? State { get => GetText("state"); set => SetText<FhirString>("state", value); }

    public FhirString? PostalCodeElement { get => Get<FhirString>("postalCode"); set => Set("postalCode", value); }

    public string? PostalCode { get => GetText("postalCode"); set => SetText<FhirString>("postalCode", value); }

    public FhirString? CountryElement { get => Get<FhirString>("country"); set => Set("country", value); }

    public string? Country { get => GetText("country"); set => SetText<FhirString>("country", value); }

    public Period? Period { get => Get<Period>("period"); set => Set("period", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/address-type</summary>
    public enum AddressType
    {
        [EnumLiteral("postal")] Postal,
        [EnumLiteral("physical")] Physical,
        [EnumLiteral("both")] Both,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/address-use</summary>
    public enum AddressUse
    {
        [EnumLiteral("home")] Home,
        [EnumLiteral("work")] Work,
        [EnumLiteral("temp")] Temp,
        [EnumLiteral("old")] Old,
        [EnumLiteral("billing")] Billing,
    }
}


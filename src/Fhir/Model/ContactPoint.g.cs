// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Details of a Technology mediated contact point (phone, fax, email, etc.).</summary>
public partial class ContactPoint : DataType
{
    public override string TypeName => "ContactPoint";

    public Code? SystemElement { get => Get<Code>("system"); set => Set("system", value); }

    public ContactPointSystem? System { get => EnumLiterals.Parse<ContactPointSystem>(GetText("system")); set => SetText<Code>("system", EnumLiterals.Format(value)); }

    public FhirString? ValueElement { get => Get<FhirString>("value"); set => Set("value", value); }

    public string? Value { get => GetText("value"); set => SetText<FhirString>("value", value); }

    public Code? UseElement { get => Get<Code>("use"); set => Set("use", value); }

    public ContactPointUse? Use { get => EnumLiterals.Parse<ContactPointUse>(GetText("use")); set => SetText<Code>("use", EnumLiterals.Format(value)); }

    public PositiveInt? RankElement { get => Get<PositiveInt>("rank"); set => Set("rank", value); }

    public int? Rank { get => Get<PositiveInt>("rank")?.Value; set => SetText<PositiveInt>("rank", new PositiveInt(value).Text); }

    public Period? Period { get => Get<Period>("period"); set => Set("period", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/contact-point-system</summary>
    public enum ContactPointSystem
    {
        [EnumLiteral("phone")] Phone,
        [EnumLiteral("fax")] Fax,
        [EnumLiteral("email")] Email,
        [EnumLiteral("pager")] Pager,
        [EnumLiteral("url")] Url,
        [EnumLiteral("sms")] Sms,
        [EnumLiteral("other")] Other,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/contact-point-use</summary>
    public enum ContactPointUse
    {
        [EnumLiteral("home")] Home,
        [EnumLiteral("work")] Work,
        [EnumLiteral("temp")] Temp,
        [EnumLiteral("old")] Old,
        [EnumLiteral("mobile")] Mobile,
    }
}


// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>FHIR base64Binary: Primitive Type base64Binary.</summary>
public sealed partial class Base64Binary : PrimitiveType
{
    public Base64Binary()
    {
    }

    public override string TypeName => "base64Binary";
}

/// <summary>FHIR boolean: Primitive Type boolean.</summary>
public sealed partial class FhirBoolean : PrimitiveType
{
    public FhirBoolean()
    {
    }

    public override string TypeName => "boolean";
}

/// <summary>FHIR date: Primitive Type date.</summary>
public sealed partial class Date : TextPrimitive
{
    public Date()
    {
    }

    public Date(string? value) => Text = value;

    public override string TypeName => "date";
}

/// <summary>FHIR dateTime: Primitive Type dateTime.</summary>
public sealed partial class FhirDateTime : TextPrimitive
{
    public FhirDateTime()
    {
    }

    public FhirDateTime(string? value) => Text = value;

    public override string TypeName => "dateTime";
}

/// <summary>FHIR decimal: Primitive Type decimal.</summary>
public sealed partial class FhirDecimal : PrimitiveType
{
    public FhirDecimal()
    {
    }

    public override string TypeName => "decimal";
}

/// <summary>FHIR instant: Primitive Type instant.</summary>
public sealed partial class Instant : PrimitiveType
{
    public Instant()
    {
    }

    public override string TypeName => "instant";
}

/// <summary>FHIR integer: Primitive Type integer.</summary>
public partial class Integer : PrimitiveType
{
    public Integer()
    {
    }

    public override string TypeName => "integer";
}

/// <summary>FHIR string: Primitive Type string.</summary>
public sealed partial class FhirString : TextPrimitive
{
    public FhirString()
    {
    }

    public FhirString(string? value) => Text = value;

    public override string TypeName => "string";
}

/// <summary>FHIR time: Primitive Type time.</summary>
public sealed partial class Time : TextPrimitive
{
    public Time()
    {
    }

    public Time(string? value) => Text = value;

    public override string TypeName => "time";
}

/// <summary>FHIR uri: Primitive Type uri.</summary>
public sealed partial class FhirUri : TextPrimitive
{
    public FhirUri()
    {
    }

    public FhirUri(string? value) => Text = value;

    public override string TypeName => "uri";
}

/// <summary>FHIR xhtml: Primitive Type xhtml.</summary>
public sealed partial class XHtml : TextPrimitive
{
    public XHtml()
    {
    }

    public XHtml(string? value) => Text = value;

    public override string TypeName => "xhtml";
}

/// <summary>FHIR canonical: Primitive Type canonical.</summary>
public sealed partial class Canonical : TextPrimitive
{
    public Canonical()
    {
    }

    public Canonical(string? value) => Text = value;

    public override string TypeName => "canonical";
}

/// <summary>FHIR code: Primitive Type code.</summary>
public sealed partial class Code : TextPrimitive
{
    public Code()
    {
    }

    public Code(string? value) => Text = value;

    public override string TypeName => "code";
}

/// <summary>FHIR id: Primitive Type id.</summary>
public sealed partial class Id : TextPrimitive
{
    public Id()
    {
    }

    public Id(string? value) => Text = value;

    public override string TypeName => "id";
}

/// <summary>FHIR markdown: Primitive Type markdown.</summary>
public sealed partial class Markdown : TextPrimitive
{
    public Markdown()
    {
    }

    public Markdown(string? value) => Text = value;

    public override string TypeName => "markdown";
}

/// <summary>FHIR oid: Primitive Type oid.</summary>
public sealed partial class Oid : TextPrimitive
{
    public Oid()
    {
    }

    public Oid(string? value) => Text = value;

    public override string TypeName => "oid";
}

/// <summary>FHIR positiveInt: Primitive Type positiveInt.</summary>
public sealed partial class PositiveInt : Integer
{
    public PositiveInt()
    {
    }

    public override string TypeName => "positiveInt";
}

/// <summary>FHIR unsignedInt: Primitive Type unsignedInt.</summary>
public sealed partial class UnsignedInt : Integer
{
    public UnsignedInt()
    {
    }

    public override string TypeName => "unsignedInt";
}

/// <summary>FHIR url: Primitive Type url.</summary>
public sealed partial class FhirUrl : TextPrimitive
{
    public FhirUrl()
    {
    }

    public FhirUrl(string? value) => Text = value;

    public override string TypeName => "url";
}

/// <summary>FHIR uuid: Primitive Type uuid.</summary>
public sealed partial class Uuid : TextPrimitive
{
    public Uuid()
    {
    }

    public Uuid(string? value) => Text = value;

    public override string TypeName => "uuid";
}


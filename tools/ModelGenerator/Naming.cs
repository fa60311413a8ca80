using System.Globalization;
using System.Text;

namespace Vkp.ModelGenerator;

/// <summary>Firely's names: C# type = FHIR type, with a prefix where .NET has the name already.</summary>
public static class Naming
{
    public static string Class(string fhirType) => fhirType switch
    {
        "string" => "FhirString",
        "boolean" => "FhirBoolean",
        "decimal" => "FhirDecimal",
        "uri" => "FhirUri",
        "url" => "FhirUrl",
        "dateTime" => "FhirDateTime",
        "Reference" => "ResourceReference",
        "xhtml" => "XHtml",
        _ => Pascal(fhirType),
    };

    /// <summary>`Patient.contact` is Patient.ContactComponent.</summary>
    public static string Backbone(TypeShape type) => Pascal(type.ExplicitName ?? type.Name[(type.Name.LastIndexOf('.') + 1)..]) + "Component";

    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>A C# name for a code, or null when there is none.</summary>
    public static string? EnumMember(string code, string? display)
    {
        var source = char.IsAsciiLetter(code[0]) ? code : display;
        if (source is null || source.Length == 0 || !char.IsAsciiLetter(source[0])) return null;
        var sb = new StringBuilder();
        var upper = true;
        foreach (var c in source)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                upper = true;
                continue;
            }

            sb.Append(upper ? char.ToUpper(c, CultureInfo.InvariantCulture) : c);
            upper = false;
        }

        return sb.ToString();
    }
}

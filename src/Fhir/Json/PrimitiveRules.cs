using Vkp.Fhir.Codes;
using Vkp.Fhir.Definitions;
using Vkp.Fhir.Model;

namespace Vkp.Fhir.Json;

/// <summary>The form of a primitive's text: what R4 demands, and what can be put right without changing what is meant.</summary>
internal static class PrimitiveRules
{
    /// <summary>The text to keep: as it came, or repaired when reading leniently.</summary>
    public static string Check(string text, string type, FhirNode owner, JsonMember member, ReadingReport report)
    {
        var trimmed = WithoutBlanks(text, type, owner, member, report);
        if (trimmed is null) return text;
        text = trimmed;
        if (type is "uri" or "canonical" or "url") return Uri(text, type, owner, member, report);
        if (IsWellFormed(text, type)) return text;
        if (type is "dateTime" or "instant" && RepairedTime(text, type) is { } repaired)
        {
            report.Repairable(FhirIssueCodes.WrongFormat, $"The {type} is not written as FHIR writes it.", "Write 2026-11-20T08:00:00+01:00 (T between, seconds, offset with colon).");
            return report.IsLenient ? repaired : text;
        }

        // A wrong value of text form is passed on as it came: the receiver may read it, and guessing would change what is meant.
        var withoutOffset = type is "dateTime" or "instant" && FhirFormats.IsDateTimeWithoutOffset(text);
        var hint = withoutOffset ? "Add the offset (Z or +01:00): without it nobody knows which moment is meant." : Hint(type);
        report.Error(FhirIssueCodes.WrongFormat, withoutOffset ? $"The {type} has a time without an offset." : $"Not a valid {type}.", hint, tolerated: withoutOffset);
        return text;
    }

    /// <summary>Null when there are blanks that strict reading has just reported: the rest is not worth a second finding.</summary>
    private static string? WithoutBlanks(string text, string type, FhirNode owner, JsonMember member, ReadingReport report)
    {
        if (!char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1])) return text;

        // In running text blanks are harmless; in an identifier they make two of one.
        if (type is "markdown" or "xhtml" or "base64Binary" || (type == "string" && !(owner is Identifier && member.Element.Name == "value"))) return text;
        var trimmed = text.Trim();
        if (trimmed.Length == 0) return text;
        report.Repairable(FhirIssueCodes.StrayBlanks, "Blanks stand before or after the value.", "Trim the value.");
        return report.IsLenient ? trimmed : null;
    }

    private static string Uri(string text, string type, FhirNode owner, JsonMember member, ReadingReport report)
    {
        if (Canonicals.Correct(text, owner is Coding or Quantity && member.Element.Name == "system") is { } corrected)
        {
            report.Repairable(FhirIssueCodes.MisspeltCanonical, $"'{Shorten(text)}' is a known misspelling.", $"Write {corrected}.");
            return report.IsLenient ? corrected : text;
        }

        if (!FhirFormats.IsUri(text))
        {
            report.Error(FhirIssueCodes.SystemNotUri, $"Not a {type}: it holds blanks.", "Use an absolute address such as https://vendor.example/ids/alarm, or urn:oid:...", tolerated: true);
        }
        else if (member.Element.Name == "system" && owner is Identifier or Coding && text != IdentifierSystems.HospitalLocalNumber && !IsUsableSystem(text))
        {
            report.Warning(FhirIssueCodes.SystemNotUri, "The system is not an http(s) address or urn: no one else can tell what it means.", "Use an address you own, such as https://vendor.example/ids/alarm.");
        }
        else if (text.StartsWith("urn:uuid:", StringComparison.OrdinalIgnoreCase) && !FhirFormats.IsUuid(text))
        {
            report.Warning(FhirIssueCodes.WrongFormat, "Begins with urn:uuid: but is not a UUID.", "Use 8-4-4-4-12 hexadecimal digits.");
        }
        else if (text.StartsWith("urn:oid:", StringComparison.OrdinalIgnoreCase) && !FhirFormats.IsOid(text))
        {
            report.Warning(FhirIssueCodes.WrongFormat, "Begins with urn:oid: but is not an OID.", "Use digits and points, such as urn:oid:2.16.578.1.12.4.1.4.1.");
        }

        return text;
    }

    private static bool IsUsableSystem(string text) =>
        text.StartsWith("http://", StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.Ordinal) || text.StartsWith("urn:", StringComparison.Ordinal) || text.StartsWith('#');

    private static bool IsWellFormed(string text, string type) => type switch
    {
        "boolean" => text is "true" or "false",
        "integer" => FhirFormats.IsInteger(text) && int.TryParse(text, out _),
        "unsignedInt" => FhirFormats.IsInteger(text) && int.TryParse(text, out var unsigned) && unsigned >= 0,
        "positiveInt" => FhirFormats.IsInteger(text) && int.TryParse(text, out var positive) && positive > 0,
        "decimal" => FhirFormats.IsDecimal(text),
        "date" => FhirFormats.IsDate(text),
        "dateTime" => FhirFormats.IsDateTime(text),
        "instant" => FhirFormats.IsInstant(text),
        "time" => FhirFormats.IsTime(text),
        "code" => FhirFormats.IsCode(text),
        "id" => FhirFormats.IsId(text),
        "oid" => FhirFormats.IsOid(text),
        "uuid" => FhirFormats.IsUuid(text),
        "base64Binary" => FhirFormats.IsBase64(text),
        "string" or "markdown" => !char.IsWhiteSpace(text[0]) || !string.IsNullOrWhiteSpace(text),
        _ => true,
    };

    /// <summary>A blank for T, a small z, an offset without its colon: one moment, written otherwise.</summary>
    private static string? RepairedTime(string text, string type)
    {
        if (text.Length < 19) return null;
        var candidate = string.Concat(text.AsSpan(0, 10), "T", text.AsSpan(11));
        if (candidate[^1] == 'z') candidate = candidate[..^1] + 'Z';
        var sign = candidate.Length - 5;
        if (sign > 18 && candidate[sign] is '+' or '-') candidate = candidate.Insert(candidate.Length - 2, ":");
        return text[10] is ' ' or 'T' or 't' && candidate != text && FhirFormats.IsInstant(candidate) ? candidate : null;
    }

    private static string Hint(string type) => type switch
    {
        "date" => "Write 2026, 2026-11 or 2026-11-20.",
        "dateTime" => "Write 2026-11-20 or 2026-11-20T08:00:00+01:00.",
        "instant" => "Write 2026-11-20T08:00:00+01:00.",
        "time" => "Write 08:00:00.",
        "id" => "Use 1-64 letters A-Z a-z, digits, '-' and '.'.",
        "code" => "No blanks at the ends and no double blanks inside.",
        "decimal" => "Write a number such as 36.6.",
        "integer" or "unsignedInt" or "positiveInt" => "Write a whole number within its range.",
        _ => $"See the type {type} in FHIR R4.",
    };

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "...";
}

using System.Text.RegularExpressions;
using Vkp.Adapters;
using Vkp.Fhir.Codes;

namespace Vkp.Hub.Staff;

/// <summary>Why a person looks: a code of a short list, and in her own words. Written as `CODE: TEXT`, in the header, in the log and to the patient who asks. Pure.</summary>
public static partial class Purpose
{
    /// <summary>The request header. Its text may be percent-encoded UTF-8 (RFC 3986), as a header is no place for æ, ø and å.</summary>
    public const string Header = "VKP-Purpose";

    /// <summary>What the hub writes before a purpose for which a glass was broken; nobody gives it himself.</summary>
    private const string BrokenGlass = "nodtilgang";

    private static readonly Dictionary<string, FhirCode> Known = new(StringComparer.Ordinal)
    {
        ["behandling"] = PurposesOfUse.Treatment,
        ["innsyn"] = PurposesOfUse.PatientRequest,
        ["tilsyn"] = PurposesOfUse.Compliance,
        ["feilretting"] = PurposesOfUse.SystemAdministration,
        ["kvalitet"] = PurposesOfUse.QualityImprovement,
        ["arkiv"] = PurposesOfUse.RecordsManagement,
    };

    public static IReadOnlyCollection<string> Codes => Known.Keys;

    /// <summary>The purpose in a header; nothing when there is none, VKP-821 when it is not one.</summary>
    public static (string? Purpose, VkpError? Error) Read(string header)
    {
        if (header.Length == 0) return (null, null);

        var parts = Uri.UnescapeDataString(header).Split(':', 2, StringSplitOptions.TrimEntries);
        return parts is [var code, var text] && Known.ContainsKey(code) && IsUsable(text) ? ($"{code}: {text}", null) : (null, StaffErrors.BadPurpose(string.Join(", ", Codes)));
    }

    /// <summary>Whether free text may stand in the log in plain: short, of one line, and without what could be an identity number.</summary>
    public static bool IsUsable(string text) => text.Trim().Length is >= 3 and <= Limits.PurposeCharactersMax && !text.Any(char.IsControl) && !NumberLike().IsMatch(text);

    /// <summary>Null when a person's reason may stand in the log; else why it may not. Every act that keeps one asks here.</summary>
    public static VkpError? Check(string? reason, string parameter = "reason") =>
        reason is not null && IsUsable(reason) ? null : Errors.BadParameter(parameter, $"3 to {Limits.PurposeCharactersMax} characters on one line, and no identity number");

    public static string ByBrokenGlass(string purpose) => $"{BrokenGlass}: {purpose}";

    public static bool IsByBrokenGlass(string? purpose) => purpose?.StartsWith(BrokenGlass + ":", StringComparison.Ordinal) == true;

    /// <summary>The code for other systems; null for a purpose in words alone, as they were before there were codes.</summary>
    public static FhirCode? CodeOf(string purpose) => IsByBrokenGlass(purpose) ? PurposesOfUse.BreakTheGlass : Known.GetValueOrDefault(purpose.Split(':')[0]);

    /// <summary>Eleven digits, also as they are often written: divided after the sixth.</summary>
    [GeneratedRegex(@"(?<!\d)\d{6}[ .-]?\d{5}(?!\d)", RegexOptions.None, 1000)]
    private static partial Regex NumberLike();
}

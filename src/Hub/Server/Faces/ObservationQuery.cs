using System.Globalization;
using Vkp.Adapters;
using Vkp.Fhir;

namespace Vkp.Hub.Faces;

/// <summary>A search for one patient's measurements.</summary>
/// <param name="Codes">Any of these; a code without system matches in every system. Empty = all.</param>
/// <param name="Skip">How many were given on the pages before.</param>
public sealed record ObservationQuery(SourceIdentifier Patient, IReadOnlyList<DateBound> Dates, IReadOnlyList<(string? System, string Code)> Codes, int Count, int Skip)
{
    private const string PatientRule = "exactly one identifier, 'system|value'; a national identity number may stand alone";

    public static (ObservationQuery? Query, VkpError? Error) Parse(IReadOnlyList<(string Name, string Value)> parameters)
    {
        SourceIdentifier? patient = null;
        var dates = new List<DateBound>();
        var codes = new List<(string?, string)>();
        var (count, skip) = (Limits.ObservationPageDefault, 0);
        foreach (var (name, value) in parameters)
        {
            switch (name)
            {
                case "patient.identifier" or "patient:identifier" or "subject.identifier" or "subject:identifier" when patient is null && PatientOf(value) is { } named:
                    patient = named;
                    break;
                case "patient.identifier" or "patient:identifier" or "subject.identifier" or "subject:identifier":
                    return (null, Errors.BadParameter("patient.identifier", PatientRule));
                case "date" when DateBound.TryParse(value, out var bound):
                    dates.Add(bound);
                    break;
                case "date":
                    return (null, Errors.BadParameter("date", "a date, or a time with offset, after eq, ge, gt, le, lt or nothing"));
                case "code":
                    codes.AddRange(value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(CodeOf));
                    break;
                case "_count" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is > 0 and <= Limits.ObservationPageMax:
                    break;
                case "_count":
                    return (null, Errors.BadParameter("_count", $"1 to {Limits.ObservationPageMax}"));
                case "cursor" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out skip):
                    break;
                default:
                    return (null, Errors.UnknownParameter("patient.identifier, date, code, _count, cursor"));
            }
        }

        return patient is null ? (null, Errors.BadParameter("patient.identifier", PatientRule)) : (new ObservationQuery(patient, dates, codes, count, skip), null);
    }

    private static (string? System, string Code) CodeOf(string text) => text.Split('|', 2) is [var system, var code] ? (system, code) : (null, text);

    private static SourceIdentifier? PatientOf(string text)
    {
        if (text.Split('|', 2) is [{ Length: > 0 } system, { Length: > 0 } value]) return new SourceIdentifier(system, value);
        return NationalIdentityNumber.TryParse(text, out var number) && number.System is { } own ? new SourceIdentifier(own, text) : null;
    }
}

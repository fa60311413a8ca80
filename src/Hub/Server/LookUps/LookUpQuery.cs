using Vkp.Adapters;
using Vkp.Adapters.Errors;
using Vkp.Fhir;
using Vkp.Hub.Registry;

namespace Vkp.Hub.LookUps;

/// <summary>One of the seven look-ups of the national interface: what may be asked about, and how the patient is named there.</summary>
/// <param name="Name">In addresses and scopes.</param>
/// <param name="PatientMayBeLeftOut">Then everybody with the service is meant.</param>
/// <param name="HasDates">Whether a period can be asked for.</param>
public sealed record LookUpKind(string Name, string ResourceType, bool PatientMayBeLeftOut = false, bool HasDates = false)
{
    public static readonly IReadOnlyList<LookUpKind> All =
    [
        new("patient", "Patient", PatientMayBeLeftOut: true), new("episodeofcare", "EpisodeOfCare", PatientMayBeLeftOut: true),
        new("careplan", "CarePlan", HasDates: true), new("composition", "Composition", HasDates: true),
        new("condition", "Condition"), new("allergyintolerance", "AllergyIntolerance"), new("medicationstatement", "MedicationStatement"),
    ];

    public string Scope => $"nhn:vkp/api/user/{Name}.read";
}

/// <summary>Reads a look-up as senders of the national interface write it. Pure.</summary>
public static class LookUpQuery
{
    private const int DatesMax = 2;

    /// <param name="serviceCodes">The header `ServiceCodes`: `ta,gps`, in any case.</param>
    public static (LookUp? Query, VkpError? Error) Parse(LookUpKind kind, IReadOnlyList<(string Name, string Value)> form, string serviceCodes)
    {
        var codes = serviceCodes.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(code => code.ToUpperInvariant()).Distinct(StringComparer.Ordinal).ToList();
        if (codes.Count == 0 || codes.Except(RegistryFileReader.ServiceCodes, StringComparer.Ordinal).Any()) return (null, Errors.BadParameter("ServiceCodes", $"a header with at least one of {string.Join(", ", RegistryFileReader.ServiceCodes)}, separated by commas"));

        SourceIdentifier? patient = null;
        var dates = new List<string>();
        foreach (var (name, value) in form)
        {
            switch (name)
            {
                // Senders name the patient both ways; some leave the value empty when they mean everybody.
                case "identifier" or "patient.identifier" or "patient:identifier" or "subject.identifier" when value.Length == 0 && kind.PatientMayBeLeftOut:
                    break;
                case "identifier" or "patient.identifier" or "patient:identifier" or "subject.identifier":
                    if (patient is not null) return (null, Errors.LookUpParameterCount("one patient"));
                    patient = PatientOf(value);
                    if (patient is null) return (null, TranslationErrors.IdentityNumber("patient.identifier"));
                    break;
                case "date" when kind.HasDates && dates.Count == DatesMax:
                    return (null, Errors.LookUpParameterCount($"{DatesMax} dates"));
                case "date" when kind.HasDates && Faces.DateBound.TryParse(value, out _):
                    dates.Add(value);
                    break;
                case "date" when kind.HasDates:
                    return (null, Errors.BadParameter("date", "a date, or a time with offset, after ge, gt, le, lt or nothing"));
                default:
                    return (null, Errors.UnknownParameter(kind.HasDates ? "patient.identifier, date" : "patient.identifier"));
            }
        }

        return patient is null && !kind.PatientMayBeLeftOut ? (null, Errors.BadParameter("patient.identifier", "the patient it is about")) : (new LookUp(kind.ResourceType, patient, codes, dates), null);
    }

    /// <summary>`system|value` or a bare number; only national identity numbers, since the two sides share no other. Null when it is none.</summary>
    private static SourceIdentifier? PatientOf(string text)
    {
        var value = text[(text.LastIndexOf('|') + 1)..].Trim();
        return NationalIdentityNumber.TryParse(value, out var number) && number.System is { } system ? new SourceIdentifier(system, number.Reveal()) : null;
    }
}

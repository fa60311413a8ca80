using System.Collections.Immutable;
using System.Net.Mail;
using Vkp.Adapters;

namespace Vkp.Hub.Registry;

/// <summary>From what the file says about escalations to the policy; everything wrong is told.</summary>
public static class EscalationSettings
{
    public static EscalationPolicy Read(EscalationFile file, string path, List<VkpError> errors)
    {
        foreach (var (name, minutes) in (ReadOnlySpan<(string, int)>)[("alarmMinutes", file.AlarmMinutes), ("destinationMinutes", file.DestinationMinutes), ("silentMinutes", file.SilentMinutes)])
        {
            if (minutes is < 1 or > Limits.EscalationMinutesMax) errors.Add(Errors.ConfigurationInvalid($"{name} is 1 to {Limits.EscalationMinutesMax}", $"{path}.{name}"));
        }

        var kinds = Enum.GetValues<EscalationKind>().Select(EscalationPolicy.Name).Append("*").ToList();
        foreach (var (kind, addresses) in file.Mail)
        {
            if (!kinds.Contains(kind, StringComparer.Ordinal)) errors.Add(Errors.ConfigurationInvalid($"mail is for one of {string.Join(", ", kinds)}", $"{path}.mail"));
            if (addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries) is var all && (all.Length == 0 || !all.All(address => MailAddress.TryCreate(address, out _))))
            {
                errors.Add(Errors.ConfigurationInvalid("what stands there is no e-mail address", $"{path}.mail.{kind}"));
            }
        }

        if (file.Webhook is not null && ApprovedEndpoints.Fault(file.Webhook) is { } fault) errors.Add(Errors.ConfigurationInvalid($"the webhook cannot be called: {fault}", $"{path}.webhook"));
        return new EscalationPolicy(file.AlarmMinutes, file.DestinationMinutes, file.SilentMinutes, file.Mail.ToImmutableSortedDictionary(StringComparer.Ordinal), file.Webhook);
    }
}

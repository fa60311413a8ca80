using Vkp.Adapters;
using Vkp.Fhir;
using Vkp.Fhir.Model;
using Vkp.Fhir.Validation;

namespace Vkp.Hub.Intake;

/// <summary>What a translation composed must keep the profiles it claims, or an EPJ would refuse it without anyone having seen it.</summary>
public static class OwnProfiles
{
    /// <returns>Why the message is held; null when all is well, or when the FHIR is the sender's own.</returns>
    public static VkpError? Check(IVendorAdapter adapter, IReadOnlyList<Resource> resources)
    {
        if (adapter.KeepsSendersFhir) return null;
        foreach (var resource in resources)
        {
            foreach (var issue in FhirValidator.Validate(resource))
            {
                if (issue.Severity >= FhirSeverity.Error) return Errors.TranslationInvalid(issue.Code, issue.Location);
            }
        }

        return null;
    }
}

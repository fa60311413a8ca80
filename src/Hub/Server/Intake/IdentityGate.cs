using Vkp.Adapters;
using Vkp.Fhir;

namespace Vkp.Hub.Intake;

/// <summary>The rule of a strict interface: synthetic people in test, real ones in production, told at once and nothing stored. A lenient one holds test data in sight instead. Pure.</summary>
public static class IdentityGate
{
    /// <returns>Why the message is refused; null when it may go on.</returns>
    public static VkpError? Check(IVendorAdapter adapter, SourceIdentifier? patient, HubEnvironment environment)
    {
        if (!adapter.IsStrict || !NationalIdentityNumber.TryParse(patient?.Value, out var number)) return null;

        var isProduction = environment == HubEnvironment.Production;
        return number.JudgeFor(isProduction ? IdentityEnvironment.Production : IdentityEnvironment.Test).IsAllowed
            ? null
            : isProduction ? Errors.TestInProduction() : Errors.RealPersonInTest();
    }
}

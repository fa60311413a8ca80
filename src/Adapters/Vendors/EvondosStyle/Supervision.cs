using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;

namespace Vkp.Adapters.Vendors.EvondosStyle;

/// <summary>A nurse who looks in by the dispenser's camera or voice. The visit is a case: what started is journaled when it has ended.</summary>
internal static class Supervision
{
    public static Func<Outcome> Read(VendorEvent source, bool ended)
    {
        var visit = SupervisionVisit.Read(source.Data, ended);
        return () => new Outcome.Journal(
            Lane.Clinical, ServiceCodes.DigitalSupervision, ended ? CaseRole.Closes : CaseRole.Opens, [visit.SupervisionId], Freshness.Day, visit.Resources(source))
        {
            WholeCaseIds = ended ? [visit.SupervisionId] : [],
        };
    }
}

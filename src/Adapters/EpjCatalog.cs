using Vkp.Adapters.Epj.CosDocStyle;
using Vkp.Adapters.Epj.FhirDocument;
using Vkp.Adapters.Epj.FhirMessaging;
using Vkp.Adapters.Epj.FhirTransaction;
using Vkp.Adapters.Epj.GericaStyle;
using Vkp.Adapters.Epj.HelseplattformenStyle;
using Vkp.Adapters.Epj.ProfilStyle;

namespace Vkp.Adapters;

/// <summary>Every kind of journal system the hub can deliver to, one line each.</summary>
public static class EpjCatalog
{
    public static IReadOnlyList<IEpjAdapter> All { get; } =
    [
        new FhirMessagingAdapter(),
        new FhirDocumentAdapter(),
        new FhirTransactionAdapter(),
        new GericaStyleAdapter(),
        new ProfilStyleAdapter(),
        new CosDocStyleAdapter(),
        new HelseplattformenStyleAdapter(),
    ];

    /// <summary>The adapter of that permanent name, or null.</summary>
    public static IEpjAdapter? Find(string name) => All.FirstOrDefault(adapter => adapter.Info.Name == name);
}

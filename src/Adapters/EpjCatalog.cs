using Vkp.Adapters.Epj.FhirMessaging;

namespace Vkp.Adapters;

/// <summary>Every kind of journal system the hub can deliver to, one line each.</summary>
public static class EpjCatalog
{
    public static IReadOnlyList<IEpjAdapter> All { get; } =
    [
        new FhirMessagingAdapter(),
    ];

    /// <summary>The adapter of that permanent name, or null.</summary>
    public static IEpjAdapter? Find(string name) => All.FirstOrDefault(adapter => adapter.Info.Name == name);
}

using Vkp.Adapters.Vendors.AlarmStyle;
using Vkp.Adapters.Vendors.DignioStyle;
using Vkp.Adapters.Vendors.EvondosStyle;
using Vkp.Adapters.Vendors.FhirObservation;
using Vkp.Adapters.Vendors.Scaip;
using Vkp.Adapters.Vendors.SelfHelpStyle;
using Vkp.Adapters.Vendors.VkpR4;

namespace Vkp.Adapters;

/// <summary>Every vendor format the hub translates, one line each.</summary>
public static class VendorCatalog
{
    public static IReadOnlyList<IVendorAdapter> All { get; } =
    [
        new AlarmStyleAdapter(),
        new DignioStyleAdapter(),
        new EvondosStyleAdapter(),
        new FhirObservationAdapter(),
        new JftAdapter(),
        new ScaipAdapter(),
        new SelfHelpStyleAdapter(),
        new VkpR4Adapter(),
    ];

    /// <summary>The adapter of that permanent name, or null.</summary>
    public static IVendorAdapter? Find(string name) => All.FirstOrDefault(adapter => adapter.Info.Name == name);
}
